"""Compiled phrases (the nodes of language.phrases) as functions over words.

Each node becomes a function from a place to the words where it may end, best first: an optional part rather with than
without, a class rather with its longer entry, a gap rather short. The first of them is what a phrase matches, as with
a backtracking regular expression; but every place is visited once, so no phrase takes time that grows with the power
of the text.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from copylint.language.words import Words

ANY = "*"
"""Stands for any word among the words that something may begin with, and among anchors."""
END = ""
"""Key of a class's trie that says: an entry may end here."""

_GAP_STOPS = frozenset((",", ";", ":", ".", "!", "?", "(", ")", "[", "]", "—", "|", "…", "but", "however", "although"))
_SENTENCE_ENDS = frozenset((".", "!", "?", "…"))
_NUMBER_WORDS = frozenset(
    """one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand dozen""".split()
)
_CURRENCY = frozenset("$£€")
_CURRENCY_WORDS = frozenset("dollars dollar pounds euros usd gbp eur aud cad".split())
_raw_decode = json.JSONDecoder().raw_decode

Ends = tuple[int, ...]
_NONE: Ends = ()


class Place:
    """The words of a text, and the sentence first..end in which a phrase must stand."""

    __slots__ = ("end", "first", "keys", "starts", "text")

    def __init__(self, words: Words, text: str, first: int, end: int) -> None:
        self.keys = words.keys
        self.starts = words.starts
        self.text = text
        self.first = first
        self.end = end


Run = Callable[[Place, int], Ends]
"""From a place and a word: where a node ends that begins there, best first."""


