"""The repetition check: what says the same again, and what may."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from copylint.checks.repetition import check
from copylint.checks.settings import CheckSettings
from copylint.documents.document import BlockKind, DocumentBuilder, Source
from copylint.findings import Candidate, Hit
from copylint.knowledge import Knowledge
from copylint.language.lexicon import compile_terms
from copylint.language.reading import Reading

KNOWLEDGE = Knowledge({
    "treatment_terms": compile_terms([("needling", "treatment:needling"), ("peel", "treatment:peel")]),
    "area_terms": compile_terms([("neck", "neck"), ("hands", "hands")]),
    "risk_terms": compile_terms([("redness", "redness"), ("scars", "scarring"), ("infection", "infection")]),
})

HEALING = (
    "The small wounds close within a day, and the body answers with fresh fibres over the next weeks. Wash with cool "
    "water, use a bland cream twice daily, avoid sunshine, and leave make-up away until the pink colour has gone."
)
HEALING_RETOLD = (
    "Over the next weeks the body answers with fresh fibres, while the small wounds close within a day. Avoid "
    "sunshine, use a bland cream twice daily, wash with cool water and leave make-up away until the pink colour has "
    "gone."
)
MONEY = (
    "A course costs about as much as a short holiday. Ask for the total in writing, including numbing cream, follow-up "
    "visits and the plain photographs, and compare two quotes before you hand over a deposit of any size."
)
STAFF = (
    "Three nurses and one dermatologist work here. Each holds a licence that you can look up in the public register, "
    "and each trains new colleagues every autumn in a hospital on the other side of town."
)
BEGINNING = (
    "Needling uses tiny points to open channels in the surface, which wakes natural repair and brings fresh collagen, "
    "so texture and old marks on large areas can improve step by step."
)
BEGINNING_IN_OTHER_WORDS = (
    "With tiny points, channels are opened in the surface to wake natural repair; fresh collagen arrives, and step by "
    "step the texture of large areas improves, old marks included."
)


def found(*blocks: tuple[BlockKind, str] | str) -> tuple[list[tuple[str, str]], list[Candidate]]:
    """The hits, as the visible text and the earlier passage named, and the candidates. A plain string: a paragraph."""
    pairs: list[tuple[BlockKind, str]] = [("paragraph", block) if isinstance(block, str) else block for block in blocks]
    builder = DocumentBuilder(Source("page.txt", "\n".join(text for _, text in pairs)), "plain")
    at = 0
    for kind, text in pairs:
        builder.open(kind, at)
        builder.text(at, at + len(text))
        at += len(text) + 1
    document = builder.finish()
    all_of_it = list(check(Reading(document), KNOWLEDGE, CheckSettings()))
    return (
        [(document.text[one.start : one.end], one.values["first"]) for one in all_of_it if isinstance(one, Hit)],
        [one for one in all_of_it if isinstance(one, Candidate)],
    )


def test_a_paragraph_told_again_is_found_at_its_second_place_and_names_the_first() -> None:
    hits, _ = found(HEALING, MONEY, STAFF, HEALING_RETOLD)
    assert hits == [(HEALING_RETOLD.partition(". ")[0] + ".", "The small wounds close within a day, and …")]


def test_a_copied_paragraph_is_found() -> None:
    assert len(found(MONEY, STAFF, MONEY)[0]) == 1


def test_each_further_copy_is_a_finding_of_its_own() -> None:
    assert len(found(MONEY, STAFF, MONEY, MONEY)[0]) == 2


def test_a_page_that_never_repeats_itself_is_silent() -> None:
    assert found(HEALING, MONEY, STAFF, BEGINNING) == ([], [])


def test_sections_with_one_idea_in_other_words_are_found_on_their_heading() -> None:
    hits, _ = found(
        ("heading", "Understanding the method"), BEGINNING, ("heading", "What it costs"), MONEY,
        ("heading", "Understanding this method"), BEGINNING_IN_OTHER_WORDS, ("heading", "Costs"), STAFF,
    )  # fmt: skip
    assert ("Understanding this method", "Understanding the method") in hits


def test_copy_without_blank_lines_is_read_line_by_line() -> None:
    first = ("Understanding the method", BEGINNING, "Costs", MONEY)
    second = ("Understanding this method", BEGINNING_IN_OTHER_WORDS, "Care", MONEY)
    hits, _ = found("\n".join((*first, *second)))
    assert ("Understanding this method", "Understanding the method") in hits


def test_one_weak_likeness_is_let_through_and_shown() -> None:
    half_new = " ".join(HEALING.split()[:24]) + (
        " quite unlike a graze on the knee, where gravel, friction and clumsy plasters often delay everything, and "
        "where nobody counts hours."
    )
    hits, candidates = found(HEALING, STAFF, half_new)
    assert not hits
    assert [candidate.kind for candidate in candidates] == ["requires"]


def test_the_same_heading_over_other_contents_is_no_repetition() -> None:
    assert found(("heading", "Good to know"), MONEY, ("heading", "Good to know"), STAFF)[0] == []


LET_THROUGH = [
    ("a summary by its opening", [HEALING, STAFF, "In short: " + HEALING_RETOLD]),
    ("a summary by its heading", [HEALING, STAFF, ("heading", "Key takeaways"), HEALING_RETOLD]),
    ("another treatment", ["For needling: " + HEALING, STAFF, "For a peel: " + HEALING_RETOLD]),
    (
        "another part of the body",
        [("heading", "For the neck"), HEALING, ("heading", "For the hands"), HEALING_RETOLD],
    ),
    (
        "risks",
        [HEALING + " Redness, scars, infection may follow.", HEALING_RETOLD + " Redness, scars, infection follow."],
    ),
    (
        "a disclaimer",
        [HEALING + " Results vary.", HEALING_RETOLD + " Results vary."],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("why", "blocks"), LET_THROUGH, ids=[why for why, _ in LET_THROUGH])
def test_what_is_said_twice_on_purpose_is_let_through_and_shown(
    why: str, blocks: list[tuple[BlockKind, str] | str]
) -> None:
    hits, candidates = found(*blocks)
    assert not hits
    assert candidates
    assert {candidate.kind for candidate in candidates} == {"let-through"}


NOT_COMPARED: list[tuple[str, list[tuple[BlockKind, str] | str]]] = [
    ("short lines", ["Book a visit with us today.", STAFF, "Book a visit with us today."]),
    ("list items", [("list-item", HEALING), STAFF, ("list-item", HEALING)]),
    ("buttons", [("button", HEALING), STAFF, ("button", HEALING)]),
    ("the description in the head", [("description", HEALING), HEALING]),
    ("alt texts", [("alt", HEALING), ("alt", HEALING), STAFF]),
]


@pytest.mark.parametrize(("what", "blocks"), NOT_COMPARED, ids=[what for what, _ in NOT_COMPARED])
def test_some_passages_are_not_compared_at_all(what: str, blocks: list[tuple[BlockKind, str] | str]) -> None:
    assert found(*blocks)[0] == []


def test_the_same_text_gives_the_same_findings_in_every_process() -> None:
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); import test_repetition as t;"
        "print(t.found(('heading', 'Understanding the method'), t.BEGINNING, t.HEALING, t.MONEY,"
        "('heading', 'Understanding this method'), t.BEGINNING_IN_OTHER_WORDS, t.HEALING_RETOLD, t.MONEY))"
    )
    folder = str(Path(__file__).parent)
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code, folder], capture_output=True, text=True, check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(outputs) == 1
    assert "Understanding this method" in outputs.pop()


@pytest.mark.parametrize("variety", [60, 4000])
def test_the_work_grows_with_the_length_of_the_page_only(variety: int) -> None:
    source = random.Random(variety)
    vocabulary = ["".join(source.choices("bcdfgklmnprst", k=3)) + "a" for _ in range(variety)]
    blocks: list[tuple[BlockKind, str] | str] = []
    for _ in range(1500):
        blocks += [("heading", "Conclusion"), " ".join(source.choices(vocabulary, k=60)) + "."]
    begin = time.process_time()
    found(*blocks)
    assert time.process_time() - begin < 30
