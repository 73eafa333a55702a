"""What a user may set for the checks."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CheckSettings:
    """jurisdictions: those whose rules apply. duty_words, grade_words: shorter texts owe no duty, get no grade."""

    jurisdictions: tuple[str, ...] = ("us",)
    max_grade: float = 12.0
    grade_words: int = 150
    duty_words: int = 120
