"""A document as it is read: its words and sentences, and what stands in which context.

Everything is made on first use and kept: a document without a single candidate never pays for context.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from copylint.documents.document import Block, Document
from copylint.language.sentences import boundaries
from copylint.language.words import PUNCTUATION, Words, words_of


@dataclass(frozen=True, slots=True)
class Sentence:
    """start and end: visible offsets. first and last: indexes of its words (last exclusive). block: index."""

    start: int
    end: int
    first: int
    last: int
    block: int


class Reading:
    """A document and what is known of its language."""

    def __init__(self, document: Document) -> None:
        self.document = document

    @cached_property
    def words(self) -> Words:
        """The words of the whole visible text."""
        return words_of(self.document.text)

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences in reading order; none crosses a block."""
        found: list[Sentence] = []
        starts = self.words.starts
        text = self.document.text
        at = 0
        for index, block in enumerate(self.document.blocks):
            for start, end in boundaries(text[block.start : block.end]):
                first = bisect_right(starts, block.start + start - 1, at)
                at = bisect_right(starts, block.start + end - 1, first)
                if at > first:
                    found.append(Sentence(block.start + start, block.start + end, first, at, index))
        return tuple(found)

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [sentence.first for sentence in self.sentences]

    def sentence_of(self, word: int) -> int:
        """The index of the sentence that holds the word of this index."""
        return max(bisect_right(self._sentence_starts, word) - 1, 0)

    def block_of(self, word: int) -> Block:
        """The block that holds the word of this index."""
        return self.document.blocks[self.sentences[self.sentence_of(word)].block]

    @cached_property
    def word_count(self) -> int:
        """Visible words, marks not counted."""
        return sum(1 for key in self.words.keys if key not in PUNCTUATION)

    def span(self, first: int, end: int) -> tuple[int, int]:
        """The visible offsets of the words first..end (end exclusive)."""
        return self.words.starts[first], self.words.ends[end - 1]
