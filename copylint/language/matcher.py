"""The matcher: finds compiled phrases among the words of a text.

One look-up per word finds the anchors; a phrase is decoded and tried only where one of its anchors stands.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from copylint.language.words import Words

_raw_decode = json.JSONDecoder().raw_decode
ANY = "*"
"""Anchor of a phrase without words of its own: it is tried everywhere."""
END = ""
"""Key of a class's trie that says: an entry may end here."""
_GAP_STOPS = frozenset((",", ";", ":", ".", "!", "?", "(", ")", "[", "]", "—", "|", "…", "but", "however", "although"))
_NUMBER_WORDS = frozenset(
    """one two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty sixty seventy
    eighty ninety hundred thousand""".split()
)
_CURRENCY = frozenset("$£€")
_CURRENCY_WORDS = frozenset("dollars dollar pounds euros usd gbp eur aud cad".split())


def _decoded(text: str) -> Any:
    """JSON without surrounding white space, which json.loads would look for each time."""
    return _raw_decode(text)[0]


class Match(NamedTuple):
    """Phrase `phrase` stands in the words first..end (end exclusive)."""

    phrase: int
    first: int
    end: int


class ClassTable:
    """Word classes as compiled by `compile_phrases`, shared by matchers and decoded as they are needed."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts
        self._decoded: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        """A class: the trie of its listed entries, and the nodes of the others. Raises KeyError."""
        known = self._decoded.get(name)
        if known is None:
            known = self._decoded[name] = _decoded(self._texts[name])
        return known


class Matcher:
    """Phrases as compiled by `compile_phrases`, decoded as they are needed."""

    def __init__(self, phrases: Sequence[str], anchors: Mapping[str, str], classes: ClassTable) -> None:
        """The parts of anchors.Compiled, also after a trip through a cache."""
        self._phrases = phrases
        self._anchors = anchors
        self._classes = classes
        self._entries: dict[str, list[tuple[int, int, int]]] = {}
        self._nodes: dict[int, Any] = {}
        self._firsts: dict[int, frozenset[str] | None] = {}
        self._class_firsts: dict[str, tuple[set[str], bool, bool]] = {}

    def find(self, words: Words, text: str, ranges: Iterable[tuple[int, int]]) -> Iterator[Match]:
        """Every match inside one of the ranges of words (first, end), by range, then by start and phrase.

        text: the visible text that the words point into (for capital letters).
        """
        anchors = self._anchors
        everywhere = self._entries_of(ANY) if ANY in anchors else []
        keys = words.keys
        for first, end in ranges:
            found: list[Match] = []
            tried: set[tuple[int, int]] = set()
            for at in range(first, end):
                if keys[at] in anchors:
                    entries = [*self._entries_of(keys[at]), *everywhere]
                elif everywhere:
                    entries = everywhere
                else:
                    continue
                for number, least, most in entries:
                    firsts = self._firsts[number] if number in self._firsts else self._first_words(number)
                    for start in range(max(at - most, first), at - least + 1):
                        if (firsts is None or keys[start] in firsts) and (number, start) not in tried:
                            tried.add((number, start))
                            stop = self.match_at(number, words, text, start, first, end)
                            if stop > start:
                                found.append(Match(number, start, stop))
            if found:
                found.sort(key=lambda match: (match.first, match.phrase))
                yield from found

    def _entries_of(self, word: str) -> list[tuple[int, int, int]]:
        entries = self._entries.get(word)
        if entries is None:
            entries = []
            for entry in self._anchors[word].split(";"):
                number, least, most = entry.split()
                entries.append((int(number), int(least), int(most)))
            self._entries[word] = entries
        return entries

    def search(self, number: int, words: Words, text: str, first: int, end: int) -> Iterator[tuple[int, int]]:
        """Where phrase `number` stands among the words first..end, as (first word, end)."""
        firsts = self._firsts[number] if number in self._firsts else self._first_words(number)
        keys = words.keys
        for start in range(first, end):
            if firsts is None or keys[start] in firsts:
                stop = self.match_at(number, words, text, start, first, end)
                if stop > start:
                    yield start, stop

    def _node(self, number: int) -> Any:
        node = self._nodes.get(number)
        if node is None:
            node = self._nodes[number] = _decoded(self._phrases[number])
        return node

    def _first_words(self, number: int) -> frozenset[str] | None:
        """The words that a phrase may begin with; None where it may begin with any."""
        words, _, bounded = self._begins(self._node(number))
        self._firsts[number] = frozenset(words) if bounded else None
        return self._firsts[number]

    def _begins(self, node: Any) -> tuple[set[str], bool, bool]:
        """First words of a node, whether it may be empty, and whether the words are all there are."""
        kind = node[0]
        if kind == "w":
            return set(node[1:]), False, True
        if kind in ("^", "$"):
            return set(), True, True
        if kind == "c":
            return self._class_begins(node[1])
        if kind in ("b", "g"):
            return set(), kind == "g" and node[1] == 0, False
        words: set[str] = set()
        empty, bounded = kind != "a", True
        for child in node[1:]:
            more, may_be_empty, known = self._begins(child)
            words = words | more
            bounded = bounded and known
            if kind == "a":
                empty = empty or may_be_empty
            elif kind == "q" and not may_be_empty:
                return words, False, bounded
        return words, empty or kind == "o", bounded

    def _class_begins(self, name: str) -> tuple[set[str], bool, bool]:
        known = self._class_firsts.get(name)
        if known is None:
            trie, further = self._classes[name]
            words, bounded = set(trie), True
            for child in further:
                more, _, complete = self._begins(child)
                words |= more
                bounded = bounded and complete
            known = self._class_firsts[name] = (words, False, bounded)
        return known

    def match_at(self, number: int, words: Words, text: str, start: int, first: int, end: int) -> int:
        """Where phrase `number` ends if it begins at word `start`, else -1. first..end is the sentence."""
        return next(self._ends(self._node(number), _Place(words, text, first, end), start), -1)

    def class_ends(self, name: str, words: Words, text: str, start: int, first: int, end: int) -> Iterator[int]:
        """Where entries of the class end that begin at word `start`, longest first."""
        return self._class_ends(name, _Place(words, text, first, end), start)

    def _ends(self, node: Any, place: _Place, at: int) -> Iterator[int]:
        kind = node[0]
        if kind == "w":
            if at < place.end and place.words.keys[at] in node[1:]:
                yield at + 1
        elif kind == "q":
            yield from self._sequence(node, 1, place, at)
        elif kind == "c":
            yield from self._class_ends(node[1], place, at)
        elif kind == "a":
            ends = dict.fromkeys(end for child in node[1:] for end in self._ends(child, place, at))
            yield from sorted(ends, reverse=True)
        elif kind == "o":
            yield from self._ends(node[1], place, at)
            yield at
        elif kind == "g":
            yield from _gap(node, place, at)
        elif kind == "b":
            yield from _builtin(node[1], place, at)
        elif (kind == "^" and at == place.first) or (kind == "$" and _at_end(place, at)):
            yield at

    def _sequence(self, node: Any, index: int, place: _Place, at: int) -> Iterator[int]:
        last = index == len(node) - 1
        for end in self._ends(node[index], place, at):
            if last:
                yield end
            else:
                yield from self._sequence(node, index + 1, place, end)

    def _class_ends(self, name: str, place: _Place, at: int) -> Iterator[int]:
        trie, further = self._classes[name]
        ends: list[int] = []
        keys = place.words.keys
        position = at
        while position < place.end:
            trie = trie.get(keys[position])
            if trie is None:
                break
            position += 1
            if END in trie:
                ends.append(position)
        for node in further:
            ends.extend(self._ends(node, place, at))
        if len(ends) > 1:
            ends = sorted(set(ends), reverse=True)
        yield from ends


class _Place(NamedTuple):
    words: Words
    text: str
    first: int
    end: int


def _gap(node: Any, place: _Place, at: int) -> Iterator[int]:
    keys = place.words.keys
    for length in range(node[2] + 1):
        if length >= node[1]:
            yield at + length
        if at + length >= place.end or keys[at + length] in _GAP_STOPS:
            return


def _at_end(place: _Place, at: int) -> bool:
    return all(key in (".", "!", "?", "…") for key in place.words.keys[at : place.end])


def _builtin(name: str, place: _Place, at: int) -> Iterator[int]:
    if at >= place.end:
        return
    keys = place.words.keys
    key = keys[at]
    after = keys[at + 1] if at + 1 < place.end else ""
    if name == "word":
        if key[0].isalnum():
            yield at + 1
    elif name == "number":
        if key[0].isdigit() or key in _NUMBER_WORDS:
            yield at + 1
    elif name == "percent":
        if key[0].isdigit() or key in _NUMBER_WORDS:
            if after in ("%", "percent"):
                yield at + 2
            elif after == "per" and at + 2 < place.end and keys[at + 2] == "cent":
                yield at + 3
    elif name == "money":
        before = key in _CURRENCY and after[:1].isdigit()
        if before or (key[0].isdigit() and (after in _CURRENCY or after in _CURRENCY_WORDS)):
            yield at + 2
    elif name == "year":
        if len(key) == 4 and key.isdigit() and 1900 <= int(key) <= 2099:
            yield at + 1
    elif name == "name" and _is_name(place, at, after):
        yield at + 1


def _is_name(place: _Place, at: int, after: str) -> bool:
    """A capital where a sentence does not ask for one; at its beginning, before another or before an age."""
    starts = place.words.starts
    if not place.text[starts[at]].isupper():
        return False
    if at > place.first:
        return True
    age = place.words.keys[at + 2] if after == "," and at + 2 < place.end else ""
    return age.isdigit() or bool(after and place.text[starts[at + 1]].isupper())
