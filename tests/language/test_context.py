"""Context cues: each test line of cues.yaml, and the four families in which home-made linters fail."""

from __future__ import annotations

import re

import pytest

from copylint.documents import parse
from copylint.documents.document import Source
from copylint.language.context import Cues
from copylint.language.matcher import Matcher
from copylint.language.patterns import ClassTable
from copylint.language.reading import Reading
from copylint.language.signs import Signs
from copylint.rules import yaml_nodes
from copylint.rules.build import CUES, compile_cues, cue_entries

ROOT = yaml_nodes.read(str(CUES), CUES.read_text(encoding="utf-8"))
_PHRASES, _MARKS = compile_cues(ROOT, {})
COMPILED = Cues(Matcher(_PHRASES, ClassTable(_PHRASES.classes), Signs(_PHRASES.signs)), _MARKS)


def kinds(line: str, format: str = "plain") -> set[str]:
    """The kinds of context over the words that stand between asterisks."""
    before, marked, after = re.fullmatch(r"(?s)(.*)\*(.*)\*(.*)", line).groups()  # type: ignore[union-attr]
    document = parse(Source("line", before + marked + after), format)
    reading = Reading(document, COMPILED)
    start = document.text.index(marked)
    words = reading.words
    first = next(index for index, end in enumerate(words.ends) if end > start)
    last = max(index for index, begin in enumerate(words.starts) if begin < start + len(marked))
    return {context.kind for context in reading.contexts(first, last + 1)}


LINES = [
    ({"pseudo": "negated", "rhetorical": "questioned"}.get(entry.kind, entry.kind), line, covered)
    for entry in cue_entries(ROOT)
    for covered, lines in ((True, entry.covers), (False, entry.spares))
    for line in lines
]


@pytest.mark.parametrize(("kind", "line", "covered"), LINES)
def test_lines_of_the_cue_file(kind: str, line: str, covered: bool) -> None:
    assert (kind in kinds(line)) is covered


def test_every_cue_entry_has_a_test_line() -> None:
    assert all(entry.covers or entry.spares or entry.kind in ("terminator", "negated") for entry in cue_entries(ROOT))


@pytest.mark.parametrize(
    "line",
    [
        # masking: a negation must not hide what follows it
        "This is not surgery; it is *a miracle*.",
        "This is not surgery. It is *a miracle*.",
        "This is not surgery, it is *a miracle*.",
        "This is not surgery — it is *a miracle*.",
        "This isn't surgery but *a miracle*.",
        "It does not hurt, and you get *permanent results*.",
        "It is not a cream: it is *a miracle*.",
        # comma clauses
        "If you do not want surgery, *results are permanent* with this.",
        "Although it is not cheap, *results are permanent*.",
        "When nothing else works, *the miracle peel* does.",
        "Without surgery, *results are permanent*.",
        "No pain, no scars, *permanent results*.",
        # everyday phrases that negate nothing
        "It is not only *painless* but permanent.",
        "Not just *a miracle*, a revolution.",
        "There is no doubt that it is *painless*.",
        "Don't hesitate: *the miracle peel* is here.",
        "No wonder it is *painless*.",
    ],
)
def test_not_negated(line: str) -> None:
    assert "negated" not in kinds(line)


@pytest.mark.parametrize(
    "line",
    [
        "It is not *a miracle*.",
        "It isn't *a miracle*.",
        "It isn’t *a miracle*.",
        "It is never *a miracle*.",
        "There is no *miracle*.",
        "None of it is *a miracle*.",
        "It works without *a miracle*.",
        "It cannot be *a miracle*.",
        "It is hardly *a miracle*.",
        "It is scarcely *a miracle*.",
        "Choose care rather than *a miracle*.",
        "Choose care instead of *a miracle*.",
        "It is far from *a miracle*.",
        "It is free of *magic*.",
        "Nobody sells *miracles*.",
        "No one sells *miracles*.",
        "Nothing here is *a miracle*.",
        "Neither is *a miracle*.",
        "It is by no means *a miracle*.",
        "It is anything but *painless*.",
        "*A miracle* it is not.",
        "*Miracles* do not exist.",
        "No peel in the world is *painless*.",
    ],
)
def test_everyday_negators(line: str) -> None:
    assert "negated" in kinds(line)


@pytest.mark.parametrize(
    ("line", "format"),
    [
        ("It is not\n*a miracle* at all.", "markdown"),
        ("It is\r\nnot *a miracle* at all.", "markdown"),
        ("It is **not** *a miracle* at all.".replace("**", "__"), "markdown"),
        ("> It is not\n> *a miracle* at all.", "markdown"),
        ("<p>It is <b>not</b>\n *a miracle* at all.</p>", "html"),
        ("<p>It is n<b>ot</b> *a miracle* at all.</p>", "html"),
        ("<p>It isn&rsquo;t *a miracle* at all.</p>", "html"),
    ],
)
def test_negation_reaches_over_lines_and_tags(line: str, format: str) -> None:
    assert "negated" in kinds(line, format)


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Is it *permanent*?", "questioned"),
        ("Beware of clinics that promise *permanent results*.", "refuted"),
        ("“It was *a miracle*,” says Ann.", "quoted"),
        ("Burns can leave *permanent scars*.", "risk"),
        ("It may *remove wrinkles*.", "hedged"),
        ("It was once hailed as *a miracle*.", "historical"),
        ("If it is *permanent*, ask why.", "conditional"),
    ],
)
def test_other_kinds(line: str, kind: str) -> None:
    assert kind in kinds(line)


def test_question_and_answer_are_two_sentences() -> None:
    assert "questioned" in kinds("Is it *safe*? Yes, completely.")
    assert "questioned" not in kinds("Is it safe? Yes, *completely*.")


JUDGING = "The regulator upheld a complaint about an advertisement that was found misleading."


@pytest.mark.parametrize(
    ("line", "refuted"),
    [
        (f"{JUDGING} It said: “*a miracle* for skin”.", True),
        (f"{JUDGING}\n\nOur peel is *a miracle* for skin.", True),
        (f"{JUDGING}\n\nOur friends at Glow sell [*the best peel*](https://glow.example/order).", False),
        ("The clinic says in its advertisement: “*a miracle* for skin”.", False),
        ("Complaints about ads: “*a miracle*”, “a dream”, “gone for good”.", True),
        ("We read your complaint. “*A miracle* for skin”, says Ada.", False),
    ],
)
def test_a_text_that_judges_advertising_does_not_claim_what_it_quotes(line: str, refuted: bool) -> None:
    assert ("refuted" in kinds(line, "markdown")) is refuted


@pytest.mark.parametrize(
    ("line", "signed"),
    [
        ("“*My scars* are gone.” – Ada P.", True),
        ("“*My scars* are gone.” Ada, verified buyer", True),
        ("★★★★★ “*My scars* are gone.”", True),
        ("> *My scars* are gone. – Ada", True),
        ("“*My scars* are gone,” I thought at the time.", False),
        ("“*My scars* are gone.” And what was it worth?", False),
    ],
)
def test_a_review_is_a_quotation_with_a_name_behind_it(line: str, signed: bool) -> None:
    assert ("signed" in kinds(line, "markdown")) is signed
