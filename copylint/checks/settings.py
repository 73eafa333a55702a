"""What a user may set for the checks."""

from __future__ import annotations

from copylint.record import Record


class CheckSettings(Record):
    """jurisdictions: those whose rules apply. duty_words, grade_words: shorter texts owe no duty, get no grade.

    max_sentence_words: a longer sentence is said to be long.
    own_sites: hosts of the site that the copy is for ("roseclinic.example"); to steer there is no plug.
    """

    jurisdictions: tuple[str, ...] = ("us",)
    max_grade: float = 12.0
    grade_words: int = 150
    duty_words: int = 120
    own_sites: tuple[str, ...] = ()
    max_sentence_words: int = 35
