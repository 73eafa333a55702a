"""Phrases and word classes to plain data that the matcher runs on.

The cost of a text must not grow with the number of phrases. So every phrase is filed under its anchors: the words of
its rarest part, one of which must stand in any match. At check time one look-up per word of the text finds the
phrases worth trying; the others are never touched, not even decoded.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import NamedTuple, cast

from copylint.language.matcher import ANY, END
from copylint.language.phrases import Node, PhraseError, children, classes_in

LONGEST_CLASS = 40_000
"""Entries that a word class may unfold into; more is an error, not a slow start."""

LARGE_CLASS = 100
"""Entries from which on a class inside of another is kept by reference."""

Trie = dict[str, object]

_COMMON = frozenset(
    """a about after again all also an and any are as at back be because been before best better body both but by can
    care clinic could day days do doctor does each effective even every everyone face fat feel few first for free from
    full get give good great had hair has have he help helps her here his how i if improve in into is it its just know
    laser less life like line long look looking made make many may me month more most much my natural need new no non
    not now of off on one only or other our out over own patient patients people per procedure procedures reduce result
    results s 's safe safely same see session sessions she should skin so some surgery take than that the their them
    then there these they this those through time to today too treatment treatments two under up use used very want was
    way we weight well were what when which while who will with within without work works would year years you young
    younger your , . : ; ! ? ( ) — % & confidence risk risks pain side""".split()
)
_COMMON_WEIGHT = 40
_ANY_WEIGHT = 100_000


class Classes:
    """Word classes by name: sources are phrases as nodes; tries and further nodes come out, on demand."""

    def __init__(self, nodes: Mapping[str, list[Node]]) -> None:
        self._nodes = nodes
        self._sequences: dict[str, list[tuple[str, ...]]] = {}
        self._open: list[str] = []

    def __contains__(self, name: str) -> bool:
        return name in self._nodes

    def names(self) -> Iterable[str]:
        """The names of all classes."""
        return self._nodes

    def sequences(self, name: str) -> list[tuple[str, ...]]:
        """Every run of words that the class stands for, as far as it can be listed (no gaps, no built-ins)."""
        if name not in self._sequences:
            if name in self._open:
                raise PhraseError(f"<{name}> is made of itself: {' > '.join([*self._open, name])}", 0)
            self._open.append(name)
            found: dict[tuple[str, ...], None] = {}
            for node in self._nodes[name]:
                if _listable(node, self._nodes):
                    found.update(dict.fromkeys(self._unfold(node)))
                if len(found) > LONGEST_CLASS:
                    raise PhraseError(f"<{name}> unfolds into more than {LONGEST_CLASS:,} entries", 0, "Split it.")
            self._open.pop()
            self._sequences[name] = list(found)
        return self._sequences[name]

    def further(self, name: str) -> list[Node]:
        """The entries of a class that cannot be listed; they are matched as phrases."""
        return [node for node in self._nodes[name] if not _listable(node, self._nodes)]

    def _unfold(self, node: Node) -> list[tuple[str, ...]]:
        kind = node[0]
        if kind == "w":
            return [(str(word),) for word in node[1:]]
        if kind == "c":
            return self.sequences(str(node[1]))
        if kind == "o":
            return [(), *self._unfold(children(node)[0])]
        if kind == "a":
            return [sequence for child in children(node) for sequence in self._unfold(child)]
        runs: list[tuple[str, ...]] = [()]
        for child in children(node):
            inner = self._unfold(child)
            if len(runs) * len(inner) > LONGEST_CLASS:
                raise PhraseError(f"unfolds into more than {LONGEST_CLASS:,} entries", 0, "Split the class.")
            runs = [run + more for run in runs for more in inner]
        return runs

    def plain(self, name: str) -> list[object]:
        """The class as plain data: a trie of its listed entries, and the nodes of the others.

        A large class inside of another stays a reference: it is decoded once, not once for every class that has it.
        """
        trie: Trie = {}
        others: list[Node] = []
        for node in self._nodes[name]:
            if not _listable(node, self._nodes) or (node[0] == "c" and len(self.sequences(str(node[1]))) > LARGE_CLASS):
                others.append(node)
            else:
                for sequence in self._unfold(node):
                    _insert(trie, sequence)
        return [trie, others]


def _insert(trie: Trie, sequence: tuple[str, ...]) -> None:
    if not sequence:
        return
    at = trie
    for word in sequence:
        step = at.setdefault(word, {})
        assert isinstance(step, dict)
        at = step
    at[END] = 1


def _listable(node: Node, nodes: Mapping[str, list[Node]]) -> bool:
    if node[0] in ("g", "b", "^", "$"):
        return False
    if node[0] == "c":
        return all(_listable(inner, nodes) for inner in nodes.get(str(node[1]), []))
    return all(_listable(child, nodes) for child in children(node))


class Compiled(NamedTuple):
    """Phrases as plain data, in the shape that a cache keeps and a Matcher runs on. Every value is decoded when needed.

    phrases: each node as JSON text. anchors: word -> "phrase least most;...": a match of the phrase begins least..most
    words before the anchor. classes: name -> JSON text of Classes.plain.
    """

    phrases: list[str]
    anchors: dict[str, str]
    classes: dict[str, str]


def compile_phrases(phrases: Iterable[Node], classes: Classes) -> Compiled:
    """Nodes to plain data; the number of a phrase is its place in this order."""
    texts: list[str] = []
    anchors: dict[str, list[str]] = {}
    used: set[str] = set()
    for number, node in enumerate(phrases):
        texts.append(_json(node))
        used.update(classes_in(node))
        for word, (least, most) in sorted(_anchors(node, classes)[1].items()):
            anchors.setdefault(word, []).append(f"{number} {least} {most}")
    plain: dict[str, str] = {}
    pending = sorted(used)
    while pending:
        name = pending.pop()
        if name not in plain:
            data = classes.plain(name)
            plain[name] = _json(data)
            pending += [inner for node in cast("list[Node]", data[1]) for inner in classes_in(node)]
    return Compiled(texts, {word: ";".join(entries) for word, entries in sorted(anchors.items())}, plain)


def _json(value: object) -> str:
    return json.dumps(value, separators=(",", ":"))


Offsets = dict[str, tuple[int, int]]


def _anchors(node: Node, classes: Classes) -> tuple[float, Offsets]:
    """The cheapest anchors of a node: their cost, and each anchor word with how many words may stand before it."""
    kind = node[0]
    if kind == "w":
        words = [str(word) for word in node[1:]]
        return sum(_weight(word) for word in words), dict.fromkeys(words, (0, 0))
    if kind == "c":
        return _class_anchors(str(node[1]), classes)
    if kind == "a":
        cost, offsets = 0.0, dict[str, tuple[int, int]]()
        for child in children(node):
            more, inner = _anchors(child, classes)
            cost += more
            _merge(offsets, inner, 0, 0)
        return cost, offsets
    if kind == "q":
        best: tuple[float, Offsets] = (float("inf"), {})
        least = most = 0
        for child in children(node):
            if child[0] not in ("o", "g", "^", "$"):
                cost, inner = _anchors(child, classes)
                if cost < best[0]:
                    shifted: Offsets = {}
                    _merge(shifted, inner, least, most)
                    best = (cost, shifted)
            shortest, longest = _lengths(child, classes)
            least += shortest
            most += longest
        return best if best[1] else (_ANY_WEIGHT, {ANY: (0, 0)})
    return _ANY_WEIGHT, {ANY: (0, 0)}


def _class_anchors(name: str, classes: Classes) -> tuple[float, Offsets]:
    cost, offsets = 0.0, dict[str, tuple[int, int]]()
    for sequence in classes.sequences(name):
        if sequence:
            place = min(range(len(sequence)), key=lambda index: (_weight(sequence[index]), index))
            if sequence[place] not in offsets:
                cost += _weight(sequence[place])
            _merge(offsets, {sequence[place]: (place, place)}, 0, 0)
    for node in classes.further(name):
        more, inner = _anchors(node, classes)
        cost += more
        _merge(offsets, inner, 0, 0)
    return cost, offsets


def _merge(into: Offsets, more: Offsets, least: int, most: int) -> None:
    for word, (low, high) in more.items():
        old = into.get(word, (low + least, high + most))
        into[word] = (min(old[0], low + least), max(old[1], high + most))


def _lengths(node: Node, classes: Classes) -> tuple[int, int]:
    kind = node[0]
    if kind in ("^", "$"):
        return 0, 0
    if kind == "w":
        return 1, 1
    if kind == "b":
        return 1, 3
    if kind == "g":
        return int(str(node[1])), int(str(node[2]))
    if kind == "c":
        lengths = [len(sequence) for sequence in classes.sequences(str(node[1])) if sequence]
        inner = [_lengths(more, classes) for more in classes.further(str(node[1]))]
        every = [(length, length) for length in lengths] + inner
        return (min(low for low, _ in every), max(high for _, high in every)) if every else (1, 1)
    parts = [_lengths(child, classes) for child in children(node)]
    if kind == "q":
        return sum(low for low, _ in parts), sum(high for _, high in parts)
    return (0 if kind == "o" else min(low for low, _ in parts)), max(high for _, high in parts)


def _weight(word: str) -> int:
    return _COMMON_WEIGHT if word in _COMMON else 1
