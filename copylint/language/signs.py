"""Signs: what a word can be a part of, as a set of bits.

Each word class and each list of words in a phrase is a sign; a word shows the signs of all of them that it can stand
for. Whether a sentence has a word for every part of a phrase is then a few operations on integers, and most phrases
need not be looked at any closer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from copylint.decoded import ByWord
from copylint.language.words import Words

ANY_WORD = 0
"""The sign that every word shows."""
SMALL = 8
"""So many words of a list each have a sign of their own; the words of a longer one share one."""


class Signs:
    """The signs that words show. Read-only but for what it keeps of the text that it saw last."""

    def __init__(self, numbers: Mapping[str, str]) -> None:
        """numbers: word -> the numbers of its signs, with blanks between."""
        self._numbers = numbers
        self._known: dict[str, int] = {}
        self._text: Words | None = None
        self._shown: list[int] = []

    def of(self, words: Words) -> list[int]:
        """For every word of a text, the signs that it shows."""
        if words is not self._text:
            known, numbers = self._known, self._numbers
            for key in set(words.keys):
                if key not in known:
                    known[key] = 1 << ANY_WORD | (bits(numbers.get(key, "")))
            self._shown = [known[key] for key in words.keys]
            self._text = words
        return self._shown


@cache
def bits(numbers: str) -> int:
    """The set of these numbers: bit n for n."""
    found = 0
    for number in numbers.split():
        found |= 1 << int(number)
    return found


class SignBook:
    """Gives signs their numbers when phrases are compiled."""

    def __init__(self) -> None:
        self._numbers: dict[frozenset[str], int] = {}
        self._of_word: dict[str, list[int]] = {}

    def numbers(self, lists: Iterable[frozenset[str]]) -> str:
        """The signs of which a word that stands in one of the lists shows one, with blanks between."""
        found: dict[int, None] = {}
        for words in lists:
            for each in [frozenset((word,)) for word in sorted(words)] if len(words) <= SMALL else [words]:
                found[self._number(each)] = None
        return " ".join(map(str, found))

    def _number(self, words: frozenset[str]) -> int:
        number = self._numbers.get(words)
        if number is None:
            number = self._numbers[words] = len(self._numbers) + 1 + ANY_WORD
            for word in words:
                self._of_word.setdefault(word, []).append(number)
        return number

    def plain(self) -> ByWord:
        """What `Signs` is made of."""
        return ByWord({word: " ".join(map(str, numbers)) for word, numbers in sorted(self._of_word.items())})
