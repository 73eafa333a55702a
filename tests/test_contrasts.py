"""Pairs of texts that differ by a few words, the thing that matters: one side is found, the other let through."""

from __future__ import annotations

import importlib.util
import re
import sys
from collections import Counter
from difflib import SequenceMatcher
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from copylint.rules.policy import load

if TYPE_CHECKING:
    import contrast_pairs as contrasts
else:
    _spec = importlib.util.spec_from_file_location("contrast_pairs", Path(__file__).with_name("contrast_pairs.py"))
    contrasts = sys.modules[_spec.name] = importlib.util.module_from_spec(_spec)
    _spec.loader.exec_module(contrasts)

FILES = sorted(contrasts.FOLDER.glob("*.yaml"))
PAIRS = [(path.stem, pair) for path in FILES for pair in contrasts.read(path)]
FEWEST_PAIRS = 400
FEWEST_A_LABEL = 12
MOST_WORDS = 6
MOST_OF_A_FRAME = 3
_WORD = re.compile(r"[\w'’%£$€-]+")


@pytest.mark.parametrize(("label", "pair"), PAIRS, ids=[f"{label}-{number}" for number, (label, _) in enumerate(PAIRS)])
def test_pair_is_as_it_is_marked(label: str, pair: contrasts.Pair) -> None:
    found = contrasts.state(load_once(), pair)
    assert found == pair.open, f"{label}: {pair.flag!r} / {pair.pass_!r}: python tests/contrast_pairs.py marks it anew"


def test_enough_pairs_hold_for_every_label() -> None:
    holding = Counter(label for label, pair in PAIRS if not pair.open)
    assert sum(holding.values()) >= FEWEST_PAIRS
    assert {label: holding[label] for label in {label for label, _ in PAIRS} if holding[label] < FEWEST_A_LABEL} == {}
    assert len(FILES) == 20


@pytest.mark.parametrize(("label", "pair"), PAIRS, ids=[f"{label}-{number}" for number, (label, _) in enumerate(PAIRS)])
def test_sides_differ_by_a_few_words(label: str, pair: contrasts.Pair) -> None:
    assert pair.flag.count(pair.text) == 1
    flag, other = (_WORD.findall(text.lower()) for text in (pair.flag, pair.pass_))
    changes = SequenceMatcher(None, flag, other, autojunk=False).get_opcodes()
    different = sum((b - a) + (d - c) for kind, a, b, c, d in changes if kind != "equal")
    assert different <= MOST_WORDS


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_frame_is_worn_out(path: Path) -> None:
    openings = Counter(" ".join(_WORD.findall(pair.flag.lower())[:4]) for pair in contrasts.read(path))
    assert [opening for opening, count in openings.items() if count > MOST_OF_A_FRAME] == []


_POLICY = None


def load_once():  # type: ignore[no-untyped-def]
    global _POLICY  # noqa: PLW0603 - compiled once for all pairs
    _POLICY = _POLICY or load()
    return _POLICY
