"""Syllables of an English word: a few spelling rules, and a table of the words that break them.

The spelling rules are right for nine words of ten; the table holds the others, taken from the CMU Pronouncing
Dictionary (data/LICENSE-cmudict) by benchmarks/make_syllables.py. Together they give the dictionary's count for every
word of it, and a sound guess for the words that it has not. The table is read when the first syllable is counted.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

TABLE = Path(__file__).with_name("data") / "syllables.txt"
"""Blocks of words, an empty line between them: a count and a colon, then the words that have so many syllables."""

_VOWELS = re.compile("[aeiouy]+")
_SILENT = re.compile(
    r"(?:[^aeiouylr]|[aeiouy][lr]|[^aeiouybcdfgkptz]l)e(?:ly|less|ness|ment|ments|ful)?$"  # make, likely, movement
    r"|(?:[^aeiouycgsxzhlr]|[aeiouy][lr]|th|ph|gh|[^cs]h)es$"  # makes, but not places
    r"|(?:[^aeiouydtlr]|[aeiouy][lr]|[lr]l)ed$"  # walked, but not wanted
    r"|ically$"  # medically
)
_HIATUS = re.compile(
    r"i(?:a(?!n$|ns$|ll?y?$|ge)|o(?!us|n)|um|us\b|e(?:t|r$|st$|nc|nt))"  # media, curiosity, calcium, diet, carrier
    r"|[^cst]ial|[^cstgx]ian|[^cstgx]io(?:n|us)"  # facial is two, aerial three
    r"|[^gq]ua(?!l)|ual(?!ly$)[a-z]|[aeiouy]ing|eo(?!u|n$)|[^r]eate|[aeou]yer|[^aeiou]yo"  # mutual, being, player
    r"|ism(?:s)?$|thm|dnt|[bdfgkpstz]l(?:ing|ers?)$"  # prism, rhythm, settling
)
_SIBILANT = re.compile(r"(?:[sxz]|[cs]h|[cgsxz]e)$")
_SPLIT = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


def syllables(word: str) -> int:
    """How many syllables a written word has, at least 1.

    word: lower case, with a straight apostrophe if any ("patient's"). The parts of a hyphenated word are added up. A
    number counts as one, as textstat has it.
    """
    if word.isalpha():
        return _table().get(word) or by_spelling(word)
    parts = _SPLIT.findall(word)
    return sum(map(_part, parts)) or 1


def by_spelling(word: str) -> int:
    """The count that the spelling rules alone give for a word of letters, at least 1."""
    count = len(_VOWELS.findall(word)) + len(_HIATUS.findall(word))
    if _SILENT.search(word):
        count -= 1
    return count if count > 0 else 1


def _part(word: str) -> int:
    if word.isalpha():
        return _table().get(word) or by_spelling(word)
    word = word.replace("’", "'")
    known = _table().get(word)
    if known:
        return known
    base, _, ending = word.partition("'")
    count = _table().get(base) or by_spelling(base)
    return count + 1 if ending == "s" and _SIBILANT.search(base) else count


@cache
def _table() -> dict[str, int]:
    table: dict[str, int] = {}
    for section in TABLE.read_text(encoding="utf-8").split("\n\n")[1:]:
        count, _, words = section.partition(":")
        table.update(dict.fromkeys(words.split(), int(count)))
    return table
