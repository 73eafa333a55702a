"""Which treatment a word means beside which words."""

from __future__ import annotations

import pytest

from copylint.documents import parse
from copylint.documents.document import Source
from copylint.knowledge import Knowledge
from copylint.knowledge.compile import compile_knowledge
from copylint.knowledge.mentions import treatment_mentions
from copylint.language.reading import Reading

KNOWLEDGE = Knowledge(compile_knowledge())


def named(text: str) -> list[tuple[str, str]]:
    reading = Reading(parse(Source("copy", text), "markdown"))
    return [(mention.treatment, mention.brand) for mention in treatment_mentions(reading, KNOWLEDGE)]


CASES = [
    ("Liposuction shapes the waist.", [("liposuction", "")]),
    ("Laser liposuction shapes the waist.", [("liposuction-laser", "")]),
    ("EmSculpt Neo comes after EmSculpt.", [("hifem", "Emsculpt Neo"), ("hifem", "Emsculpt")]),
    ("Juvéderm and juvederm ultra.", [("ha-filler", ""), ("ha-filler", "Juvéderm Ultra XC")]),
    # words with several senses
    ("The surgeon does lipo.", [("liposuction", "")]),
    ("Our lipo shots.", []),
    ("A BBL adds fat to the buttocks.", [("gluteal-fat-grafting", "")]),
    ("BBL light fades pigmentation.", [("ipl-photofacial", "")]),
    ("The halo effect.", []),
    ("Halo is a hybrid laser.", [("fractional-laser", "Halo")]),
    ("A profound effect on the skin.", []),
    ("Hair botox smooths frizz.", []),
    ("Botox softens lines.", [("botulinum-toxin", "Botox Cosmetic")]),
    ("They exceed expectations.", []),
    ("Wood filler dries fast.", []),
    ("Use filler words sparingly.", []),
    # names borrowed for something else
    ("Non-surgical liposuction with cold.", []),
    ("A facelift without surgery.", []),
    ("Botox in a bottle.", []),
]


@pytest.mark.parametrize(("text", "treatments"), CASES)
def test_the_treatment_that_is_meant(text: str, treatments: list[tuple[str, str]]) -> None:
    assert named(text) == treatments


def test_hidden_text_names_nothing() -> None:
    assert named("Hello.\n\n<div hidden>Liposuction for all.</div>") == []