class ClassTable:
    """Word classes as compiled by language.anchors, shared by matchers and decoded as they are needed."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        """texts: as in matcher.Compiled, by class name."""
        self._texts = texts
        self._runs: dict[str, Run] = {}

    def run(self, name: str) -> Run:
        """A class, ready to run. Raises KeyError for an unknown one."""
        known = self._runs.get(name)
        if known is None:
            known = self._runs[name] = _class(self._texts[name], self)
        return known


def decoded(text: str) -> Any:
    """JSON without surrounding white space, which json.loads would look for each time."""
    return _raw_decode(text)[0]


def compiled(node: Any, classes: ClassTable) -> Run:
    """A node as a function. Its inner nodes are compiled when it first runs, most of them never."""
    kind = node[0]
    if kind == "w":
        return _words(node[1])
    if kind == "c":
        return classes.run(node[1])
    if kind == "q":
        return _sequence(node, classes)
    if kind == "a":
        return _either(node, classes)
    if kind == "o":
        return _perhaps(node[1], classes)
    if kind == "g":
        return _gap(node[1], node[2])
    if kind == "b":
        return _BUILTINS[node[1]]
    return _at_start if kind == "^" else _at_end


def _words(words: str) -> Run:
    """words: with a blank before and after each. To look in a string costs less than to make a set for a few looks."""

    def run(place: Place, at: int) -> Ends:
        return (at + 1,) if at < place.end and f" {place.keys[at]} " in words else _NONE

    return run


def _sequence(node: Any, classes: ClassTable) -> Run:
    """One part after the other. What follows the first is compiled when the first has been found for once."""
    head = compiled(node[1], classes)
    rest: list[Run] = []

    def run(place: Place, at: int) -> Ends:
        found = head(place, at)
        if not found:
            return _NONE
        if not rest:
            rest.extend([compiled(child, classes) for child in node[2:]])
        for step in rest:
            if len(found) == 1:
                found = step(place, found[0])
            else:
                found = tuple({end: None for start in found for end in step(place, start)})
            if not found:
                return _NONE
        return found

    return run


def _either(node: Any, classes: ClassTable) -> Run:
    branches = _Branches(node[1:], classes)

    def run(place: Place, at: int) -> Ends:
        found = branches.ends(place, at)
        return tuple(sorted(found, reverse=True)) if len(found) > 1 else tuple(found)

    return run


class _Branches:
    """Nodes of which any may match. One that begins with other words than this is not even compiled."""

    __slots__ = ("_classes", "_heads", "_nodes", "_runs")

    def __init__(self, nodes: list[Any], classes: ClassTable) -> None:
        self._nodes = nodes
        self._heads = [node[1] if node[0] == "q" else node for node in nodes]
        self._runs: list[Run | None] = [None] * len(nodes)
        self._classes = classes

    def ends(self, place: Place, at: int) -> set[int]:
        word = f" {place.keys[at]} " if at < place.end else ""
        found: set[int] = set()
        for index, head in enumerate(self._heads):
            if head[0] == "w" and word not in head[1]:
                continue
            run = self._runs[index]
            if run is None:
                run = self._runs[index] = compiled(self._nodes[index], self._classes)
            ends = run(place, at)
            if ends:
                found.update(ends)
        return found


def _perhaps(node: Any, classes: ClassTable) -> Run:
    inner = compiled(node, classes)

    def run(place: Place, at: int) -> Ends:
        return (*inner(place, at), at)

    return run


def _gap(least: int, most: int) -> Run:
    def run(place: Place, at: int) -> Ends:
        keys, stop = place.keys, place.end
        last = at
        while last < stop and last - at < most and keys[last] not in _GAP_STOPS:
            last += 1
        return tuple(range(at + least, last + 1))

    return run


def _class(text: str, classes: ClassTable) -> Run:
    """text: as anchors.Classes.plain makes it. What is longer than a word is decoded when it may begin somewhere."""
    singles, firsts, nodes, *_ = text.split("\n", 3)
    tries: dict[str, dict[str, Any] | None] = {}
    branches: _Branches | None = None

    def trie_of(word: str) -> dict[str, Any] | None:
        mark = f"\n{word}\t"
        start = text.find(mark) + len(mark)
        tries[word] = None if start < len(mark) else _raw_decode(text, start)[0]
        return tries[word]

    def run(place: Place, at: int) -> Ends:
        nonlocal branches
        if at >= place.end:
            return _NONE
        keys, stop = place.keys, place.end
        word = keys[at]
        padded = f" {word} "
        found: list[int] = [at + 1] if padded in singles else []
        step = tries[word] if word in tries else trie_of(word)
        position = at + 1
        while step is not None:
            if END in step:
                found.append(position)
            if position >= stop:
                break
            step = step.get(keys[position])
            position += 1
        if firsts and (padded in firsts or firsts == ANY):
            if branches is None:
                branches = _Branches(decoded(nodes), classes)
            found.extend(branches.ends(place, at))
        return tuple(sorted(set(found), reverse=True)) if len(found) > 1 else tuple(found)

    return run


def _at_start(place: Place, at: int) -> Ends:
    return (at,) if at == place.first else _NONE


def _at_end(place: Place, at: int) -> Ends:
    return (at,) if all(key in _SENTENCE_ENDS for key in place.keys[at : place.end]) else _NONE


def _any_word(place: Place, at: int) -> Ends:
    return (at + 1,) if at < place.end and place.keys[at][0].isalnum() else _NONE


def _is_number(key: str) -> bool:
    return key[0].isdigit() or key in _NUMBER_WORDS


def _key(place: Place, at: int) -> str:
    return place.keys[at] if at < place.end else " "


def _number(place: Place, at: int) -> Ends:
    return (at + 1,) if _is_number(_key(place, at)) else _NONE


def _percent(place: Place, at: int) -> Ends:
    if not _is_number(_key(place, at)):
        return _NONE
    after = _key(place, at + 1)
    if after in ("%", "percent"):
        return (at + 2,)
    return (at + 3,) if after == "per" and _key(place, at + 2) == "cent" else _NONE


def _money(place: Place, at: int) -> Ends:
    key, after = _key(place, at), _key(place, at + 1)
    before = key in _CURRENCY and after[0].isdigit()
    behind = key[0].isdigit() and (after in _CURRENCY or after in _CURRENCY_WORDS)
    return (at + 2,) if before or behind else _NONE


def _year(place: Place, at: int) -> Ends:
    key = _key(place, at)
    return (at + 1,) if len(key) == 4 and key.isdigit() and 1900 <= int(key) <= 2099 else _NONE


def _reference(place: Place, at: int) -> Ends:
    """[3] or [1, 2]."""
    if _key(place, at) != "[":
        return _NONE
    end = at + 1
    while _key(place, end)[0].isdigit() or _key(place, end) == ",":
        end += 1
    return (end + 1,) if end > at + 1 and _key(place, end) == "]" else _NONE


def _name(place: Place, at: int) -> Ends:
    """A capital where a sentence does not ask for one; at its beginning, before another or before an age."""
    if at >= place.end or not place.text[place.starts[at]].isupper():
        return _NONE
    if at == place.first:
        after = _key(place, at + 1)
        age = after == "," and _key(place, at + 2)[0].isdigit()
        another = at + 1 < place.end and place.text[place.starts[at + 1]].isupper()
        if not age and not another:
            return _NONE
    return (at + 1,)


_BUILTINS: dict[str, Callable[[Place, int], Ends]] = {
    "word": _any_word,
    "number": _number,
    "percent": _percent,
    "money": _money,
    "year": _year,
    "name": _name,
    "reference": _reference,
}
