"""Terms confused, and treatments called non-invasive that go through the skin."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from copylint.checks.accuracy import check
from copylint.checks.settings import CheckSettings
from copylint.findings import Candidate, Hit
from copylint.knowledge import Knowledge
from copylint.knowledge.compile import read as read_file
from copylint.language.reading import Reading

Read = Callable[..., Reading]
CONFUSED, FALSE = "accuracy/term-confusion", "accuracy/false-statement"


def found(reading: Reading, knowledge: Knowledge) -> list[tuple[str, str]]:
    return [
        (one.rule, reading.document.text[one.start : one.end])
        for one in check(reading, knowledge, CheckSettings())
        if isinstance(one, Hit)
    ]


WRONG = [
    ("Focal lymphomas are benign.", CONFUSED, "lymphomas"),
    ("The doctor looks for fat deposits called lymphomas.", CONFUSED, "lymphomas"),
    ("Bulges come from dermal fat.", CONFUSED, "dermal fat"),
    ("Our IPL laser is new.", CONFUSED, "IPL laser"),
    ("Get rid of cellulitis on your thighs.", CONFUSED, "cellulitis"),
    ("Peels fade melanoma.", CONFUSED, "melanoma"),
    ("The laser targets melatonin.", CONFUSED, "melatonin"),
    ("Paradoxical adipose hypertrophy may follow.", CONFUSED, "Paradoxical adipose hypertrophy"),
    ("CoolSculpting melts fat.", FALSE, "melts fat"),
    ("Botox is a filler.", FALSE, "Botox is a filler"),
    ("You simply pee out the fat.", FALSE, "pee out the fat"),
    ("Botox is a non-invasive treatment.", FALSE, "non-invasive"),
    ("Lip fillers are noninvasive.", FALSE, "noninvasive"),
    ("Microneedling is loved. It is non-invasive.", FALSE, "non-invasive"),
    ("PDO threads offer a non-invasive lift.", FALSE, "non-invasive"),
]


@pytest.mark.parametrize(("text", "rule", "words"), WRONG)
def test_a_wrong_term_or_statement_is_found(
    text: str, rule: str, words: str, read: Read, knowledge: Knowledge
) -> None:
    assert (rule, words) in found(read(text), knowledge)


RIGHT = [
    "A lymphoma is a cancer; lymph nodes can feel like lumps.",
    "Breast implants are linked to a lymphoma, a rare cancer.",
    "A lipoma is benign.",
    "Cellulitis on the thighs is an infection.",
    "Have every mole checked: melanoma is a skin cancer, and no peel treats it.",
    "Melatonin helps you sleep.",
    "Botox is not a filler.",
    "Is Botox a filler?",
    "CoolSculpting freezes fat.",
    "The laser melts fat.",
    "CoolSculpting is non-invasive.",
    "The laser is a non-invasive alternative to liposuction.",
    "Unlike fillers, radiofrequency is non-invasive.",
    "Botox is not non-invasive.",
    "Microneedling is minimally invasive.",
    "A gel is rubbed in. It is non-invasive.",
]


@pytest.mark.parametrize("text", RIGHT)
def test_right_terms_and_true_statements_are_let_through(text: str, read: Read, knowledge: Knowledge) -> None:
    assert found(read(text), knowledge) == []


def test_what_is_let_through_says_why(read: Read, knowledge: Knowledge) -> None:
    kinds = {
        one.kind
        for text in ("Botox is a filler? No.", "Melatonin is a hormone.", "Cellulitis of thighs is an infection.")
        for one in check(read(text), knowledge, CheckSettings())
        if isinstance(one, Candidate)
    }
    assert kinds == {"context", "requires", "unless"}


REPORTED = [entry for entry in read_file("confusable.yaml") if entry["rule"] != "elsewhere"]


@pytest.mark.parametrize("entry", REPORTED, ids=lambda entry: entry["id"])
def test_every_confusable_term_is_found_beside_its_cue(
    entry: dict[str, list[str]], read: Read, knowledge: Knowledge
) -> None:
    cue = entry.get("cues", [""])[0]
    reading = read(f"We speak of {entry['wrong'][0]} here. {cue}")
    assert str(entry["rule"]) in {rule for rule, _ in found(reading, knowledge)}


@pytest.mark.parametrize("entry", [entry for entry in REPORTED if "cues" in entry], ids=lambda entry: entry["id"])
def test_no_confusable_term_is_found_without_its_cue(
    entry: dict[str, list[str]], read: Read, knowledge: Knowledge
) -> None:
    assert found(read(f"We speak of {entry['wrong'][0]} here."), knowledge) == []
