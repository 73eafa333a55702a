"""Phrases written out in all their forms."""

from __future__ import annotations

import pytest

from copylint.language.phrases import parse
from copylint.rules.explain import expanded

PHRASES = [
    ("plain words", "gone for good", "gone for good"),
    ("inflections", "heal~", "{heal|heals|healed|healing}"),
    ("alternatives within alternatives", "{heal~|gone}", "{heal|heals|healed|healing|gone}"),
    ("perhaps", "[very|so] safe", "[very|so] safe"),
    ("a class", "<pain>-free", "<pain> free"),
    ("a gap and the end", "results ... <number> $", "results ... <number> $"),
]


@pytest.mark.parametrize(("phrase", "written"), [case[1:] for case in PHRASES], ids=[case[0] for case in PHRASES])
def test_a_phrase_is_written_out(phrase: str, written: str) -> None:
    assert expanded(phrase) == written


@pytest.mark.parametrize("phrase", [case[1] for case in PHRASES])
def test_what_is_written_out_is_a_phrase_again_and_says_the_same(phrase: str) -> None:
    assert expanded(expanded(phrase)) == expanded(phrase)
    assert parse(expanded(phrase))
