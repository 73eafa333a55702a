"""What stands around a few words: the questions that more than one check asks of a sentence."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from copylint.knowledge import Knowledge
from copylint.language.context import Context
from copylint.language.lexicon import Lexicon
from copylint.language.reading import Reading

_TAKEN_BACK = frozenset({"not", "no", "never", "nobody", "nothing", "but", "only"})


def cue_of(reading: Reading, context: Context) -> tuple[int, int] | tuple[None, None]:
    """The visible offsets of a context's cue; none where marks set the context up."""
    if context.cue_end <= context.cue_first:
        return None, None
    return reading.span(context.cue_first, context.cue_end)


def found_in(lexicon: Lexicon, reading: Reading, first: int, end: int) -> set[str]:
    """The ids of a lexicon whose terms stand among the words first..end."""
    return {identifier for mention in lexicon.find(reading.words, first, end) for identifier in mention.ids}


def answered_yes(reading: Reading, knowledge: Knowledge, index: int) -> bool:
    """Whether a sentence is a question that the next sentence answers with yes: "Is it approved? It is."."""
    sentences = reading.sentences
    if index + 1 >= len(sentences) or sentences[index + 1].block not in (
        sentences[index].block,
        sentences[index].block + 1,
    ):
        return False
    answer = sentences[index + 1]
    keys = reading.words.keys
    found = next(knowledge.vocabulary("statement").find(reading.words, answer.first, answer.last), None)
    if found is None or found.first > answer.first or "affirms" not in found.ids:
        return False
    return _TAKEN_BACK.isdisjoint(keys[found.end : min(found.end + 2, answer.last)])


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
