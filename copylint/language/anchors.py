"""Phrases and word classes to plain data that the matcher runs on.

The cost of a text must not grow with the number of phrases. So every phrase is filed under its anchors: the words of
its rarest part, one of which must stand in any match. At check time one look-up per word of the text finds the
phrases worth trying; the others are never touched, not even decoded.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from copylint.decoded import ByWord
from copylint.language.matcher import Compiled
from copylint.language.patterns import ANY, END
from copylint.language.phrases import Node, PhraseError, children, classes_in
from copylint.language.signs import ANY_WORD, SignBook

_FREQUENCIES = """the:437 a:290 and:284 is:185 you:167 it:157 of:140 to:125 in:118 for:115 that:94 not:92 are:76 your:90
    skin:80 we:70 on:63 can:61 with:61 or:58 what:45 if:45 at:46 do:45 have:45 no:44 i:40 one:35 from:37 our:50
    will:40 two:25 does:30 be:40 an:32 by:32 after:31 people:25 fat:30 about:29 who:22 this:40 some:24 laser:30
    has:24 they:24 day:18 like:20 three:20 weeks:20 there:23 back:18 my:22 surgery:21 before:18 may:20 ask:12
    which:20 how:19 take:16 more:22 was:19 days:16 first:14 treatment:35 as:25 doctor:14 get:17 face:18 all:20
    so:17 hair:20 most:16 see:16 us:14 when:18 months:14 go:12 weight:15 time:14 up:14 would:10 area:12 need:12
    than:14 but:20 results:20 off:10 body:16 look:14 out:14 good:10 same:9 permanent:7 also:12 other:11 scars:9
    week:9 work:9 under:9 every:9 pain:9 make:12 safe:9 because:8 then:8 medical:8 surgeon:9 long:9 little:7
    feel:10 free:9 should:8 month:8 each:8 patients:12 use:9 any:9 many:8 less:7 own:7 downtime:6 its:9 again:6
    want:9 without:9 gone:5 years:9 very:7 new:10 result:8 their:12 only:9 lips:8 while:7 never:6 these:9 help:9
    through:8 best:9 into:8 just:9 now:8 today:6 back:12 procedure:16 procedures:9 treatments:14 session:9
    sessions:8 clinic:10 natural:7 life:6 s:20 's:60 .:480 ,:520 ::60 ?:40 !:20 (:40 ):40 —:30 ;:15 %:12 &:8
    reduce:7 improve:6 appearance:6 younger:4 confidence:4 risk:7 risks:6 side:7 works:5"""
"""How often a word stands in 10,000 words of copy, roughly, as word:count; counted in our own samples."""
LONGEST_CLASS = 40_000
"""Entries that a word class may unfold into; more is an error, not a slow start."""

MOST_FREQUENT_COMPANION = 600.0
"""In 10,000 words; a part that begins more often rules out too little to be worth the look."""
LARGE_NODE = 100
"""Entries of one line of a class from which on it is kept as it was written."""

Trie = dict[str, object]

_FREQUENT = {word: int(count) for word, _, count in (entry.rpartition(":") for entry in _FREQUENCIES.split())}
_RARE = 0.5
_ANY_WEIGHT = 100_000


class Classes:
    """Word classes by name: sources are phrases as nodes; tries and further nodes come out, on demand."""

    def __init__(self, nodes: Mapping[str, list[Node]]) -> None:
        self._nodes = nodes
        self._sequences: dict[str, list[tuple[str, ...]]] = {}
        self._open: list[str] = []
        self._beginnings: dict[str, frozenset[str]] = {}
        self._telling: dict[str, frozenset[str]] = {}

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

    def beginnings(self, name: str) -> frozenset[str]:
        """The words that an entry of the class may begin with; none at all: any word."""
        if name not in self._beginnings:
            found = {sequence[0] for sequence in self.sequences(name) if sequence}
            for node in self.further(name):
                lists, _ = _beginning(node, self)
                if not lists:
                    found = set()
                    break
                found.update(*lists)
            self._beginnings[name] = frozenset(found)
        return self._beginnings[name]

    def telling(self, name: str) -> frozenset[str]:
        """Words of which one stands in every entry of the class, the rarest of each; none at all: there are none."""
        if name not in self._telling:
            found = {
                min(sequence, key=lambda word: (_weight(word), word)) for sequence in self.sequences(name) if sequence
            }
            for node in self.further(name):
                _, lists = _telling(node, self)
                if not lists:
                    found = set()
                    break
                found.update(*lists)
            self._telling[name] = frozenset(found)
        return self._telling[name]

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

    def plain(self, name: str) -> tuple[str, list[Node]]:
        """The class as text, and the nodes in it.

        Lines: its single words; the words that one of its nodes may begin with, "*" for any; the nodes as JSON; then,
        for each word that a longer entry begins with, the word, a tab, and what may follow it as a trie in JSON. A node
        stands for what cannot be unfolded and for what unfolds into many entries, such as a large class inside of
        another: it is smaller and faster to decode than its entries.
        """
        singles: dict[str, None] = {}
        trie: Trie = {}
        others: list[Node] = []
        for node in self._nodes[name]:
            entries = self._unfold(node) if _listable(node, self._nodes) else None
            if entries is None or (node[0] != "w" and len(entries) > LARGE_NODE):
                others.append(node)
            else:
                singles.update(dict.fromkeys(sequence[0] for sequence in entries if len(sequence) == 1))
                for sequence in entries:
                    if len(sequence) > 1:
                        _insert(trie, sequence)
        firsts: dict[str, None] = {}
        for node in others:
            lists, _ = _beginning(node, self)
            firsts.update(dict.fromkeys(word for words in lists for word in sorted(words)) if lists else {ANY: None})
        lines = [
            packed_words(singles),
            ANY if ANY in firsts else packed_words(firsts),
            _json([packed(node) for node in others]),
            *(f"{word}\t{_json(rest)}" for word, rest in trie.items()),
        ]
        return "\n".join(lines), others


def _insert(trie: Trie, sequence: tuple[str, ...]) -> None:
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


def compile_phrases(phrases: Iterable[Node], classes: Classes, book: SignBook | None = None) -> Compiled:
    """Nodes to plain data; the number of a phrase is its place in this order.

    book: of the signs, where other phrases share them.
    """
    own_book = book or SignBook()
    texts: list[str] = []
    beginnings: list[str] = []
    needs: list[str] = []
    anchors: dict[str, list[str]] = {}
    used: set[str] = set()
    for number, node in enumerate(phrases):
        texts.append(_json(packed(node)))
        at_start = "^ " if node[0] == "q" and children(node)[0][0] == "^" else ""
        lists, _ = _beginning(node, classes)
        beginnings.append(at_start + (own_book.numbers(lists) if lists else str(ANY_WORD)))
        needs.append(_needs(node, classes, own_book))
        used.update(classes_in(node))
        for word, (least, most) in sorted(_anchors(node, classes)[1].items()):
            anchors.setdefault(word, []).append(f"{number} {least} {most}")
    plain: dict[str, str] = {}
    pending = sorted(used)
    while pending:
        name = pending.pop()
        if name not in plain:
            plain[name], nodes = classes.plain(name)
            pending += [inner for node in nodes for inner in classes_in(node)]
    filed = ByWord({word: ";".join(entries) for word, entries in sorted(anchors.items())})
    return Compiled(texts, beginnings, needs, filed, plain, {} if book else own_book.plain())


def packed(node: Node) -> Node:
    """A node with its words in one string: one to decode instead of many."""
    if node[0] == "w":
        return ["w", packed_words(str(word) for word in node[1:])]
    return [packed(part) if isinstance(part, list) else part for part in node]


def packed_words(words: Iterable[str]) -> str:
    """Words as one string with a blank before and after each. A word never holds a blank."""
    return "".join(f" {word} " for word in words)


Lists = list[frozenset[str]]


def _beginning(node: Node, classes: Classes) -> tuple[Lists, bool]:
    """Lists of the words that a node may begin with (none: any word), and whether it may be empty."""
    kind = node[0]
    if kind == "w":
        return [frozenset(map(str, node[1:]))], False
    if kind == "c":
        words = classes.beginnings(str(node[1]))
        return [words] if words else [], False
    if kind in ("b", "g", "^", "$"):
        return [], kind not in ("b", "g") or node[1] == 0
    lists: Lists = []
    for child in children(node):
        if child[0] == "^":
            continue
        more, empty = _beginning(child, classes)
        if not more:
            return [], False
        lists += more
        if kind == "q" and not empty:
            break
        if kind == "a" and empty:
            return [], True
    return list(dict.fromkeys(lists)), kind == "o"


def _telling(node: Node, classes: Classes) -> tuple[float, Lists]:
    """Lists of words, of which one stands wherever the node does, and their weight; no lists: nothing need stand."""
    kind = node[0]
    if kind == "w":
        words = frozenset(map(str, node[1:]))
        return sum(map(_weight, words)), [words]
    if kind == "c":
        words = classes.telling(str(node[1]))
        return (sum(map(_weight, words)), [words]) if words else (_ANY_WEIGHT, [])
    if kind == "q":
        told = [one for child in children(node) if (one := _telling(child, classes))[1]]
        return min(told, key=lambda one: one[0], default=(_ANY_WEIGHT, []))
    if kind == "a":
        told = [_telling(child, classes) for child in children(node)]
        if all(lists for _, lists in told):
            return sum(weight for weight, _ in told), [words for _, lists in told for words in lists]
    return _ANY_WEIGHT, []


def _needs(node: Node, classes: Classes, book: SignBook) -> str:
    """The parts of a sequence before and after the one that is its anchor; see matcher.Compiled."""
    if node[0] != "q":
        return "|"
    anchor = _anchor_part(node, classes)[0]
    sides: tuple[list[str], list[str]] = ([], [])
    for index, part in enumerate(children(node)):
        weight, lists = _telling(part, classes)
        if index != anchor and lists and weight <= MOST_FREQUENT_COMPANION:
            sides[index > anchor].append(book.numbers(lists))
    return "|".join(",".join(side) for side in sides)


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
        _, cost, offsets = _anchor_part(node, classes)
        return (cost, offsets) if offsets else (_ANY_WEIGHT, {ANY: (0, 0)})
    return _ANY_WEIGHT, {ANY: (0, 0)}


def _anchor_part(node: Node, classes: Classes) -> tuple[int, float, Offsets]:
    """The part of a sequence that costs least as its anchor: its index, its cost, its anchors."""
    best: tuple[int, float, Offsets] = (-1, float("inf"), {})
    least = most = 0
    for index, child in enumerate(children(node)):
        if child[0] not in ("o", "g", "^", "$"):
            cost, inner = _anchors(child, classes)
            # Each place of an anchor is tried from every word where the phrase may have begun.
            cost *= most - least + 1
            if cost < best[1]:
                shifted: Offsets = {}
                _merge(shifted, inner, least, most)
                best = (index, cost, shifted)
        shortest, longest = _lengths(child, classes)
        least += shortest
        most += longest
    return best


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


def _by_weight(word: str) -> tuple[float, str]:
    return _weight(word), word


def _weight(word: str) -> float:
    return _FREQUENT.get(word, _RARE)
