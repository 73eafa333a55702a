"""Compiled phrases (the nodes of language.phrases) as functions over words.

Each node becomes a function from a place to the words where it may end, best first: an optional part rather with than
without, a class rather with its longer entry, a gap rather short. The first of them is what a phrase matches, as with
a backtracking regular expression; but every place is visited once, so no phrase takes time that grows with the power
of the text.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from copylint.language.words import Words

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


class Pattern(NamedTuple):
    """A node, ready to run.

    ends: from a place and a word, where the node ends, best first. firsts: the words that it may begin with, None for
    any. may_be_empty: it may also stand for no word at all.
    """

    ends: Callable[[Place, int], Ends]
    firsts: frozenset[str] | None
    may_be_empty: bool


class ClassTable:
    """Word classes as compiled by language.anchors, shared by matchers and decoded as they are needed."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts
        self._patterns: dict[str, Pattern] = {}

    def pattern(self, name: str) -> Pattern:
        """The pattern of a class. Raises KeyError for an unknown one."""
        known = self._patterns.get(name)
        if known is None:
            trie, further = decoded(self._texts[name])
            known = self._patterns[name] = _class_pattern(trie, [compiled(node, self) for node in further])
        return known


def decoded(text: str) -> Any:
    """JSON without surrounding white space, which json.loads would look for each time."""
    return _raw_decode(text)[0]


def compiled(node: Any, classes: ClassTable) -> Pattern:
    """A node as a pattern."""
    kind = node[0]
    if kind == "w":
        return _words(frozenset(node[1:]))
    if kind == "c":
        return classes.pattern(node[1])
    if kind == "q":
        return _sequence(node, classes)
    if kind == "a":
        return _either([compiled(child, classes) for child in node[1:]])
    if kind == "o":
        return _perhaps(compiled(node[1], classes))
    if kind == "g":
        return _gap(node[1], node[2])
    if kind == "b":
        return Pattern(_BUILTINS[node[1]], None, False)
    return Pattern(_at_start if kind == "^" else _at_end, frozenset(), True)


def _words(words: frozenset[str]) -> Pattern:
    def ends(place: Place, at: int) -> Ends:
        return (at + 1,) if at < place.end and place.keys[at] in words else _NONE

    return Pattern(ends, words, False)


def _sequence(node: Any, classes: ClassTable) -> Pattern:
    """One part after the other. What follows the first is compiled when the first has been found for once."""
    parts: list[Pattern] = []
    firsts: frozenset[str] | None = frozenset()
    for child in node[1:]:
        part = compiled(child, classes)
        parts.append(part)
        firsts = None if firsts is None or part.firsts is None else firsts | part.firsts
        if not part.may_be_empty:
            break
    head, rest = parts[0].ends, [part.ends for part in parts[1:]]
    pending = node[1 + len(parts) :]

    def ends(place: Place, at: int) -> Ends:
        found = head(place, at)
        if not found:
            return _NONE
        if pending:
            rest.extend(compiled(child, classes).ends for child in pending)
            pending.clear()
        for step in rest:
            if len(found) == 1:
                found = step(place, found[0])
            else:
                found = tuple({end: None for start in found for end in step(place, start)})
            if not found:
                return _NONE
        return found

    return Pattern(ends, firsts, parts[-1].may_be_empty)


def _either(parts: list[Pattern]) -> Pattern:
    branches = [(part.ends, None if part.may_be_empty else part.firsts) for part in parts]

    def ends(place: Place, at: int) -> Ends:
        word = place.keys[at] if at < place.end else ""
        found: set[int] = set()
        for branch, firsts in branches:
            if firsts is None or word in firsts:
                found.update(branch(place, at))
        return tuple(sorted(found, reverse=True)) if len(found) > 1 else tuple(found)

    return Pattern(ends, _union(parts), any(part.may_be_empty for part in parts))


def _perhaps(part: Pattern) -> Pattern:
    inner = part.ends

    def ends(place: Place, at: int) -> Ends:
        return (*inner(place, at), at)

    return Pattern(ends, part.firsts, True)


def _gap(least: int, most: int) -> Pattern:
    def ends(place: Place, at: int) -> Ends:
        keys, stop = place.keys, place.end
        last = at
        while last < stop and last - at < most and keys[last] not in _GAP_STOPS:
            last += 1
        return tuple(range(at + least, last + 1))

    return Pattern(ends, None, least == 0)


def _class_pattern(trie: dict[str, Any], further: list[Pattern]) -> Pattern:
    others = [(part.ends, part.firsts) for part in further]

    def ends(place: Place, at: int) -> Ends:
        if at >= place.end:
            return _NONE
        keys, stop = place.keys, place.end
        word = keys[at]
        found: list[int] = []
        step = trie.get(word)
        position = at + 1
        while step is not None:
            if END in step:
                found.append(position)
            if position >= stop:
                break
            step = step.get(keys[position])
            position += 1
        for branch, firsts in others:
            if firsts is None or word in firsts:
                found.extend(branch(place, at))
        return tuple(sorted(set(found), reverse=True)) if len(found) > 1 else tuple(found)

    firsts = _union(further)
    return Pattern(ends, None if firsts is None else firsts | frozenset(trie), False)


def _union(parts: list[Pattern]) -> frozenset[str] | None:
    if any(part.firsts is None for part in parts):
        return None
    return frozenset().union(*(part.firsts for part in parts if part.firsts is not None))


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
