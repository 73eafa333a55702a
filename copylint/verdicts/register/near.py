"""Near wordings: copy that says almost what a claim says.

The words around a finding are compared with every wording that would be approved there. The measure is the token set
ratio of rapidfuzz, which does not mind another order and words between. It is asked only where words are shared. The
numbers were chosen on pairs of sentences that a reader would call the same claim or another one; the tests have some.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from copylint.findings import Finding
from copylint.language.reading import Reading
from copylint.language.words import PUNCTUATION
from copylint.verdicts.register.entries import Claim, Wording
from copylint.verdicts.register.wordings import forms

NEAR = 76.0
"""The token set ratio from which on a wording may have been meant, of 100."""
ALIKE = 80.0
"""The token sort ratio that makes up for shared words."""
SHARED = 0.5
"""The part of the words of a wording that must stand there as they are."""
LEAST_WORDS = 3
"""A wording of fewer words is near to too much."""
TELLING = 3
"""Letters of a word that tells something: the finding itself must share one."""
MOST_COMPARED = 500
"""Findings of one document that are compared."""


class Form(NamedTuple):
    """One way to say a wording: its words in one string, as a set, and how many they are."""

    claim: Claim
    wording: Wording
    text: str
    words: frozenset[str]
    length: int


def forms_of(claims: Iterable[Claim]) -> tuple[Form, ...]:
    """The forms of all wordings that are long enough to be compared."""
    return tuple(
        Form(claim, wording, " ".join(said), frozenset(said), len(said))
        for claim in claims
        for wording in claim.wordings
        for words in dict.fromkeys(forms(wording.node))
        if len(said := tuple(word for word in words if word not in PUNCTUATION)) >= LEAST_WORDS
    )


class Forms:
    """The forms of a register, asked for by the words that they share with a text. Read-only."""

    def __init__(self, claims: Iterable[Claim]) -> None:
        self._forms = forms_of(claims)
        self._numbers: dict[str, list[int]] = {}
        for number, form in enumerate(self._forms):
            for word in sorted(form.words):
                if len(word) >= TELLING:
                    self._numbers.setdefault(word, []).append(number)

    def __len__(self) -> int:
        return len(self._forms)

    def sharing(self, words: Iterable[str]) -> Iterator[Form]:
        """Those that share a telling word, in their order."""
        numbers = {number for word in words for number in self._numbers.get(word, ())}
        yield from (self._forms[number] for number in sorted(numbers))


class Comparison:
    """Compares the findings of one document with the forms of a register."""

    def __init__(self, reading: Reading, known: Forms) -> None:
        self._reading = reading
        self._known = known
        self._compared = 0

    def nearest(self, finding: Finding, allowed: Callable[[Claim, int], bool]) -> Form | None:
        """The form that is nearest to the words around a finding; None: none is near.

        allowed: whether a claim may be proposed in the sentence of this index.
        """
        if not self._known or not self._reading.sentences:
            return None
        self._compared += 1
        if self._compared > MOST_COMPARED:
            return None
        sentence = self._sentence_at(finding.start)
        first, end = self._words_of(finding, sentence)
        best, nearest = 0.0, None
        for form in self._known.sharing(self._around(first, end, sentence, 0)):
            score = _score(form, self._around(first, end, sentence, form.length))
            if score > best and allowed(form.claim, sentence):
                best, nearest = score, form
        return nearest

    @property
    def notice(self) -> str:
        """A line for the user about findings that were not compared, or ""."""
        left = self._compared - MOST_COMPARED
        return f"{left:,} findings were not compared with the wordings of the register" if left > 0 else ""

    def _around(self, first: int, end: int, sentence: int, reach: int) -> list[str]:
        """The words first..end, and so many before and behind them in the sentence."""
        place = self._reading.sentences[sentence]
        keys = self._reading.words.keys[max(place.first, first - reach) : min(place.last, end + reach)]
        return [word for word in keys if word not in PUNCTUATION]

    def _sentence_at(self, offset: int) -> int:
        """The index of the sentence that holds a source offset, or of the one before it."""
        sentences = self._reading.sentences
        return max(bisect_right(sentences, offset, key=lambda one: self._source(one.start)) - 1, 0)

    def _words_of(self, finding: Finding, sentence: int) -> tuple[int, int]:
        """The words of a sentence that a finding stands on (the second index exclusive)."""
        words, place = self._reading.words, self._reading.sentences[sentence]
        indexes = range(place.first, place.last)
        first = bisect_right(indexes, finding.start, key=lambda at: self._source(words.starts[at])) - 1
        end = bisect_left(indexes, finding.end, key=lambda at: self._source(words.starts[at]))
        return place.first + max(first, 0), place.first + end

    def _source(self, offset: int) -> int:
        """The source offset of a visible one."""
        return self._reading.document.source_span(offset, offset + 1)[0]


def _score(form: Form, around: Sequence[str]) -> float:
    """How near a form is to the words of a text, of 100; 0: not near."""
    from rapidfuzz.fuzz import token_set_ratio, token_sort_ratio  # for those who have a register

    text = " ".join(around)
    score = token_set_ratio(form.text, text, score_cutoff=NEAR)
    if score and len(form.words.intersection(around)) < SHARED * len(form.words):
        return score if token_sort_ratio(form.text, text, score_cutoff=ALIKE) else 0.0
    return score
