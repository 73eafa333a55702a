"""What a text is about, whether it judges the words of others, and whether it sells anything at all.

All are told by counting different words of a few classes of rules.yaml, over the whole text: one word may stand in any
text ("a facelift for the sidebar"), several of them make a subject.
"""

from __future__ import annotations

from typing import NamedTuple

from copylint.language.reading import Reading
from copylint.rules.policy import Policy

SHORT_TEXT = 80
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
PLAIN_WATCHDOG = 4
"""So many, and one in WORDS_PER_PLAIN words: what the text tells without quotation marks is a report, too."""
WORDS_PER_PLAIN = 70
LEAFLET = 5
"""Different words of patient information that make a text one of that kind ..."""
LEAFLET_PER_SELLING = 5
"""... if words that sell are fewer than one in so many of them."""


class Survey(NamedTuple):
    """How many different words stand in a text: of the subject, of it and its wider field, of others, of judges ..."""

    subject: int
    field: int
    other: int
    watchdog: int
    leaflet: int
    selling: int


def survey(reading: Reading, policy: Policy) -> Survey:
    """The counts of a text, made once."""
    known: Survey | None = reading.notes.get("survey")
    if known is None:
        found: list[set[str]] = [set() for _ in Survey._fields]
        ranges = ((sentence.first, sentence.last) for sentence in reading.sentences)
        for match in policy.subject.find(reading.words, reading.document.text, ranges):
            found[match.phrase].add(reading.words.keys[match.first])
        subject, hints, *rest = found
        known = reading.notes["survey"] = Survey(len(subject), len(subject | hints), *map(len, rest))
    return known


def on_subject(reading: Reading, policy: Policy) -> bool:
    """Whether the text is about the looks of people at all.

    "Zero downtime" of a server and "guaranteed returns" of a bank are nobody's business here.
    """
    subject, field, other, *_ = survey(reading, policy)
    if reading.word_count < SHORT_TEXT:
        return field > 0 or other < OTHER_IN_SHORT
    if other >= OTHER and other > 2 * field:
        return False
    if not subject:
        return field >= HINTS + other
    return reading.word_count < LONG_TEXT or field >= HINTS


def informs(reading: Reading, policy: Policy) -> bool:
    """Whether the text is patient information that sells nothing: a leaflet, a sheet for the days after."""
    counts = survey(reading, policy)
    return counts.leaflet >= LEAFLET and counts.selling * LEAFLET_PER_SELLING <= counts.leaflet


def is_report(reading: Reading, policy: Policy, first: int, end: int) -> bool:
    """Whether the words first..end are those of others, held up in a text that judges advertising.

    Such a text is a ruling, a guide for advertisers or a warning to consumers; what it quotes is never its own claim.
    """
    watchdog, words = survey(reading, policy).watchdog, reading.word_count
    if watchdog >= max(PLAIN_WATCHDOG, words / WORDS_PER_PLAIN):
        return True
    return watchdog >= max(WATCHDOG, words / WORDS_PER_WATCHDOG) and reading.is_quoted(first, end)
