"""The matcher: finds compiled phrases among the words of a text.

One look-up per word finds the anchors; a phrase is decoded and tried only where one of its anchors stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from copylint.language import patterns
from copylint.language.patterns import ANY, ClassTable, Place, Run
from copylint.language.words import Words


class Compiled(NamedTuple):
    """Phrases as plain data, in the shape that a cache keeps. Every value is decoded when it is needed.

    phrases: each node as JSON text. beginnings: the words and <classes> that each phrase may begin with, with blanks
    between; "*" for any; after "^ " where it must begin the sentence. companions: the same for another part of the
    phrase, which must begin somewhere in the sentence; "*" where there is none that is worth looking for. anchors:
    word -> "phrase least most;...": a match of the phrase begins least..most words before the anchor, "*" being
    every word. classes: name -> JSON text of anchors.Classes.plain. class_beginnings: name -> the words that an entry
    may begin with, "*" for any.
    """

    phrases: Sequence[str]
    beginnings: Sequence[str]
    companions: Sequence[str]
    anchors: Mapping[str, str]
    classes: Mapping[str, str]
    class_beginnings: Mapping[str, str]


class Match(NamedTuple):
    """Phrase `phrase` stands in the words first..end (end exclusive)."""

    phrase: int
    first: int
    end: int


class Matcher:
    """Phrases as compiled by `compile_phrases`, decoded as they are needed."""

    def __init__(self, compiled: Compiled, classes: ClassTable) -> None:
        """compiled: what `compile_phrases` made, also after a trip through a cache."""
        self._phrases = compiled.phrases
        self._beginnings = compiled.beginnings
        self._companions = compiled.companions
        self._anchors = compiled.anchors
        self._classes = classes
        self._entries: dict[str, list[tuple[int, int, int]]] = {}
        self._patterns: dict[int, Run] = {}
        self._firsts: dict[int, tuple[frozenset[str], ...]] = {}
        self._others: dict[int, tuple[frozenset[str], ...]] = {}
        self._at_start: set[int] = set()

    def find(self, words: Words, text: str, ranges: Iterable[tuple[int, int]]) -> Iterator[Match]:
        """Every match inside one of the ranges of words (first, end), by range, then by start and phrase.

        text: the visible text that the words point into (for capital letters).
        """
        anchors, known = self._anchors, self._patterns
        everywhere = self._entries_of(ANY) if ANY in anchors else []
        keys = words.keys
        for first, end in ranges:
            found: list[Match] = []
            tried: set[tuple[int, int]] = set()
            accompanied: dict[int, bool] = {}
            present: frozenset[str] | None = None
            place: Place | None = None
            for at in range(first, end):
                if keys[at] in anchors:
                    entries = self._entries.get(keys[at]) or self._entries_of(keys[at])
                    if everywhere:
                        entries = [*entries, *everywhere]
                elif everywhere:
                    entries = everywhere
                else:
                    continue
                for number, least, most in entries:
                    worth = accompanied.get(number)
                    if worth is None:
                        if present is None:
                            present = frozenset(keys[first:end])
                        others = self._others[number] if number in self._others else self._others_of(number)
                        worth = not others or any(not present.isdisjoint(words) for words in others)
                        accompanied[number] = worth
                    if not worth:
                        continue
                    firsts = self._firsts[number] if number in self._firsts else self._firsts_of(number)
                    begin, stop = max(at - most, first), at - least + 1
                    if number in self._at_start:
                        if begin > first:
                            continue
                        stop = min(stop, first + 1)
                    for start in range(begin, stop):
                        if (not firsts or _begins(keys[start], firsts)) and (number, start) not in tried:
                            tried.add((number, start))
                            if place is None:
                                place = Place(words, text, first, end)
                            pattern = known.get(number) or self._pattern(number)
                            ends = pattern(place, start)
                            if ends and ends[0] > start:
                                found.append(Match(number, start, ends[0]))
            if found:
                found.sort(key=lambda match: (match.first, match.phrase))
                yield from found

    def search(self, number: int, words: Words, text: str, first: int, end: int) -> Iterator[tuple[int, int]]:
        """Where phrase `number` stands among the words first..end, as (first word, end)."""
        firsts = self._firsts[number] if number in self._firsts else self._firsts_of(number)
        keys = words.keys
        place = Place(words, text, first, end)
        for start in range(first, end):
            if not firsts or _begins(keys[start], firsts):
                pattern = self._patterns.get(number) or self._pattern(number)
                ends = pattern(place, start)
                if ends and ends[0] > start:
                    yield start, ends[0]

    def _entries_of(self, word: str) -> list[tuple[int, int, int]]:
        entries = []
        for entry in self._anchors[word].split(";"):
            number, least, most = entry.split()
            entries.append((int(number), int(least), int(most)))
        self._entries[word] = entries
        return entries

    def _firsts_of(self, number: int) -> tuple[frozenset[str], ...]:
        """Sets of words, in one of which the first word of the phrase must be; none at all: any word may begin it."""
        text = self._beginnings[number]
        if text.startswith("^ "):
            self._at_start.add(number)
            text = text[2:]
        found = self._firsts[number] = self._sets(text)
        return found

    def _others_of(self, number: int) -> tuple[frozenset[str], ...]:
        """Sets of words, of which one must stand somewhere in the sentence; none at all: nothing is asked for."""
        found = self._others[number] = self._sets(self._companions[number])
        return found

    def _sets(self, text: str) -> tuple[frozenset[str], ...]:
        if text == ANY:
            return ()
        names = text.split()
        found: list[frozenset[str]] = []
        for name in names:
            if name[0] == "<":
                firsts = self._classes.firsts(name[1:-1])
                if firsts is None:
                    return ()
                found.append(firsts)
        if len(found) < len(names):
            found.append(frozenset(names))
        return tuple(found)

    def _pattern(self, number: int) -> Run:
        pattern = self._patterns[number] = patterns.compiled(patterns.decoded(self._phrases[number]), self._classes)
        return pattern


def _begins(word: str, firsts: tuple[frozenset[str], ...]) -> bool:
    for words in firsts:  # noqa: SIM110 - a generator costs more than the rest of this hot loop
        if word in words:
            return True
    return False
