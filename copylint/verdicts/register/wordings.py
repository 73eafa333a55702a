"""The wordings of a register, ready to be looked for: phrases over the word classes of the rules.

The rules are compiled long before, and their classes are kept in that form; those that a wording names are taken back
from it, so that a register can use what the rules can say.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from copylint.language.anchors import Classes, compile_phrases
from copylint.language.matcher import Matcher
from copylint.language.patterns import END, ClassTable
from copylint.language.phrases import Node, children, classes_in
from copylint.language.signs import Signs

MOST_FORMS = 24
"""Ways to say a wording that near words are compared with."""
_CHOICES = 3
"""Of each alternative, so many are tried."""
_SPOKEN = {"number": "1", "percent": "1 %", "money": "$ 1", "year": "2000"}


def matcher_of(wordings: Sequence[Node], classes: Mapping[str, str]) -> Matcher:
    """Finds the wordings; each has the number of its place.

    classes: those of the rules, in the form of matcher.Compiled; every class that a wording names must be among them.
    """
    compiled = compile_phrases(wordings, Classes(needed(wordings, classes)))
    return Matcher(compiled, ClassTable(compiled.classes), Signs(compiled.signs))


def needed(wordings: Sequence[Node], classes: Mapping[str, str]) -> dict[str, list[Node]]:
    """The classes that the wordings name, and those inside of them, as nodes."""
    found: dict[str, list[Node]] = {}
    pending = sorted({name for node in wordings for name in classes_in(node)})
    while pending:
        name = pending.pop()
        if name not in found:
            found[name] = _unpacked_class(classes[name])
            pending += [inner for node in found[name] for inner in classes_in(node)]
    return found


def _unpacked_class(text: str) -> list[Node]:
    """The entries of a class. text: as anchors.Classes.plain makes it."""
    singles, _, others, *tries = text.split("\n")
    nodes: list[Node] = [["w", *singles.split()]] if singles.split() else []
    nodes += [_unpacked(node) for node in json.loads(others)]
    for line in tries:
        word, _, rest = line.partition("\t")
        nodes += [["q", *(["w", one] for one in (word, *more))] for more in _entries(json.loads(rest))]
    return nodes


def _unpacked(node: Any) -> Node:
    if node[0] == "w":
        return ["w", *node[1].split()]
    return [_unpacked(part) if isinstance(part, list) else part for part in node]


def _entries(trie: Mapping[str, Any]) -> Iterator[tuple[str, ...]]:
    """The runs of words in a trie."""
    for word, rest in trie.items():
        if word == END:
            yield ()
        else:
            yield from ((word, *more) for more in _entries(rest))


def forms(node: Node) -> list[tuple[str, ...]]:
    """Some ways to say a wording, as words. Classes and gaps are stood for by their names and by nothing."""
    kind = node[0]
    if kind == "w":
        return [(str(word),) for word in node[1 : 1 + _CHOICES]]
    if kind == "c":
        return [tuple(str(node[1]).split("-"))]
    if kind == "b":
        return [tuple(_SPOKEN.get(str(node[1]), "").split())]
    if kind == "o":
        return [*forms(children(node)[0])[:_CHOICES], ()]
    if kind == "a":
        return [form for child in children(node)[:_CHOICES] for form in forms(child)[:_CHOICES]]
    said: list[tuple[str, ...]] = [()]
    for child in children(node) if kind == "q" else ():
        said = [(*form, *more) for form in said for more in forms(child)][:MOST_FORMS]
    return said


def unknown_class(node: Node, classes: Mapping[str, str]) -> str | None:
    """The first class in a wording that no rule uses, or None."""
    return next((name for name in classes_in(node) if name not in classes), None)
