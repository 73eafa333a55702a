"""Wordings use the word classes of the rules, which are there in compiled form only."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copylint.language.anchors import Classes
from copylint.language.phrases import parse
from copylint.language.words import words_of
from copylint.rules.policy import Policy, load
from copylint.verdicts.register.wordings import MOST_FORMS, forms, matcher_of, needed, unknown_class


@pytest.fixture(scope="module")
def policy() -> Policy:
    return load()


def contents(text: str) -> tuple[Any, ...]:
    """What a compiled class holds, whatever the order."""
    singles, firsts, nodes, *lines = text.split("\n")
    tries = dict(line.split("\t") for line in lines)
    longer = {word: json.loads(rest) for word, rest in tries.items()}
    return sorted(singles.split()), sorted(firsts.split()), json.loads(nodes), longer


def test_every_class_comes_back_as_it_was(policy: Policy) -> None:
    texts = policy.class_texts
    assert len(texts) > 100
    classes = Classes(needed([["c", name] for name in texts], texts))
    assert [name for name in texts if contents(classes.plain(name)[0]) != contents(texts[name])] == []


@pytest.mark.parametrize(
    ("wording", "text", "found"),
    [
        ("the <fat> is gone", "The adipose tissue is gone", ["The adipose tissue is gone"]),
        ("<treatment> takes <number> minutes", "Liposuction takes 90 minutes", ["Liposuction takes 90 minutes"]),
        ("by up to {20|25}%", "by up to 25 % or by up to 30%", ["by up to 25 %"]),
        ("long-lasting", "long lasting, long-lasting, longlasting", ["long lasting", "long-lasting", "longlasting"]),
        ("last~ ... years", "lasted for two years", ["lasted for two years"]),
        ("it lasts", "it does not last", []),
    ],
)
def test_wordings_are_found_as_phrases_of_rules_are(wording: str, text: str, found: list[str], policy: Policy) -> None:
    node = parse(wording)
    words = words_of(text)
    matches = matcher_of([parse("another wording"), node], policy.class_texts).find(words, text, [(0, len(words))])
    assert [(one.phrase, text[words.starts[one.first] : words.ends[one.end - 1]]) for one in matches] == [
        (1, shown) for shown in found
    ]


def test_a_class_that_no_rule_uses_is_told(policy: Policy) -> None:
    assert unknown_class(parse("<fat> and [<nonsense>]"), policy.class_texts) == "nonsense"
    assert unknown_class(parse("<fat> and <number>"), policy.class_texts) is None


def test_no_wording_finds_nothing(policy: Policy) -> None:
    words = words_of("The fat is gone.")
    assert list(matcher_of([], policy.class_texts).find(words, "The fat is gone.", [(0, len(words))])) == []


@pytest.mark.parametrize(
    ("wording", "said"),
    [
        ("gone for good", {"gone for good"}),
        ("gone for {good|ever}", {"gone for good", "gone for ever"}),
        ("[all] gone", {"all gone", "gone"}),
        ("<fat> cells", {"fat cells"}),
        ("<number> ... days", {"1 days"}),
        ("^ it lasts $", {"it lasts"}),
    ],
)
def test_forms_are_ways_to_say_a_wording(wording: str, said: set[str]) -> None:
    assert {" ".join(form) for form in forms(parse(wording))} == said


@given(st.lists(st.sampled_from(["{a|b|c|d}", "[x [y]]", "go~", "<fat>", "...", "colour", "{a b|[c] d}"]), max_size=12))
def test_forms_are_never_many(parts: list[str]) -> None:
    assert 1 <= len(forms(parse(" ".join(["word", *parts])))) <= MOST_FORMS
