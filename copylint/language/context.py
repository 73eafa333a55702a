"""Context: what the words around a passage do to it.

The algorithm is ConText (Harkema, Dowling, Thornblade, Chapman 2009, doi:10.1016/j.jbi.2009.05.002): cue phrases with a
kind, a direction and a scope; pseudo-cues that disarm them; terminators that end a scope. The cues are data
(cues.yaml); this module is the one loop over them. Two kinds come from marks instead of words: a sentence that ends in
a question mark, and quotation marks.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from copylint.language.matcher import Matcher
from copylint.language.words import Words
from copylint.record import Record

PSEUDO = "pseudo"
TERMINATOR = "terminator"
RHETORICAL = "rhetorical"
"""A question that only leads up to the offer ("Tired of ...?"); it puts nothing in doubt."""
_PHRASE_LENGTH = 8
_PHRASE_STOPS = frozenset(
    ", and with that which while who so to for giving leaving is are was were will can has have as then plus".split()
)
_CLAUSE_STOPS = frozenset((";", ":", "—", "(", ")", "|", "…"))
_QUOTES = re.compile(r"“[^“”]*”|\"[^\"]*\"|‘[^‘’\n]{3,}’(?!\w)|«[^«»]*»")


_SIGNED = re.compile(r"[\s,.*_\"”’]*(?:[–—―~-]+\s*(?:\w+\.?\s)?[A-Z]|[A-Z]\w+(?:\s[A-Z][\w.]*)?\s*(?:$|,\s*[\w(]|\())")
"""What stands behind a quotation that somebody signed: "– Gina P.", "Pam, verified buyer"."""
_SIGNED_WITHIN = re.compile(r"[.!?\"”’…]\s*[–—―~-]+\s*[A-Z][^.!?\n]{0,60}\.?\s*$")
_STARS = re.compile(r"[★⭐]\s*\W*$")


class Context(Record):
    """A kind of context over words scope_first..scope_end, set up by the cue words cue_first..cue_end."""

    kind: str
    cue_first: int
    cue_end: int
    scope_first: int
    scope_end: int


class Cues:
    """The compiled cues. kinds[i] = [kind, direction, scope] of phrase i."""

    def __init__(self, matcher: Matcher, marks: Mapping[str, Any]) -> None:
        """marks: kinds, and the words of the classes `subordinator` and `finite`; sources, critics."""
        self.matcher = matcher
        self.kinds: list[list[str]] = marks["kinds"]
        self.sources: tuple[str, ...] = tuple(marks["sources"])
        self.critics = frozenset(marks["critics"])
        self._subordinators = frozenset(marks["subordinators"])
        self._finite = frozenset(marks["finite"])

    def contexts(self, words: Words, text: str, first: int, end: int, block_end: int) -> tuple[Context, ...]:
        """Every context that a cue of the sentence first..end sets up, in the order of the cues.

        block_end: where the block's words end; cues of scope "block" reach so far.
        """
        found: list[tuple[int, int, str, str, str]] = []
        for match in self.matcher.find(words, text, ((first, end),)):
            kind, direction, scope = self.kinds[match.phrase]
            found.append((match.first, match.end, kind, direction, scope))
        disarmed = [(a, b) for a, b, kind, _, _ in found if kind == PSEUDO]
        edges = self._edges(words, first, end, [a for a, _, kind, _, _ in found if kind == TERMINATOR])
        contexts = []
        for cue_first, cue_end, kind, direction, scope in found:
            if kind in (PSEUDO, TERMINATOR, RHETORICAL):
                continue
            if any(a <= cue_first and cue_end <= b and (a, b) != (cue_first, cue_end) for a, b in disarmed):
                continue
            low, high = self._scope(words, cue_first, cue_end, direction, scope, edges, (first, end, block_end))
            if high > low:
                contexts.append(Context(kind, cue_first, cue_end, low, high))
        last = end - 1
        while last > first and words.keys[last] in (")", "]", "!"):
            last -= 1
        if words.keys[last] == "?" and not any(kind == RHETORICAL for _, _, kind, _, _ in found):
            contexts.append(Context("questioned", last, last + 1, first, end))
        return tuple(dict.fromkeys(contexts))

    def _edges(self, words: Words, first: int, end: int, terminators: list[int]) -> list[int]:
        """Where scopes end: indexes of the words that begin a new clause, or of the marks before them."""
        keys = words.keys
        edges = {*terminators, *(at for at in range(first, end) if keys[at] in _CLAUSE_STOPS)}
        start = first
        waiting = keys[start] in self._subordinators
        for at in range(first, end):
            if at in edges:
                start = at + 1
                waiting = start < end and keys[start] in self._subordinators
            elif keys[at] in self._subordinators and at == start:
                waiting = True
            elif keys[at] == "," and waiting:
                edges.add(at)
                waiting = False
        return sorted(edges)

    def _scope(
        self, words: Words, cue_first: int, cue_end: int, direction: str, scope: str, edges: list[int],
        limits: tuple[int, int, int],
    ) -> tuple[int, int]:  # fmt: skip
        first, end, block_end = limits
        if scope == "sentence":
            return first, end
        if scope == "block":
            return cue_end, block_end
        low = max((edge + 1 for edge in edges if edge < cue_first), default=first)
        high = min((edge for edge in edges if edge >= cue_end), default=end)
        if direction == "backward":
            return low, cue_first
        if scope == "determiner":
            scope = "clause" if self._verb_follows(words, cue_end, high) else "phrase"
        if scope == "phrase":
            stop = cue_end
            while stop < high and stop - cue_end < _PHRASE_LENGTH:
                if stop > cue_end and words.keys[stop] in _PHRASE_STOPS and not _list_goes_on(words, stop, high):
                    break
                stop += 1
            high = stop
        return (low, high) if direction == "both" else (cue_end, high)

    def _verb_follows(self, words: Words, at: int, high: int) -> bool:
        for index in range(at, min(high, at + 8)):
            if words.keys[index] in (",", "and"):
                return False
            if words.keys[index] in self._finite and index > at:
                return True
        return False


def _list_goes_on(words: Words, at: int, high: int) -> bool:
    """Whether a comma stands in a list that ends in or/nor, so that the negation reaches over it."""
    if words.keys[at] != ",":
        return False
    return any(key in ("or", "nor") for key in words.keys[at + 1 : min(high, at + 7)])


def quotations(text: str) -> list[tuple[int, int]]:
    """The quoted runs of a block, as offsets in `text`, marks included."""
    return [match.span() for match in _QUOTES.finditer(text)]


def is_signed(text: str, start: int, end: int) -> bool:
    """Whether a quotation of a block is a review: its author's name stands behind it, or stars before it."""
    after, before = text[end : end + 60], text[max(0, start - 8) : start]
    return bool(_SIGNED.match(after) or _STARS.search(before) or _SIGNED_WITHIN.search(text[start:end]))
