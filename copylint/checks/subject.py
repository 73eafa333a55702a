"""What a text is about, and whether it passes on the words of others in order to judge them.

Both are told by counting different words of a few classes of rules.yaml, over the whole text: one word may stand in any
text ("a facelift for the sidebar"), several of them make a subject.
"""

from __future__ import annotations

from typing import NamedTuple

from copylint.language.reading import Reading
from copylint.rules.policy import Policy

SHORT_TEXT = 40
"""Words; a shorter text may not name its subject, so it is taken to be copy."""
LONG_TEXT = 150
"""Words; a text as long as this about treatments has more than one word of theirs."""
HINTS = 3
"""Different words of the subject and its wider field that make a long text copy."""
OTHER = 4
"""Different words of another trade (software, say) that may make a text one about something else."""
OTHER_IN_SHORT = 2
"""The same for a short text without a word of our subject."""
WATCHDOG = 3
"""Different words of those who judge advertising that make a text one of theirs."""
WORDS_PER_WATCHDOG = 120
"""A longer text needs more of them: one in so many words."""


class Survey(NamedTuple):
    """How many different words stand in a text: of the subject, of it and its wider field, of others, of judges."""

    subject: int
    field: int
    other: int
    watchdog: int


def survey(reading: Reading, policy: Policy) -> Survey:
    """The counts of a text, made once."""
    known: Survey | None = reading.notes.get("survey")
    if known is None:
        found: tuple[set[str], ...] = (set(), set(), set(), set())
        ranges = ((sentence.first, sentence.last) for sentence in reading.sentences)
        for match in policy.subject.find(reading.words, reading.document.text, ranges):
            found[match.phrase].add(reading.words.keys[match.first])
        subject, hints, other, watchdog = found
        known = reading.notes["survey"] = Survey(len(subject), len(subject | hints), len(other), len(watchdog))
    return known


def on_subject(reading: Reading, policy: Policy) -> bool:
    """Whether the text is about the looks of people at all.

    "Zero downtime" of a server and "guaranteed returns" of a bank are nobody's business here.
    """
    subject, field, other, _ = survey(reading, policy)
    if reading.word_count < SHORT_TEXT:
        return field > 0 or other < OTHER_IN_SHORT
    if other >= OTHER and other > 2 * field:
        return False
    if reading.word_count < LONG_TEXT and subject:
        return True
    return field >= HINTS


def is_judging(reading: Reading, policy: Policy) -> bool:
    """Whether the text is one that judges advertising: a ruling, a guide for advertisers, a warning to consumers.

    What it quotes are the words of others, held up as examples.
    """
    return survey(reading, policy).watchdog >= max(WATCHDOG, reading.word_count / WORDS_PER_WATCHDOG)
