"""Readability over the block tree: what a page's prose asks of its readers.

The formulas and the habits of counting are textstat's (a hyphenated word is one, a number has one syllable, every full
stop ends a sentence, a sentence of one or two words is none), so that a grade means the same here and there. Three
things are ours, because a page is no plain text: only paragraphs and list items are prose, and a list item is a
sentence of its own; web addresses are not read; and the names of brands, which a writer cannot replace, count as easy
words. Why textstat itself does not count: docs/decisions/0003-readability-without-network.md.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from copylint.documents.document import Block
from copylint.language.lexicon import Lexicon
from copylint.language.reading import Reading
from copylint.language.syllables import syllables
from copylint.record import Record

PROSE = frozenset(("paragraph", "list-item"))
"""The kinds of block that are read as prose."""

SHORT_SENTENCE = 2
"""Of so many words or fewer, a run of words is no sentence of a paragraph; its words count all the same."""

BRAND_SYLLABLES = 2
"""A word of a brand's name counts as no more."""

_WORD = re.compile(r"[^\W_]+(?:['’.,\-‐‑][^\W_]+)*")
_ADDRESS = re.compile(r"://|@|^\W*www\.|\w\.(?:com|org|net|info|biz|io|co|uk|us|eu|au|ca|example|shop|store|clinic)\b")
_RUN = re.compile(r"\b[^.!?]+[.!?]*")  # what textstat takes for a sentence
_WRITTEN = re.compile(r"\w\S*")
_MARKS = ".,;:!?()\"'“”‘’…"
_LONGEST_WORD = 80
_CACHE_SIZE = 50_000

# One number holds three counts, so that one pass in C adds them all: syllables, long words and words, 24 bits each.
_LONG = 24
_SYLLABLES = 48
_MASK = (1 << _LONG) - 1


class SentenceCounts(Record):
    """One sentence of prose. sentence: its index in Reading.sentences."""

    sentence: int
    words: int
    syllables: int

    @property
    def grade(self) -> float:
        """The Flesch-Kincaid grade of the sentence alone."""
        return flesch_kincaid_grade(self.words, 1, self.syllables)


class Readability(Record):
    """The measures of a page's prose. Grades are US school years. All are 0 where there is no prose."""

    flesch_kincaid_grade: float
    flesch_reading_ease: float
    smog_index: float
    words: int
    sentences: int
    syllables: int
    words_per_sentence: float
    syllables_per_word: float

    def as_dict(self) -> dict[str, float]:
        """The measures by name, rounded to what they are worth, for reports."""
        return {
            name: value if isinstance(value, int) else round(value, 2 if name == "syllables_per_word" else 1)
            for name, value in self._asdict().items()
        }


def measure(reading: Reading, names: Lexicon | None = None) -> Readability:
    """Measure the prose of a page.

    names: terms of treatments and brands; the brands among them (ids that begin with "brand:") count as easy words.
    """
    words = sentences = sounds = long_words = 0
    text = reading.document.text
    for block in prose(reading):
        piece = text[block.start : block.end]
        its_words, its_sounds, its_long_words = _count(piece)
        if not its_words:
            continue
        words += its_words
        its_sentences = sum(len(_WRITTEN.findall(run)) > SHORT_SENTENCE for run in _RUN.findall(piece))
        sentences += max(its_sentences, 1) if block.kind == "list-item" else its_sentences
        for excess in _brand_excess(reading, names, block.start, block.end):
            its_sounds, its_long_words = its_sounds - excess, max(its_long_words - 1, 0)
        sounds += its_sounds
        long_words += its_long_words
    if not words:
        return Readability(0.0, 0.0, 0.0, 0, 0, 0, 0.0, 0.0)
    sentences = sentences or 1
    return Readability(
        flesch_kincaid_grade(words, sentences, sounds),
        206.835 - 1.015 * words / sentences - 84.6 * sounds / words,
        1.043 * (30 * long_words / sentences) ** 0.5 + 3.1291,
        words,
        sentences,
        sounds,
        words / sentences,
        sounds / words,
    )


def flesch_kincaid_grade(words: int, sentences: int, sounds: int) -> float:
    """Kincaid et al. 1975, from the numbers of words, sentences and syllables; each at least 1."""
    return 0.39 * words / sentences + 11.8 * sounds / words - 15.59


def prose(reading: Reading) -> Iterator[Block]:
    """The blocks that are read as prose, in reading order."""
    return (block for block in reading.document.blocks if block.kind in PROSE and not block.hidden)


def sentence_counts(reading: Reading, names: Lexicon | None = None) -> tuple[SentenceCounts, ...]:
    """The sentences of the prose one by one, in reading order; those without a word are left out.

    Here a sentence is what a reader takes for one ("Dr. Lee injects 1.5 ml." is one, where `measure`, as textstat,
    sees two): this is for pointing at sentences, not for the grade of the page.
    """
    text = reading.document.text
    blocks = reading.document.blocks
    found: list[SentenceCounts] = []
    for index, sentence in enumerate(reading.sentences):
        block = blocks[sentence.block]
        if block.kind in PROSE and not block.hidden:
            words, sounds, _ = _count(text[sentence.start : sentence.end])
            if words:
                sounds -= sum(_brand_excess(reading, names, sentence.start, sentence.end))
                found.append(SentenceCounts(index, words, sounds))
    return tuple(found)


def letter_indices(reading: Reading) -> dict[str, float]:
    """Further indices of the prose, by textstat: those that count letters, and so need no dictionary.

    textstat is imported here, on demand: it costs some 400 ms, and no check needs it. Nothing of it that is called
    here looks for a dictionary, so nothing reaches for the network.
    """
    import textstat

    text = reading.document.text
    pieces = " ".join(text[block.start : block.end] for block in prose(reading))
    if not pieces:
        return {}
    return {
        "automated_readability_index": round(textstat.automated_readability_index(pieces), 1),
        "coleman_liau_index": round(textstat.coleman_liau_index(pieces), 1),
        "lix": round(textstat.lix(pieces), 1),
    }


def _count(text: str) -> tuple[int, int, int]:
    """Words, syllables and words of three syllables or more."""
    if len(_counts) > _CACHE_SIZE:
        _counts.clear()
    packed = sum(map(_counts.__getitem__, text.split()))
    return packed & _MASK, packed >> _SYLLABLES, packed >> _LONG & _MASK


def _brand_excess(reading: Reading, names: Lexicon | None, start: int, end: int) -> Iterator[int]:
    """For each long word of a brand's name between two visible offsets: by how many syllables it is too long."""
    if names is None:
        return
    words = reading.words
    first, last = bisect_left(words.starts, start), bisect_left(words.starts, end)
    for mention in names.find(words, first, last):
        if any(identifier.startswith("brand:") for identifier in mention.ids):
            for key in words.keys[mention.first : mention.end]:
                excess = syllables(key) - BRAND_SYLLABLES
                if excess > 0:
                    yield excess


class _Counts(dict[str, int]):
    """What stands between two spaces, and its counts in one number."""

    def __missing__(self, token: str) -> int:
        packed = 0
        plain = token.strip(_MARKS)
        if plain.isalpha() and len(plain) <= _LONGEST_WORD:
            count = syllables(plain.lower())
            packed = 1 + (count << _SYLLABLES) + ((count > 2) << _LONG)
        elif not _ADDRESS.search(token[: 4 * _LONGEST_WORD]):
            for word in _WORD.findall(token):
                count = syllables(word[:_LONGEST_WORD].lower())
                packed += 1 + (count << _SYLLABLES) + ((count > 2) << _LONG)
        self[token] = packed
        return packed


_counts = _Counts()
