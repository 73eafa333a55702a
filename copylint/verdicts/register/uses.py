"""Where copy uses the wordings of a register, word for word."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from copylint.knowledge import Knowledge
from copylint.language.matcher import Match, Matcher
from copylint.language.reading import Reading
from copylint.verdicts.register.entries import Claim
from copylint.verdicts.register.subjects import speaks_of


class Use(NamedTuple):
    """A wording in the copy. start, end: source offsets. text: as it is shown. sentence: its index.

    in_scope: whether the copy speaks there of what the claim is about.
    """

    start: int
    end: int
    text: str
    claim: Claim
    sentence: int
    in_scope: bool


class Wordings(NamedTuple):
    """What is looked for. claims: of each phrase of the matcher."""

    matcher: Matcher
    claims: tuple[Claim, ...]


def uses_in(reading: Reading, wordings: Wordings, knowledge: Knowledge) -> tuple[Use, ...]:
    """The uses of all claims, by place. Where wordings of one claim overlap, the longest counts."""
    words, document = reading.words, reading.document
    ranges = ((sentence.first, sentence.last) for sentence in reading.sentences)
    found = wordings.matcher.find(words, document.text, ranges)
    scopes: dict[tuple[str, int], bool] = {}
    uses = []
    for match in _longest(found, wordings.claims):
        claim, sentence = wordings.claims[match.phrase], reading.sentence_of(match.first)
        if (claim.id, sentence) not in scopes:
            scopes[claim.id, sentence] = speaks_of(reading, knowledge, sentence, claim.subject)
        shown = reading.span(match.first, match.end)
        text = " ".join(document.text[slice(*shown)].split())
        uses.append(Use(*document.source_span(*shown), text, claim, sentence, scopes[claim.id, sentence]))
    return tuple(sorted(uses, key=lambda use: (use.start, use.end, use.claim.line)))


def _longest(matches: Iterator[Match], claims: Sequence[Claim]) -> Iterator[Match]:
    """Of the matches of one claim that overlap, the one that begins first, and the longest of those."""
    ends: dict[str, int] = {}
    for match in sorted(matches, key=lambda match: (match.first, -match.end, match.phrase)):
        claim = claims[match.phrase].id
        if match.first >= ends.get(claim, 0):
            ends[claim] = match.end
            yield match


class UseIndex:
    """The uses of a document, asked for by place."""

    def __init__(self, uses: Sequence[Use]) -> None:
        """uses: by place."""
        self._uses = uses
        self._starts = [use.start for use in uses]
        self._longest = max((use.end - use.start for use in uses), default=0)

    def overlapping(self, start: int, end: int) -> Iterator[Use]:
        """Those that share a character with start..end (source offsets), by place."""
        first = bisect_left(self._starts, start - self._longest)
        for use in self._uses[first : bisect_left(self._starts, end)]:
            if use.end > start:
                yield use

    def around(self, start: int, end: int) -> Iterator[Use]:
        """Those that hold all of start..end, by place."""
        return (use for use in self.overlapping(start, end) if use.start <= start and end <= use.end)
