"""Where a text names a treatment, and which one is meant by a word with several senses.

"BBL" is an operation beside buttocks and a light treatment beside pigment; "Halo" is a laser only in its company. The
words that tell stand beside the terms in the treatments files.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from copylint.knowledge import Knowledge, Sense
from copylint.language.lexicon import Lexicon, Mention
from copylint.language.reading import Reading
from copylint.record import Record

_BORROWED_BEFORE = (("non", "surgical"), ("nonsurgical",), ("no", "surgery"), ("needle", "free"), ("scalpel", "free"))
_BORROWED_AFTER = (("without", "surgery"), ("without", "the", "surgery"), ("in", "a", "bottle"), ("in", "a", "jar"))
NEAR = 5
"""Words: a sense is ruled out by a word at most this far from the term."""
AROUND = 120
"""Words: a sense is confirmed by a word of the same block at most this far from the term."""


class TreatmentMention(Record):
    """A treatment named: its id, the brand if a brand was named, its words (indexes, end exclusive), its block."""

    treatment: str
    brand: str
    first: int
    end: int
    sentence: int
    block: int


def treatment_mentions(reading: Reading, knowledge: Knowledge) -> tuple[TreatmentMention, ...]:
    """The treatments that the shown text names, in order. Found once per reading."""
    if "treatment mentions" not in reading.notes:
        reading.notes["treatment mentions"] = tuple(_mentions(reading, knowledge))
    mentions: tuple[TreatmentMention, ...] = reading.notes["treatment mentions"]
    return mentions


def mentions_of_sentence(reading: Reading, knowledge: Knowledge, index: int) -> list[TreatmentMention]:
    """The treatments that a sentence names, in order."""
    return _indexed(reading, knowledge)[0].get(index, [])


def mentions_of_block(reading: Reading, knowledge: Knowledge, index: int) -> list[TreatmentMention]:
    """The treatments that a block names, in order."""
    return _indexed(reading, knowledge)[1].get(index, [])


_Index = dict[int, list[TreatmentMention]]


def _indexed(reading: Reading, knowledge: Knowledge) -> tuple[_Index, _Index]:
    if "treatment mentions by place" not in reading.notes:
        by_sentence: _Index = {}
        by_block: _Index = {}
        for mention in treatment_mentions(reading, knowledge):
            by_sentence.setdefault(mention.sentence, []).append(mention)
            by_block.setdefault(mention.block, []).append(mention)
        reading.notes["treatment mentions by place"] = (by_sentence, by_block)
    indexed: tuple[_Index, _Index] = reading.notes["treatment mentions by place"]
    return indexed


def _mentions(reading: Reading, knowledge: Knowledge) -> Iterator[TreatmentMention]:
    words = reading.words
    ambiguous = knowledge.ambiguous
    for mention in in_sentences(knowledge.treatment_terms, reading):
        index = reading.sentence_of(mention.first)
        sentence = reading.sentences[index]
        identifier: str | None = mention.ids[0]
        senses = ambiguous.get(" ".join(words.keys[mention.first : mention.end]))
        if senses is not None:
            identifier = _meant(reading, mention.ids, senses, mention.first, mention.end)
        if identifier is None:
            continue
        if _is_borrowed(words.keys, mention.first, mention.end, sentence.last):
            continue
        kind, _, name = identifier.partition(":")
        treatment, _, brand = name.partition("/") if kind == "brand" else (name, "", "")
        yield TreatmentMention(treatment, brand, mention.first, mention.end, index, sentence.block)


def _is_borrowed(keys: list[str], first: int, end: int, stop: int) -> bool:
    """Whether the name stands for something else: "non-surgical liposuction", "Botox in a bottle"."""
    return any(tuple(keys[max(first - len(run), 0) : first]) == run for run in _BORROWED_BEFORE) or any(
        tuple(keys[end : min(end + len(run), stop)]) == run for run in _BORROWED_AFTER
    )


def in_sentences(lexicon: Lexicon, reading: Reading) -> Iterator[Mention]:
    """The terms in the sentences of the text, so none in hidden or foreign blocks and none across two sentences."""
    for sentence in reading.sentences:
        yield from lexicon.find(reading.words, sentence.first, sentence.last)


def has_phrase(keys: list[str], first: int, end: int, phrases: tuple[tuple[str, ...], ...]) -> bool:
    """Whether one of the phrases stands among the words first..end."""
    window = keys[max(first, 0) : end]
    return any(
        phrase[0] in window
        and any(window[at : at + len(phrase)] == list(phrase) for at in range(len(window) - len(phrase) + 1))
        for phrase in phrases
        if phrase
    )


def _meant(reading: Reading, ids: tuple[str, ...], senses: tuple[Sense, ...], first: int, end: int) -> str | None:
    """The id of the sense that the words around speak for; None for an everyday word."""
    keys = reading.words.keys
    sentence = reading.sentences[reading.sentence_of(first)]
    block = reading.document.blocks[sentence.block]
    low, high = _block_words(reading, sentence.block)
    low, high = max(low, first - AROUND), min(high, end + AROUND)
    own = {identifier.partition(":")[2].partition("/")[0]: identifier for identifier in ids}
    alone: str | None = None
    ruled_out: set[str] = set()
    for sense in senses:
        identifier = own.get(sense.treatment)
        if identifier is None:
            continue
        near = (max(first - NEAR, sentence.first), min(end + NEAR, sentence.last))
        if has_phrase(keys, *near, sense.other_when):
            ruled_out.add(sense.treatment)
            continue
        if has_phrase(keys, low, first, sense.this_when) or has_phrase(keys, end, high, sense.this_when):
            return identifier
        if sense.alone and alone is None:
            alone = identifier
    if alone is None:
        listed = {sense.treatment for sense in senses}
        alone = next((identifier for treatment, identifier in own.items() if treatment not in listed), None)
    if alone is None and block.kind in ("heading", "title", "front-matter", "button", "alt"):
        # A heading has no room for the words that tell: the text around it does.
        for sense in senses:
            if (
                sense.treatment in own
                and sense.treatment not in ruled_out
                and has_phrase(keys, 0, min(len(keys), 2000), sense.this_when)
            ):
                return own[sense.treatment]
    return alone


def _block_words(reading: Reading, block: int) -> tuple[int, int]:
    sentences = reading.sentences
    first = bisect_left(sentences, block, key=lambda sentence: sentence.block)
    end = bisect_right(sentences, block, key=lambda sentence: sentence.block)
    return sentences[first].first, sentences[end - 1].last
