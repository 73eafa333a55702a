"""A lexicon: many terms, found in one pass over the words, whatever their number.

A term is a tuple of word keys. The longest term wins at a place, and a place belongs to one term only: "emsculpt neo"
hides "emsculpt".
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping

from copylint.decoded import ByWord
from copylint.language.words import Words, words_of
from copylint.record import Record


class Mention(Record):
    """A term found: the ids that it stands for, and its words first..last (indexes into Words, end exclusive)."""

    ids: tuple[str, ...]
    first: int
    end: int


class Lexicon:
    """Terms by their first word, decoded as they are needed. Read-only."""

    def __init__(self, by_first: Mapping[str, str]) -> None:
        """by_first: what `compile_terms` made, also after a trip through a cache."""
        self._texts = by_first
        self._decoded: dict[str, list[tuple[list[str], tuple[str, ...]]]] = {}

    def find(self, words: Words, first: int = 0, end: int | None = None) -> Iterator[Mention]:
        """The mentions among the words first..end, in order, none overlapping."""
        keys = words.keys
        stop = len(keys) if end is None else end
        known = self._decoded
        at = first
        while at < stop:
            terms = known.get(keys[at])
            if terms is None:
                terms = self._terms(keys[at])
            if not terms:
                at += 1
                continue
            for key, ids in terms:
                length = len(key)
                if at + length <= stop and (length == 1 or keys[at : at + length] == key):
                    yield Mention(ids, at, at + length)
                    at += length
                    break
            else:
                at += 1

    def _terms(self, first: str) -> list[tuple[list[str], tuple[str, ...]]]:
        text = self._texts.get(first)
        terms = self._decoded[first] = [(key, tuple(ids)) for key, ids in json.loads(text)] if text else []
        return terms


def compile_terms(terms: Iterable[tuple[str, str]]) -> ByWord:
    """The plain data of a Lexicon: first word -> JSON text of its terms, longer ones first, so that they win.

    terms: (surface form, id) pairs; a form may carry several ids.
    """
    entries: dict[tuple[str, ...], list[str]] = {}
    for form, identifier in terms:
        key = tuple(words_of(form).keys)
        if key and identifier not in entries.setdefault(key, []):
            entries[key].append(identifier)
    by_first: dict[str, list[tuple[tuple[str, ...], list[str]]]] = {}
    for key in sorted(entries, key=lambda key: (-len(key), key)):
        by_first.setdefault(key[0], []).append((key, entries[key]))
    return ByWord({first: json.dumps(terms, separators=(",", ":")) for first, terms in by_first.items()})
