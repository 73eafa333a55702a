"""A document as it is read: its words and sentences, and what stands in which context.

Everything is made on first use and kept: a document without a single candidate never pays for context.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property
from typing import Any

from copylint.documents.document import Block, Document
from copylint.language.context import Context, Cues, is_signed, quotations
from copylint.language.english import is_english
from copylint.language.sentences import boundaries
from copylint.language.words import PUNCTUATION, Words, words_of
from copylint.record import Record

CRITICS = 3
"""Different words of those who judge advertising: with so many a text does not claim what it quotes ..."""
JUDGES = 5
"""... and with so many it claims nothing at all, save where it links to an offer."""
QUOTING = 3
"""Quotations of a text that quotes so much that one word less than CRITICS is enough."""
CLAUSE_ENDS = frozenset((",", ";", ":", "—", "(", ")", "but"))


class Sentence(Record):
    """start and end: visible offsets. first and last: indexes of its words (last exclusive). block: index."""

    start: int
    end: int
    first: int
    last: int
    block: int


class Reading:
    """A document and what is known of its language."""

    def __init__(self, document: Document, cues: Cues | None = None) -> None:
        self.document = document
        self._cues = cues
        self._contexts: dict[int, tuple[Context, ...]] = {}
        self.notes: dict[str, Any] = {}
        """What checks keep for themselves while they read this document."""
        self.notices: list[str] = []
        """What a check could not do, for the user."""

    @cached_property
    def words(self) -> Words:
        """The words of the whole visible text."""
        return words_of(self.document.text)

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences of what is read, in reading order; none crosses a block."""
        found: list[Sentence] = []
        starts = self.words.starts
        text = self.document.text
        at = 0
        unread = {index for index, _ in self.unread}
        for index, block in enumerate(self.document.blocks):
            if index in unread or block.hidden:
                continue
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

    def is_read(self, word: int) -> bool:
        """Whether the word stands in a sentence: not hidden, and English."""
        sentences = self.sentences
        return bool(sentences) and word < sentences[self.sentence_of(word)].last

    def block_of(self, word: int) -> Block:
        """The block that holds the word of this index."""
        return self.document.blocks[self.sentences[self.sentence_of(word)].block]

    @cached_property
    def unread(self) -> tuple[tuple[int, int], ...]:
        """The shown blocks that are not English: (index of the block, how many words it has)."""
        return tuple(
            (index, _count(keys))
            for index, (block, keys) in enumerate(zip(self.document.blocks, self._block_keys(), strict=True))
            if not block.hidden and not is_english(keys)
        )

    @cached_property
    def hidden_words(self) -> int:
        """Words in blocks that no visitor sees; they are not read."""
        blocks = self.document.blocks
        if not any(block.hidden for block in blocks):
            return 0
        return sum(_count(keys) for block, keys in zip(blocks, self._block_keys(), strict=True) if block.hidden)

    def _block_keys(self) -> Iterator[list[str]]:
        keys, starts = self.words.keys, self.words.starts
        at = 0
        for block in self.document.blocks:
            first = bisect_right(starts, block.start - 1, at)
            at = bisect_right(starts, block.end - 1, first)
            yield keys[first:at]

    @property
    def words_read(self) -> int:
        """Visible words in the blocks that were read."""
        return self.word_count - sum(count for _, count in self.unread)

    @cached_property
    def word_count(self) -> int:
        """Visible words, marks not counted."""
        return _count(self.words.keys) - self.hidden_words

    @cached_property
    def _block_sentences(self) -> dict[int, tuple[int, int]]:
        """Block index -> its first sentence and the one after its last."""
        found: dict[int, tuple[int, int]] = {}
        for index, sentence in enumerate(self.sentences):
            found[sentence.block] = (found.get(sentence.block, (index, 0))[0], index + 1)
        return found

    def contexts(self, first: int, end: int) -> tuple[Context, ...]:
        """The contexts whose scope covers the words first..end and whose cue lies outside of them."""
        index = self.sentence_of(first)
        if index not in self._contexts:
            # Sentence by sentence from the last one known: contexts run on, and a block may have thousands.
            start = self._block_sentences[self.sentences[index].block][0]
            known = index
            while known > start and known - 1 not in self._contexts:
                known -= 1
            for at in range(known, index + 1):
                self._contexts[at] = self._contexts_of(at)
        return tuple(
            context
            for context in self._contexts[index]
            if context.scope_first <= first
            and end <= context.scope_end
            and (context.cue_end <= first or context.cue_first >= end)
        )

    def _contexts_of(self, index: int) -> tuple[Context, ...]:
        if self._cues is None:
            return ()
        sentence = self.sentences[index]
        start, stop = self._block_sentences[sentence.block]
        block_end = self.sentences[stop - 1].last
        text = self.document.text
        found = list(self._cues.contexts(self.words, text, sentence.first, sentence.last, block_end))
        if index > start:
            before = self._contexts[index - 1]
            found += [context for context in before if context.scope_end > sentence.first]
        quoted = list(self._quotations(sentence))
        found += quoted
        if (quoted and self._critics >= CRITICS) or (self._critics >= JUDGES and not self._offers(sentence)):
            cue = quoted[0].cue_first if quoted else sentence.first
            found.append(Context("refuted", cue, cue, sentence.first, sentence.last))
        if self._is_sourced(sentence):
            found.append(Context("sourced", sentence.first, sentence.first, sentence.first, sentence.last))
        return tuple(found)

    @cached_property
    def _critics(self) -> int:
        """How many different words of those who judge advertising the text has; one more if it quotes a lot."""
        critics = len(self._cues.critics.intersection(self.words.keys)) if self._cues is not None else 0
        if critics == CRITICS - 1 and len(quotations(self.document.text)) >= QUOTING:
            critics += 1
        return critics

    def _offers(self, sentence: Sentence) -> bool:
        """Whether a link stands in the block of a sentence."""
        block = self.document.blocks[sentence.block]
        return any(link.start < block.end and link.end > block.start for link in self.document.links)

    def is_quoted(self, first: int, end: int) -> bool:
        """Whether the words first..end stand in a quotation; as `contexts` tells it, without looking at other cues."""
        quotations = self._quotations(self.sentences[self.sentence_of(first)])
        return any(one.kind == "quoted" and one.scope_first <= first and end <= one.scope_end for one in quotations)

    def _is_sourced(self, sentence: Sentence) -> bool:
        """Whether a footnote mark or a link to a source stands in the sentence, or right behind it."""
        document = self.document
        if any(sentence.start < mark <= sentence.end + 1 for mark in document.footnotes):
            return True
        sources = self._cues.sources if self._cues is not None else ()
        return any(
            link.start < sentence.end and link.end > sentence.start
            for link in document.links
            if any(source in link.target.lower().split("?")[0][:120] for source in sources)
        )

    def _quotations(self, sentence: Sentence) -> Iterator[Context]:
        block = self.document.blocks[sentence.block]
        text = self.document.text[block.start : block.end]
        if block.quoted:
            yield Context("quoted", sentence.first, sentence.first, sentence.first, sentence.last)
            if is_signed(text, 0, len(text)):
                yield Context("signed", sentence.first, sentence.first, sentence.first, sentence.last)
        if self._quoted_blocks.get(sentence.block) is None:
            self._quoted_blocks[sentence.block] = quotations(text)
        starts = self.words.starts
        for start, end in self._quoted_blocks[sentence.block]:
            low = max(bisect_right(starts, block.start + start - 1), sentence.first)
            high = min(bisect_right(starts, block.start + end - 1), sentence.last)
            if high > low:
                # The marks are no words: the cue is an empty run before the quotation.
                yield Context("quoted", low, low, low, high)
                if is_signed(text, start, end):
                    yield Context("signed", low, low, low, high)

    @cached_property
    def _quoted_blocks(self) -> dict[int, list[tuple[int, int]]]:
        return {}

    def window(self, first: int, end: int, within: str) -> Iterator[tuple[int, int]]:
        """The runs of words around first..end that a rule's condition looks at (rules.schema.WINDOWS)."""
        index = self.sentence_of(first)
        sentence = self.sentences[index]
        low, high = self._block_sentences[sentence.block]
        if within == "clause":
            yield self._clause(first, end, sentence)
            return
        if within == "document":
            low, high = 0, len(self.sentences)
        elif within != "block":
            low = max(low, index - (within == "previous-sentence"))
            high = min(high, index + 1 + (within == "next-sentence"))
        for nearby in self.sentences[low:high]:
            yield nearby.first, nearby.last

    def _clause(self, first: int, end: int, sentence: Sentence) -> tuple[int, int]:
        keys = self.words.keys
        low, high = first, end
        while low > sentence.first and keys[low - 1] not in CLAUSE_ENDS:
            low -= 1
        while high < sentence.last and keys[high] not in CLAUSE_ENDS:
            high += 1
        return low, high

    def span(self, first: int, end: int) -> tuple[int, int]:
        """The visible offsets of the words first..end (end exclusive). A contraction is shown whole."""
        words = self.words
        if first and words.ends[first - 1] == words.starts[first] and self.document.text[words.starts[first]] in "n'’":
            first -= 1
        return words.starts[first], words.ends[end - 1]


def _count(keys: list[str]) -> int:
    return sum(1 for key in keys if key not in PUNCTUATION)
