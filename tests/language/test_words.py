"""Words keep their places, whatever the text holds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copylint.language.words import words_of


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("Don't", ["do", "not"]),
        ("can’t cannot cant", ["can", "not", "can", "not", "can", "not"]),
        ("won't shan't", ["will", "not", "shall", "not"]),
        ("you'll, we've", ["you", "will", ",", "we", "have"]),
        ("woman's", ["woman", "'s"]),
        ("100% pain-free", ["100", "%", "pain", "free"]),
        ("$1,500.50", ["$", "1,500.50"]),
        ("a — b – c -- d", ["a", "—", "b", "—", "c", "—", "d"]),
        ("2–4", ["2", "4"]),
        ("*FDA*®-approved", ["fda", "approved"]),
        ("No. Yes!", ["no", ".", "yes", "!"]),
        ("wo is me", ["wo", "is", "me"]),
    ],
)
def test_keys(text: str, keys: list[str]) -> None:
    assert words_of(text).keys == keys


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=200))
def test_every_word_stands_where_it_says(text: str) -> None:
    words = words_of(text)
    assert len(words.keys) == len(words.starts) == len(words.ends)
    last = 0
    for start, end in zip(words.starts, words.ends, strict=True):
        assert 0 <= start < end <= len(text)
        assert start >= last or text[start:end].lower() in ("cannot", "dont", "cant", "isnt", "wont", "gonna", "wanna")
        last = start


@given(
    st.lists(st.sampled_from(["safe", "Fat", "100%", "can't", "—", "İstanbul", "é", "😀", "free", "x-y"]), max_size=20)
)
def test_visible_characters_are_never_shifted(parts: list[str]) -> None:
    text = " ".join(parts)
    words = words_of(text)
    for key, start, end in zip(words.keys, words.starts, words.ends, strict=True):
        if key.isascii() and key.isalpha() and key not in ("not", "can"):
            assert text[start:end].lower() == key
