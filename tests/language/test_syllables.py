"""Syllables: the spelling rules, and the table of the words that break them."""

from __future__ import annotations

import pytest

from copylint.language import syllables as room
from copylint.language.syllables import TABLE, by_spelling, syllables

REGULAR = [
    ("skin", 1), ("smooth", 1), ("needle", 2), ("treatment", 2), ("surgery", 3), ("anaesthetic", 4), ("injection", 3),
    ("makes", 1), ("places", 2), ("walked", 1), ("wanted", 2), ("likely", 2), ("facial", 2), ("aerial", 3),
    ("curious", 3), ("being", 2), ("player", 2), ("prism", 2), ("rhythm", 2), ("diet", 2), ("carrier", 3), ("the", 1),
]  # fmt: skip
IRREGULAR = [
    ("area", 3), ("doctor", 2), ("people", 2), ("evening", 2), ("business", 2), ("reality", 4), ("abdomen", 3),
    ("diabetes", 4), ("muscle", 2), ("sideline", 2), ("create", 2), ("bruise", 1),
]  # fmt: skip
WRITTEN = [
    ("don't", 1), ("didn't", 2), ("patient's", 2), ("nurse's", 2), ("clinic's", 2), ("we'll", 1), ("we’ll", 1),
    ("non-surgical", 4), ("before-and-after", 5), ("2", 1), ("1,500", 1), ("x-ray", 2), ("b12", 1), ("%", 1), ("", 1),
]  # fmt: skip


@pytest.mark.parametrize(("word", "count"), REGULAR + IRREGULAR + WRITTEN)
def test_a_word_has_the_syllables_that_the_dictionary_gives_it(word: str, count: int) -> None:
    assert syllables(word) == count


@pytest.mark.parametrize(
    ("word", "count"), [("cellulite", 2), ("microneedling", 2), ("coolsculpting", 2), ("jawline", 2)]
)
def test_a_word_of_the_trade_that_no_dictionary_has_counts_as_its_hyphenation(word: str, count: int) -> None:
    assert syllables(word) == count


def test_the_table_holds_only_words_that_the_spelling_rules_get_wrong() -> None:
    needless = [word for word, count in room._table().items() if word.isalpha() and by_spelling(word) == count]
    assert needless == [], "run benchmarks/make_syllables.py after a change to the spelling rules"


def test_the_table_is_small_and_says_where_it_comes_from() -> None:
    assert TABLE.stat().st_size < 100_000
    assert len(room._table()) > 9_000
    assert "Carnegie Mellon University" in TABLE.read_text(encoding="utf-8")[:400]
    assert "Redistribution and use" in TABLE.with_name("LICENSE-cmudict").read_text(encoding="utf-8")


def test_an_endless_word_costs_no_more_than_its_length() -> None:
    assert syllables("ae" * 200_000) >= 1
