"""The source line of a finding and the carets under it."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copylint.documents.document import Lines
from copylint.reports.excerpt import Excerpt, excerpt
from copylint.reports.visible import text_width, visible


def cut(source: str, words: str, columns: int = 40) -> Excerpt:
    start = source.index(words)
    return excerpt(source, start, start + len(words), Lines(source).position(start)[1], columns)


PLACED = [
    ("plain", "so a miracle here", "miracle", "so a miracle here", 5, 7),
    ("second line", "one\r\ntwo miracle\nthree", "miracle", "two miracle", 4, 7),
    ("after a tab", "a\tmiracle", "miracle", "a    miracle", 5, 7),
    ("after wide characters", "漢字 miracle", "miracle", "漢字 miracle", 5, 7),
    ("after an emoji", "🎉 miracle", "miracle", "🎉 miracle", 3, 7),
    ("after a combining accent", "cafe\u0301 miracle", "miracle", "cafe\u0301 miracle", 5, 7),
    ("wide itself", "a 漢字 b", "漢字", "a 漢字 b", 2, 4),
    ("after an escape", "\x1b[1m miracle", "miracle", "\\x1b[1m miracle", 8, 7),
    ("first of a file", "miracle", "miracle", "miracle", 0, 7),
]


@pytest.mark.parametrize(
    ("source", "words", "text", "indent", "carets"), [case[1:] for case in PLACED], ids=[case[0] for case in PLACED]
)
def test_carets_stand_under_the_words(source: str, words: str, text: str, indent: int, carets: int) -> None:
    assert cut(source, words) == Excerpt(text, indent, carets, more=False)


def test_a_span_over_several_lines_shows_its_first() -> None:
    assert cut("a cure\nfor all\n", "cure\nfor all") == Excerpt("a cure", 2, 4, more=True)


LONG = [
    ("in the middle", "x" * 90 + " miracle " + "y" * 90, "…" + "x" * 14 + " miracle " + "y" * 15 + "…"),
    ("near the begin", "a miracle " + "y" * 90, "a miracle " + "y" * 28 + "…"),
    ("near the end", "x" * 90 + " miracle b", "…" + "x" * 28 + " miracle b"),
]


@pytest.mark.parametrize(("source", "text"), [case[1:] for case in LONG], ids=[case[0] for case in LONG])
def test_a_long_line_is_cut_around_the_span(source: str, text: str) -> None:
    shown = cut(source, "miracle")
    assert shown.text == text
    assert shown.text[shown.indent : shown.indent + shown.carets] == "miracle"


def test_a_span_wider_than_the_line_is_cut_at_its_end() -> None:
    shown = cut("a " + "m" * 100 + " z", "m" * 100)
    assert shown.text == "…" + "m" * 38 + "…"
    assert (shown.indent, shown.carets) == (1, 38)


@given(st.text(max_size=200), st.text(max_size=200), st.text(max_size=200), st.integers(8, 120))
def test_no_excerpt_is_wider_than_asked_or_has_carets_outside(
    before: str, words: str, after: str, columns: int
) -> None:
    source = before + words + after
    shown = excerpt(source, len(before), len(before) + len(words), Lines(source).position(len(before))[1], columns)
    assert text_width(shown.text) <= columns
    assert shown.indent + shown.carets <= columns + 1
    assert shown.carets >= 1


def test_a_file_that_is_one_line_costs_no_more_than_a_short_one() -> None:
    source = "word " * 1_000_000
    start = time.process_time()
    for at in range(0, 1000):
        excerpt(source, 2_000_000 + at, 2_000_004 + at, 2_000_001 + at, 100)
    assert time.process_time() - start < 2


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("naïve – 漢字 👩\u200d⚕️", "naïve – 漢字 👩\u200d⚕️"),
        ("\x00\x07\x1b\x7f\x9b", r"\x00\x07\x1b\x7f\x9b"),
        ("\u202e\u2066\u200b\u2028\ufeff", r"\u202e\u2066\u200b\u2028\ufeff"),
        ("\U000e0041", r"\U000e0041"),
        ("\n\t", r"\x0a\x09"),
    ],
)
def test_control_characters_are_made_visible(text: str, shown: str) -> None:
    assert visible(text) == shown
