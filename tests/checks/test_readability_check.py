"""The readability check: the page's grade, long sentences, and terms that nobody explains."""

from __future__ import annotations

import pytest

from copylint.checks.readability import check
from copylint.checks.settings import CheckSettings
from copylint.documents.document import BlockKind, DocumentBuilder, Source
from copylint.findings import Candidate, Hit
from copylint.knowledge import Knowledge
from copylint.language.lexicon import compile_terms
from copylint.language.reading import Reading

JARGON = {
    "oedema": ("swelling", ["edema"]),
    "cannula": ("thin tube", ["cannulas"]),
    "dermis": ("lower layer of skin", ["dermal"]),
    "atrophy": ("wasting, thinning", []),
    "seroma": ("pocket of clear fluid under the skin", []),
    "fibrosis": ("scar-like hardening", []),
    "flanks": ("sides of the waist (love handles)", []),
}
KNOWLEDGE = Knowledge({
    "jargon": {term: plain for term, (plain, _) in JARGON.items()},
    "jargon_terms": compile_terms((form, term) for term, (_, also) in JARGON.items() for form in (term, *also)),
    "treatment_terms": compile_terms([("dermal filler", "treatment:filler"), ("Plumpadermix", "brand:filler/P")]),
})
EASY = "The nurse cleans the skin and puts on the cream. You wait for half an hour. Then it is wiped off again. "
HARD = (
    "Comprehensive rejuvenation necessitates individualised evaluation of constitutional characteristics, particularly "
    "when preceding interventions have compromised vascularisation. "
)


def found(
    *blocks: tuple[BlockKind, str] | str, rule: str, settings: CheckSettings | None = None
) -> tuple[list[Hit], list[Candidate], str]:
    """Hits and candidates of one rule in these blocks (a plain string is a paragraph), and the visible text."""
    pairs: list[tuple[BlockKind, str]] = [("paragraph", block) if isinstance(block, str) else block for block in blocks]
    builder = DocumentBuilder(Source("page.txt", "\n".join(text for _, text in pairs)), "plain")
    at = 0
    for kind, text in pairs:
        builder.open(kind, at)
        builder.text(at, at + len(text))
        at += len(text) + 1
    document = builder.finish()
    everything = check(Reading(document), KNOWLEDGE, settings or CheckSettings())
    all_of_it = [one for one in everything if one.rule == f"readability/{rule}"]
    return (
        [one for one in all_of_it if isinstance(one, Hit)],
        [one for one in all_of_it if isinstance(one, Candidate)],
        document.text,
    )


def test_a_hard_page_is_found_once_on_its_hardest_sentence() -> None:
    hits, candidates, text = found(EASY * 3, HARD * 8, rule="grade")
    assert len(hits) == 1
    assert not candidates
    assert text[hits[0].start : hits[0].end] == HARD.strip()
    assert float(hits[0].values["grade"]) > 12
    assert hits[0].values["limit"] == "12"
    assert hits[0].values["next"].startswith('"Comprehensive rejuvenation')


def test_the_limit_is_a_setting() -> None:
    hits, _, _ = found(HARD * 12, rule="grade", settings=CheckSettings(max_grade=20.5))
    assert [hit.values["limit"] for hit in hits] == ["20.5"]
    assert not found(HARD * 12, rule="grade", settings=CheckSettings(max_grade=60))[0]


def test_an_easy_page_is_let_through_with_its_grade() -> None:
    hits, candidates, _ = found(EASY * 8, rule="grade")
    assert not hits
    assert candidates[0].kind == "setting"
    assert "up to 12" in candidates[0].reason


def test_a_short_text_gets_no_grade_unless_the_setting_says_so() -> None:
    hits, candidates, _ = found(HARD * 4, rule="grade")
    assert not hits
    assert candidates[0].kind == "duty"
    assert found(HARD * 4, rule="grade", settings=CheckSettings(grade_words=0))[0]


def test_a_page_without_prose_says_nothing() -> None:
    assert found(("heading", HARD * 10), rule="grade")[:2] == ([], [])


def words(number: int) -> str:
    return "You " + "can " * (number - 2) + "rest."


LENGTHS = [(20, 0, 0), (30, 0, 1), (35, 0, 1), (36, 1, 0), (60, 1, 0)]


