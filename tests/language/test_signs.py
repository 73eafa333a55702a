"""Signs leave phrases out before they are looked at, and never one that would have matched."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from copylint.language import patterns
from copylint.language.anchors import Classes, compile_phrases
from copylint.language.matcher import Match, Matcher
from copylint.language.patterns import ClassTable, Place
from copylint.language.phrases import parse
from copylint.language.signs import ANY_WORD, SMALL, SignBook, Signs, bits
from copylint.language.words import Words, words_of

VOCABULARY = ["fat", "cells", "gone", "for", "good", "no", "pain", "the", "results", "last", "12", "never", ",", "is"]
CLASSES = {
    "fat": ["fat", "fat cells", "the {fat|pain}"],
    "result": ["results", "<fat> results", "the ... results"],
    "much": ["{fat|cells|gone|for|good|no|pain|results|last|never}"],
    "anything": ["<number>", "gone"],
}
PARTS = [*VOCABULARY[:-4], "<fat>", "<result>", "<much>", "<anything>", "<number>", "...", "[the]", "[fat|no]"]
PARTS += ["{gone|for good}", "{<fat>|never}", "{no pain|<result> last}", "{fat cells|[the] good}"]


def _is_phrase(text: str) -> bool:
    parts = text.split(" ")
    return not parts[0].startswith(("...", "[")) and not parts[-1].startswith(("...", "["))


phrases = st.lists(st.sampled_from(PARTS), min_size=1, max_size=4).map(" ".join).filter(_is_phrase)
texts = st.lists(st.sampled_from(VOCABULARY), min_size=1, max_size=14).map(" ".join)


@settings(max_examples=400, deadline=None)
@given(st.lists(phrases, min_size=1, max_size=4, unique=True), texts, st.booleans())
def test_the_matcher_finds_what_trying_every_phrase_everywhere_finds(
    said: list[str], text: str, in_halves: bool
) -> None:
    nodes = [parse(f"^ {phrase}" if number == 3 else phrase) for number, phrase in enumerate(said)]
    classes = Classes({name: [parse(entry) for entry in entries] for name, entries in CLASSES.items()})
    compiled = compile_phrases(nodes, classes)
    table = ClassTable(compiled.classes)
    words = words_of(text)
    middle = len(words) // 2 if in_halves else 0
    ranges = [(0, middle), (middle, len(words))] if middle else [(0, len(words))]

    found = list(Matcher(compiled, table, Signs(compiled.signs)).find(words, text, ranges))

    expected = []
    for first, end in ranges:
        place = Place(words, text, first, end)
        tried = [
            (at, number, patterns.compiled(patterns.decoded(phrase), table)(place, at))
            for at in range(first, end)
            for number, phrase in enumerate(compiled.phrases)
        ]
        expected += [Match(number, at, ends[0]) for at, number, ends in tried if ends and ends[0] > at]
    assert found == expected


@settings(max_examples=200, deadline=None)
@given(phrases, texts)
def test_a_search_finds_the_same(phrase: str, text: str) -> None:
    classes = Classes({name: [parse(entry) for entry in entries] for name, entries in CLASSES.items()})
    compiled = compile_phrases([parse(phrase)], classes)
    words = words_of(text)
    matcher = Matcher(compiled, ClassTable(compiled.classes), Signs(compiled.signs))
    found = [(match.first, match.end) for match in matcher.find(words, text, [(0, len(words))])]
    assert list(matcher.search(0, words, text, 0, len(words))) == found


def test_each_word_of_a_short_list_has_a_sign_and_a_long_list_has_one() -> None:
    book = SignBook()
    short, long = frozenset({"a", "b"}), frozenset(map(str, range(SMALL + 1)))
    assert len(book.numbers([short]).split()) == 2
    assert len(book.numbers([long]).split()) == 1
    assert book.numbers([short, short]) == book.numbers([short])
    signs = Signs(book.plain())
    shown = dict(zip(["a", "7", "z"], signs.of(Words(["a", "7", "z"], [0, 2, 4], [1, 3, 5])), strict=True))
    assert shown["a"] & bits(book.numbers([short]))
    assert not shown["7"] & bits(book.numbers([short]))
    assert shown["7"] & bits(book.numbers([long]))
    assert shown["z"] == 1 << ANY_WORD
