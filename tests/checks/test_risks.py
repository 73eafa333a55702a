"""Duties: what discloses a risk, which treatment owes it, and what fulfils the other duties."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from copylint.checks.promoted import promoted_treatments
from copylint.checks.risks import check
from copylint.checks.settings import CheckSettings
from copylint.findings import Candidate, Hit
from copylint.knowledge import Knowledge, Treatment
from copylint.knowledge.compile import TREATMENT_FILES, compile_knowledge
from copylint.knowledge.compile import read as read_file
from copylint.language.reading import Reading

ANY_LENGTH = CheckSettings(duty_words=0)
KNOWLEDGE = Knowledge(compile_knowledge())
Read = Callable[..., Reading]


def hits(reading: Reading, knowledge: Knowledge, settings: CheckSettings = ANY_LENGTH) -> list[Hit]:
    return [one for one in check(reading, knowledge, settings) if isinstance(one, Hit)]


def rules(reading: Reading, knowledge: Knowledge, settings: CheckSettings = ANY_LENGTH) -> set[str]:
    return {hit.rule for hit in hits(reading, knowledge, settings)}


# ---- every treatment, every core risk: named, denied, left out


def _owing() -> Iterator[tuple[Treatment, str]]:
    """Each treatment that owes its risks, with a name that stands for it alone."""
    for name in TREATMENT_FILES:
        for entry in read_file(name):
            treatment = KNOWLEDGE.treatments[entry["id"]]
            doubtful = {item["term"] for item in entry.get("ambiguous", ())}
            if treatment.owes_risks:
                yield treatment, next(term for term in entry["terms"] if term not in doubtful)


def _word(risk: str) -> str:
    """Words that name this risk and no other."""
    return next(
        (word for word in KNOWLEDGE.risks[risk].words if _names(word) == {risk}), KNOWLEDGE.risks[risk].words[0]
    )


def _names(word: str) -> set[str]:
    from copylint.language.words import words_of

    return {name for mention in KNOWLEDGE.risk_terms.find(words_of(word)) for name in mention.ids}


OWING = list(_owing())
CASES = [(treatment, term, risk) for treatment, term in OWING for risk in treatment.core_risks]
PRAISE = "Our {term} gives you a smoother, younger look. Book your {term} today."


def _case_id(value: object) -> str:
    return value.id if isinstance(value, Treatment) else str(value)


@pytest.mark.parametrize(("treatment", "term"), OWING, ids=_case_id)
def test_every_treatment_owes_its_risks(treatment: Treatment, term: str, read: Read, knowledge: Knowledge) -> None:
    assert "risk/undisclosed" in rules(read(PRAISE.format(term=term)), knowledge)


@pytest.mark.parametrize(("treatment", "term"), OWING, ids=_case_id)
def test_all_core_risks_named_is_enough(treatment: Treatment, term: str, read: Read, knowledge: Knowledge) -> None:
    named = ", ".join(_word(risk) for risk in treatment.core_risks)
    found = hits(read(f"{PRAISE.format(term=term)} Risks include {named}."), knowledge)
    assert not [hit for hit in found if hit.rule in ("risk/undisclosed", "risk/incomplete")], found


@pytest.mark.parametrize(("treatment", "term", "risk"), CASES, ids=_case_id)
def test_one_core_risk_alone_leaves_the_others_missing(
    treatment: Treatment, term: str, risk: str, read: Read, knowledge: Knowledge
) -> None:
    reading = read(f"{PRAISE.format(term=term)} Possible side effects: {_word(risk)}.")
    found = {hit.rule: hit for hit in hits(reading, knowledge)}
    assert "risk/undisclosed" not in found
    others = [other for other in treatment.core_risks if other != risk and other not in _names(_word(risk))]
    if others and len(treatment.material_risks) > 2:
        missing = found["risk/incomplete"].values["missing"]
        assert all(knowledge.risks[other].name in missing for other in others)
        assert KNOWLEDGE.risks[risk].name not in missing.replace(" and ", ", ").split(", ")


@pytest.mark.parametrize(("treatment", "term", "risk"), CASES, ids=_case_id)
def test_a_denied_risk_discloses_nothing(
    treatment: Treatment, term: str, risk: str, read: Read, knowledge: Knowledge
) -> None:
    for denial in ("There is no {}.", "It works without any {}.", "Will I get {}?"):
        reading = read(f"{PRAISE.format(term=term)} {denial.format(_word(risk))}")
        assert "risk/undisclosed" in rules(reading, knowledge), denial


# ---- what discloses

LIPO = "Our liposuction gives you a slimmer, firmer figure. Book your liposuction today. "
LASER = "Our fractional laser gives you smoother, younger skin. Book your fractional laser today. "

DISCLOSES = [
    (LIPO, "Bruising is common."),
    (LIPO, "Rarely, clots form in the legs."),
    (LIPO, "You may notice swelling and numbness."),
    (LIPO, "In rare cases an infection follows."),
    (LIPO, "There is a risk of blood clots."),
    (LIPO, "## Risks\n\n- scars\n- uneven contours"),
    (LIPO, "Liposuction can cause blood clots."),
    (LASER, "The skin may be left with scars."),
    (LASER, "Side effects include redness and crusting."),
    (LASER, "It is not without risks: burns have been reported."),
]
DISCLOSES_NOTHING = [
    (LIPO, "There is no bruising."),
    (LIPO, "It is free of bruising, swelling and scars."),
    (LIPO, "You will have neither pain nor swelling."),
    (LIPO, "Does it leave scars?"),
    (LIPO, "This reduces the risk of blood clots."),
    (LIPO, "Unlike a facelift, which can cause nerve injury, bruising and scars, it heals in a day."),
    (LIPO, "A facelift can cause bruising."),
    (LIPO, '<div hidden>Risks include bruising, infection and blood clots.</div>'),
    (LASER, "It treats acne scars."),
    (LASER, "It reduces redness, scars and pigmentation."),
    (LASER, "It helps with many concerns, from redness to scars."),
    (LASER, "Say goodbye to surgical scars and to the redness treatment."),
    (LASER, "Surgery can cause infection."),
]  # fmt: skip


@pytest.mark.parametrize(("praise", "text"), DISCLOSES)
def test_a_risk_that_may_happen_is_disclosed(praise: str, text: str, read: Read, knowledge: Knowledge) -> None:
    assert "risk/undisclosed" not in rules(read(f"{praise}\n\n{text}"), knowledge)


@pytest.mark.parametrize(("praise", "text"), DISCLOSES_NOTHING)
def test_a_risk_denied_treated_or_of_something_else_is_not(
    praise: str, text: str, read: Read, knowledge: Knowledge
) -> None:
    assert "risk/undisclosed" in rules(read(f"{praise}\n\n{text}"), knowledge)


def test_mild_risks_of_cryolipolysis_leave_the_grave_one_missing(read: Read, knowledge: Knowledge) -> None:
    text = "Cryolipolysis slims and sculpts the waist. Some people notice redness and numbness."
    (found,) = [hit for hit in hits(read(text), knowledge) if hit.rule == "risk/incomplete"]
    assert "paradoxical fat growth" in found.values["missing"]
    assert "numbness" in found.values["named"]
    assert read(text).document.text[found.start : found.end] == "Cryolipolysis"


def test_each_promoted_treatment_is_judged_by_its_own_risks(read: Read, knowledge: Knowledge) -> None:
    text = (
        "# Two ways to a slimmer waist\n\n"
        "CoolSculpting freezes fat for a slimmer figure. It may cause numbness, cold burns and paradoxical adipose "
        "hyperplasia.\n\n"
        "Liposuction removes stubborn fat and sculpts the figure. It may cause bruising."
    )
    found = [hit.values["treatment"] for hit in hits(read(text), knowledge) if hit.rule == "risk/incomplete"]
    assert found == ["liposuction"]


# ---- which treatment is promoted

PROMOTED = [
    ("# Laser liposuction\n\nIt sculpts the back and tightens the skin.", {"liposuction-laser"}),
    ("Botox smooths lines and looks natural.", {"botulinum-toxin"}),
    ("Microneedling improves the skin. Unlike liposuction, it is quick.", {"microneedling"}),
    ("Our massage gives you a beautiful glow. It is an alternative to liposuction.", set()),
    # a page about one treatment that offers it only further down, as "it"
    (
        "# Microneedling\n\nA roller with fine needles pricks the skin, which then mends itself.\n\n"
        "## Who asks for it\n\n"
        "People with old scars and large pores.\n\n## What to know\n\nWe use it on Mondays, and the skin is firmer "
        "afterwards. One visit costs £90.",
        {"microneedling"},
    ),
    (
        "# Microneedling\n\nA roller with fine needles pricks the skin, which then mends itself.\n\n"
        "## Who asks for it\n\n"
        "People with old scars and large pores.\n\n## What to know\n\nNobody knows how often it is done.",
        set(),
    ),
    ("The court heard that liposuction was done in a garage. The judge adjourned the case.", set()),
    ("Walking improves your mood and your figure, and you will not need liposuction.", set()),
    ("Stir the filler into the wood and let it dry for a smooth, firm finish.", set()),
    ("The halo effect makes beautiful people look effective.", set()),
]


@pytest.mark.parametrize(("text", "treatments"), PROMOTED)
def test_a_treatment_in_passing_is_not_promoted(
    text: str, treatments: set[str], read: Read, knowledge: Knowledge
) -> None:
    assert {item.treatment.id for item in promoted_treatments(read(text), knowledge)} == treatments


def test_short_texts_owe_no_duty_and_say_so(read: Read, knowledge: Knowledge) -> None:
    found = list(check(read(LIPO), knowledge, CheckSettings()))
    assert found
    assert all(isinstance(one, Candidate) and one.kind == "setting" for one in found)


# ---- consultation and results

CONSULT = [
    ("Ask your doctor whether it suits you.", True),
    ("Book a free consultation.", True),
    ("A surgeon will assess your health first.", True),
    ("Talk to a dermatologist.", True),
    ("No consultation needed.", False),
    ("Choose a clinic with good people.", False),
    ("Our surgeons have steady hands.", False),
]
VARY = [
    ("Results vary from person to person.", True),
    ("Most people see results after a month.", True),
    ("The outcome depends on your age.", True),
    ("How much changes varies between patients.", True),
    ("Results cannot be guaranteed.", True),
    ("Recovery varies by method.", False),
    ("Most people need three sessions.", False),
    ("Prices depend on the clinic.", False),
]


@pytest.mark.parametrize(("text", "fulfilled"), CONSULT)
def test_advice_to_consult(text: str, fulfilled: bool, read: Read, knowledge: Knowledge) -> None:
    assert ("risk/no-consult" not in rules(read(LIPO + text), knowledge)) == fulfilled


@pytest.mark.parametrize(("text", "fulfilled"), VARY)
def test_results_said_to_vary(text: str, fulfilled: bool, read: Read, knowledge: Knowledge) -> None:
    assert ("risk/no-vary" not in rules(read(LIPO + text), knowledge)) == fulfilled
