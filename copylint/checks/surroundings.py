"""What stands around a few words: the questions that more than one check asks of a sentence."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from copylint.language.lexicon import Lexicon
from copylint.language.reading import Reading, Sentence


def excuse(reading: Reading, first: int, end: int, kinds: frozenset[str]) -> tuple[str, int, int] | None:
    """The first context of one of these kinds over the words first..end: its kind and the visible offsets of its cue."""
    for context in reading.contexts(first, end):
        if context.kind in kinds:
            return context.kind, *reading.span(context.cue_first, context.cue_end)
    return None


def sentence_at(reading: Reading, word: int) -> Sentence:
    """The sentence that holds the word."""
    return reading.sentences[reading.sentence_of(word)]


def found_in(lexicon: Lexicon, reading: Reading, first: int, end: int) -> set[str]:
    """The ids of a lexicon whose terms stand among the words first..end."""
    return {identifier for mention in lexicon.find(reading.words, first, end) for identifier in mention.ids}


def block_sentences(reading: Reading, block: int) -> tuple[int, int]:
    """The indexes of the first sentence of a block and of the one after its last."""
    return (
        bisect_left(reading.sentences, block, key=lambda sentence: sentence.block),
        bisect_right(reading.sentences, block, key=lambda sentence: sentence.block),
    )


def listed(names: list[str]) -> str:
    """The names as a reader would say them: a, b and c."""
    if len(names) < 2:
        return "".join(names)
    return ", ".join(names[:-1]) + " and " + names[-1]
