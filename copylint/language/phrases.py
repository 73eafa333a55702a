"""The phrase language: how a rule says what it looks for.

    {a|b}     one of these            [x]      perhaps this (also [x|y])
    <class>   a word of this class    word~    the word in every inflection
    ...       nought to four words of the same clause
    ^  $      the sentence begins, ends here

Case, typographic quotes and dashes, line wraps and UK/US spelling take care of themselves. A hyphen in a phrase
stands for a hyphen, a space or nothing; a space stands for a space or a hyphen. Contractions are taken apart on both
sides: "you will" matches "you'll". Built-in classes: see BUILTINS.

A phrase becomes a node: plain nested lists, ready for JSON.
    ["w", word, ...]      one word of these        ["q", node, ...]  one after the other
    ["a", node, ...]      one of these             ["o", node]       perhaps
    ["c", name]           a word class             ["b", name]       a built-in class
    ["g", least, most]    any words                ["^"]  ["$"]      begin and end of the sentence
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from copylint.language.inflect import forms, spellings
from copylint.language.words import words_of

Node = list[object]


class PhraseError(Exception):
    """A fault in one phrase. at: offset in the phrase, from 0. hint says what to do."""

    def __init__(self, message: str, at: int, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.at = at
        self.hint = hint


BUILTINS = {
    "number": "a figure or a number word: 12, 1,500, ten",
    "percent": "a percentage: 30%, 30 per cent",
    "money": "a sum of money: $600, £99",
    "year": "a year: 1998, 2024",
    "name": "a capitalised word that does not begin the sentence, or any capitalised word after another",
    "reference": "a number in brackets that points to a source: [3], [1, 2]",
    "word": "any one word",
}
GAP = (0, 4)
_SPECIAL = re.compile(r"\.\.\.|…|[{}\[\]|<>^]|\$(?=\s|$)|~")
_CLASS_NAME = re.compile(r"<([a-z][a-z0-9-]*)>")
_WORD = re.compile(r"\S+")


def parse(phrase: str) -> Node:
    """A phrase as a node. Raises PhraseError with the place of the fault."""
    parser = _Parser(phrase)
    node = parser.alternatives(closing="")
    if parser.at < len(phrase):
        raise PhraseError(f'"{phrase[parser.at]}" closes nothing', parser.at, "Take it out, or open it before.")
    if not least_words(node):
        raise PhraseError("the phrase could match nothing at all", 0, "Leave at least one word outside of [ ].")
    return node


class _Parser:
    def __init__(self, phrase: str) -> None:
        self.phrase = phrase
        self.at = 0

    def alternatives(self, closing: str) -> Node:
        branches = [self.sequence(closing)]
        while self.at < len(self.phrase) and self.phrase[self.at] == "|":
            if not closing:
                raise PhraseError('"|" outside of { }', self.at, "Write {one|other}.")
            self.at += 1
            branches.append(self.sequence(closing))
        return branches[0] if len(branches) == 1 else _either(branches)

    def sequence(self, closing: str) -> Node:
        items: list[Node] = []
        begin = self.at
        while self.at < len(self.phrase):
            character = self.phrase[self.at]
            if character == "|" or (character in "}]" and closing):
                break
            if character.isspace() or character == "-":
                self.at += 1
            elif character in "{[":
                items.append(self.group(character))
            elif character in "}]>":
                raise PhraseError(f'"{character}" closes nothing', self.at, "Take it out, or open it before.")
            elif character == "<":
                items.append(self.word_class())
            elif self.phrase.startswith("...", self.at) or character == "…":
                self.at += 1 if character == "…" else 3
                items.append(["g", *GAP])
            elif character == "^":
                self.at += 1
                items.append(["^"])
            elif character == "$" and _SPECIAL.match(self.phrase, self.at):
                self.at += 1
                items.append(["$"])
            else:
                items.append(self.words())
        if not items:
            raise PhraseError("an empty alternative", begin, "Write [x] for something that may be missing.")
        return items[0] if len(items) == 1 else ["q", *items]

    def group(self, opening: str) -> Node:
        begin = self.at
        closing = "}" if opening == "{" else "]"
        self.at += 1
        inner = self.alternatives(closing)
        if self.at >= len(self.phrase) or self.phrase[self.at] != closing:
            raise PhraseError(f'"{opening}" is never closed', begin, f'Add "{closing}".')
        self.at += 1
        return inner if opening == "{" else ["o", inner]

    def word_class(self) -> Node:
        match = _CLASS_NAME.match(self.phrase, self.at)
        if match is None:
            raise PhraseError('"<" begins no word class', self.at, "Write <class-name>, in small letters and hyphens.")
        self.at = match.end()
        return ["b" if match[1] in BUILTINS else "c", match[1]]

    def words(self) -> Node:
        begin = self.at
        match = _SPECIAL.search(self.phrase, self.at)
        space = re.compile(r"\s").search(self.phrase, self.at)
        end = min(match.start() if match else len(self.phrase), space.start() if space else len(self.phrase))
        text = self.phrase[begin:end].rstrip("-") or self.phrase[begin:end]
        self.at = end
        inflected = self.phrase.startswith("~", end)
        if inflected:
            self.at += 1
        keys = words_of(text).keys
        if not keys:
            raise PhraseError(f'"{text}" holds no word', begin, "Punctuation alone cannot be looked for here.")
        if inflected and len(keys) > 1 and "-" not in text:
            raise PhraseError(f'"~" after "{text}"', end, "Put it behind a single word.")
        last = len(keys) - 1
        parts: list[Node] = [["w", *_variants(key, inflected and index == last)] for index, key in enumerate(keys)]
        if len(parts) == 1:
            return parts[0]
        spaced: Node = ["q", *parts]
        if "-" not in text.strip("-"):
            return spaced
        joined = sorted({"".join(choice) for choice in _products([part[1:] for part in parts])})
        return ["a", spaced, ["w", *joined]]


def _variants(key: str, inflected: bool) -> list[str]:
    words = forms(key) if inflected else (key,)
    return list(dict.fromkeys(spelling for word in words for spelling in spellings(word)))


def _products(parts: list[list[object]]) -> Iterator[tuple[str, ...]]:
    if not parts:
        yield ()
        return
    for first in parts[0]:
        for rest in _products(parts[1:]):
            yield (str(first), *rest)


def _either(branches: list[Node]) -> Node:
    """Alternatives as one node; single words are put together."""
    words: list[object] = []
    others: list[Node] = []
    for branch in branches:
        if branch[0] == "w":
            words += branch[1:]
        elif branch[0] == "a":
            for inner in branch[1:]:
                assert isinstance(inner, list)
                if inner[0] == "w":
                    words += inner[1:]
                else:
                    others.append(inner)
        else:
            others.append(branch)
    if not others:
        return ["w", *dict.fromkeys(words)]
    return ["a", *([["w", *dict.fromkeys(words)]] if words else []), *others]


def children(node: Node) -> list[Node]:
    """The nodes inside a node."""
    return [child for child in node[1:] if isinstance(child, list)] if node[0] in ("q", "a", "o") else []


def least_words(node: Node) -> int:
    """The least number of words that a node stands for; a class counts as one."""
    kind = node[0]
    if kind == "q":
        return sum(least_words(child) for child in children(node))
    if kind == "a":
        return min(least_words(child) for child in children(node))
    return 0 if kind in ("o", "^", "$") else int(str(node[1])) if kind == "g" else 1


def classes_in(node: Node) -> Iterator[str]:
    """The names of the word classes that a node uses."""
    if node[0] == "c":
        yield str(node[1])
    for child in children(node):
        yield from classes_in(child)
