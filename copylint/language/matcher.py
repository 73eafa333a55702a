"""The matcher: finds compiled phrases among the words of a text.

One look-up per word finds the anchors; a phrase is decoded and tried only where one of its anchors stands, and around
it, in their order, words that can stand for its other parts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce
from itertools import accumulate
from operator import or_

from copylint.language import patterns
from copylint.language.patterns import ANY, ClassTable, Place, Run
from copylint.language.signs import Signs, bits
from copylint.language.words import Words
from copylint.record import Record


class Compiled(Record):
    """Phrases as plain data, in the shape that a cache keeps. Every value is decoded when it is needed.

    phrases: each node as JSON text. beginnings: the signs of which the first word of each phrase shows one; after
    "^ " where it must begin the sentence. needs: for each phrase, its parts but for the
    one that has the anchor, as the signs of which a word of the part shows one; "," between parts, "|" between those
    before and those after the anchor. anchors: word -> "phrase least most;...": a match of the phrase begins
    least..most words before the anchor, "*" being every word. classes: name -> text of anchors.Classes.plain.
    signs: what signs.Signs is made of; empty where several matchers share one.
    """

    phrases: Sequence[str]
    beginnings: Sequence[str]
    needs: Sequence[str]
    anchors: Mapping[str, str]
    classes: Mapping[str, str]
    signs: Mapping[str, str]


class Match(Record):
    """Phrase `phrase` stands in the words first..end (end exclusive)."""

    phrase: int
    first: int
    end: int


class Matcher:
    """Phrases as compiled by `compile_phrases`, decoded as they are needed."""

    def __init__(self, compiled: Compiled, classes: ClassTable, signs: Signs) -> None:
        """compiled: what `compile_phrases` made, also after a trip through a cache."""
        self._phrases = compiled.phrases
        self._beginning_texts = compiled.beginnings
        self._need_texts = compiled.needs
        self._anchors = compiled.anchors
        self._classes = classes
        self._signs = signs
        self._entries: dict[str, list[tuple[int, int, int]]] = {}
        self._patterns: dict[int, Run] = {}
        self._beginnings: dict[int, int] = {}
        self._needs: dict[int, tuple[tuple[int, ...], tuple[int, ...]]] = {}
        self._at_start: set[int] = set()

    def find(self, words: Words, text: str, ranges: Iterable[tuple[int, int]]) -> Iterator[Match]:
        """Every match inside one of the ranges of words (first, end), by range, then by start and phrase.

        text: the visible text that the words point into (for capital letters).
        """
        filed, known, beginnings = self._entries, self._patterns, self._beginnings
        everywhere = self._entries_of(ANY)
        keys = words.keys
        shown = self._signs.of(words)
        for first, end in ranges:
            found: list[Match] = []
            tried: set[tuple[int, int]] = set()
            before: list[int] = []
            after: list[int] = []
            place: Place | None = None
            for at in range(first, end):
                entries = filed.get(keys[at])
                if entries is None:
                    entries = self._entries_of(keys[at])
                if everywhere:
                    entries = [*entries, *everywhere]
                if not entries:
                    continue
                if place is None:
                    place = Place(words, text, first, end)
                    before = [0, *accumulate(shown[first : end - 1], or_)]
                    after = [0, *accumulate(shown[end - 1 : first : -1], or_)]
                for number, least, most in entries:
                    earlier, later = self._needs.get(number) or self._needs_of(number)
                    if earlier and _lacks(before[at - first], earlier):
                        continue
                    if later and _lacks(after[end - 1 - at], later):
                        continue
                    begin, stop = max(at - most, first), at - least + 1
                    if number in self._at_start:
                        if begin > first:
                            continue
                        stop = min(stop, first + 1)
                    beginning = beginnings[number]
                    for start in range(begin, stop):
                        if shown[start] & beginning and (number, start) not in tried:
                            tried.add((number, start))
                            pattern = known.get(number) or self._pattern(number)
                            ends = pattern(place, start)
                            if ends and ends[0] > start:
                                found.append(Match(number, start, ends[0]))
            if found:
                found.sort(key=lambda match: (match.first, match.phrase))
                yield from found

    def search(self, number: int, words: Words, text: str, first: int, end: int) -> Iterator[tuple[int, int]]:
        """Where phrase `number` stands among the words first..end, as (first word, end)."""
        earlier, later = self._needs.get(number) or self._needs_of(number)
        shown = self._signs.of(words)
        if _lacks(reduce(or_, shown[first:end], 0), earlier + later):
            return
        beginning = self._beginnings[number]
        place = Place(words, text, first, end)
        for start in range(first, end):
            if shown[start] & beginning:
                pattern = self._patterns.get(number) or self._pattern(number)
                ends = pattern(place, start)
                if ends and ends[0] > start:
                    yield start, ends[0]

    def _entries_of(self, word: str) -> list[tuple[int, int, int]]:
        """The phrases that have this word as an anchor: number, least, most (see Compiled)."""
        entries = []
        text = self._anchors.get(word)
        for entry in text.split(";") if text else ():
            number, least, most = entry.split()
            entries.append((int(number), int(least), int(most)))
        self._entries[word] = entries
        return entries

    def _needs_of(self, number: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """The parts before and after the anchor, each as the signs of which one must be shown.

        Decodes the beginning too, which is asked for next.
        """
        text = self._beginning_texts[number]
        if text.startswith("^ "):
            self._at_start.add(number)
            text = text[2:]
        self._beginnings[number] = bits(text)
        earlier, _, later = self._need_texts[number].partition("|")
        found = self._needs[number] = (_parts(earlier), _parts(later))
        return found

    def _pattern(self, number: int) -> Run:
        pattern = self._patterns[number] = patterns.compiled(patterns.decoded(self._phrases[number]), self._classes)
        return pattern


def _parts(text: str) -> tuple[int, ...]:
    return tuple([bits(part) for part in text.split(",")]) if text else ()


def _lacks(shown: int, parts: tuple[int, ...]) -> bool:
    """Whether nothing of what is shown can stand for one of the parts."""
    for part in parts:  # noqa: SIM110 - a generator costs more than the rest of this hot loop
        if not shown & part:
            return True
    return False