@pytest.mark.parametrize(("number", "hits", "candidates"), LENGTHS)
def test_a_sentence_is_too_long_above_35_words(number: int, hits: int, candidates: int) -> None:
    long, near, _ = found(words(number), rule="sentence-length")
    assert (len(long), len(near)) == (hits, candidates)


def test_the_length_of_a_sentence_is_a_setting() -> None:
    assert found(words(26), rule="sentence-length", settings=CheckSettings(max_sentence_words=25))[0]


ENUMERATIONS = [
    ("Tell us about: " + ", ".join(["a cold sore or a rash on it"] * 6) + ".", True),
    ("Tell us about: " + "; ".join(["a rash, itch or burn on it"] * 7) + ".", True),
    ("One thing is true: " + "it can go on and on " * 7 + ", it seems, for ever.", False),
    ("Tell us " + ", ".join(["a cold sore or a rash on the face"] * 6) + ".", False),
]


@pytest.mark.parametrize(("sentence", "let_through"), ENUMERATIONS)
def test_a_list_after_a_colon_is_no_long_sentence(sentence: str, let_through: bool) -> None:
    hits, candidates, _ = found(sentence, rule="sentence-length")
    assert (not hits) is let_through
    if let_through:
        assert candidates[0].kind == "let-through"


UNEXPLAINED = [
    "Oedema is common.",
    "Some oedema (6%) was seen.",
    "We saw oedema (see below).",
    "The fat goes out through a cannula.",
    "With a cannula, a surgeon draws it off.",
    "Redness, itching and oedema may follow.",
    "Atrophy of the fat was seen in two people.",
]
EXPLAINED = [
    "Oedema (swelling) is common.",
    "Swelling (oedema) is common.",
    "Puffiness, known as oedema, is common.",
    "A slim pipe called a cannula draws it off.",
    "The cannula, a slim metal pipe, draws it off.",
    "The cannula – a slim metal pipe – draws it off.",
    "Cannula: a slim metal pipe.",
    "Oedema means that water gathers.",
    "Fibrosis is when the tissue turns firm.",
    "The tissue may swell. Such swellings are called oedema.",
    "Oedema is common. The swelling goes down in a week.",
    "Atrophy, that is, a loss of fat, was seen.",
    "The skin may grow thinner: this thinning, or atrophy, is rare.",
    "Fluid can gather in a clear pocket under the skin, and a seroma is drained.",
    "It works on the flanks, where love handles sit.",
]


@pytest.mark.parametrize("sentence", UNEXPLAINED)
def test_a_term_without_explanation_is_found_with_its_plain_word(sentence: str) -> None:
    hits, _, text = found(sentence, rule="jargon")
    assert len(hits) == 1
    term = text[hits[0].start : hits[0].end].lower()
    assert hits[0].values["plain"] == JARGON[term][0]


@pytest.mark.parametrize("sentence", EXPLAINED)
def test_a_term_that_is_explained_is_let_through_and_shown(sentence: str) -> None:
    hits, candidates, _ = found(sentence, rule="jargon")
    assert not hits
    assert [candidate.kind for candidate in candidates] == ["let-through"]


def test_a_term_is_asked_for_its_explanation_once_whatever_its_form() -> None:
    hits, _, text = found("Expect oedema.", "The edema fades.", "Oedema again.", rule="jargon")
    assert [text[hit.start : hit.end] for hit in hits] == ["oedema"]


def test_a_term_in_the_name_of_a_treatment_is_no_jargon_but_may_be_by_itself() -> None:
    hits, candidates, text = found("A dermal filler lasts for months.", "It fills the dermis.", rule="jargon")
    assert [text[hit.start : hit.end] for hit in hits] == ["dermis"]
    assert "dermal filler" in candidates[0].reason


def test_a_heading_that_asks_what_a_term_is_promises_the_explanation() -> None:
    hits, candidates, _ = found(("heading", "What is oedema?"), "Oedema comes and goes.", rule="jargon")
    assert not hits
    assert candidates


def test_headings_and_tables_are_not_asked_for_explanations() -> None:
    assert found(("heading", "Oedema"), ("table-cell", "oedema"), "Nothing here.", rule="jargon")[:2] == ([], [])
