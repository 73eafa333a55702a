"""Approvals claimed, uses outside them, seals, and medicines that may not be advertised."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from copylint.checks.settings import CheckSettings
from copylint.checks.status import check
from copylint.findings import JURISDICTIONS, Candidate, Hit
from copylint.knowledge import Knowledge
from copylint.knowledge.compile import compile_knowledge
from copylint.language.reading import Reading

Read = Callable[..., Reading]
APPROVAL, OFF_LABEL, SEAL = "regulator/approval", "regulator/off-label", "regulator/seal"
PRESCRIPTION, UNLICENSED = "regulator/prescription-only", "regulator/unlicensed"


def found(
    reading: Reading, knowledge: Knowledge, jurisdictions: tuple[str, ...] = ("us",)
) -> tuple[list[tuple[str, str]], set[str]]:
    """(rule, words) of the hits, and the rules that let something through."""
    hits, passed = [], set()
    for one in check(reading, knowledge, CheckSettings(jurisdictions=jurisdictions)):
        if isinstance(one, Hit):
            hits.append((one.rule, reading.document.text[one.start : one.end]))
        elif isinstance(one, Candidate):
            passed.add(one.rule)
    return hits, passed


WRONG = [
    # a device is cleared, not approved
    ("CoolSculpting is FDA-approved.", APPROVAL, "FDA-approved"),
    ("The FDA approved Ultherapy in 2009.", APPROVAL, "FDA approved"),
    ("We use an FDA approved laser.", APPROVAL, "FDA approved"),
    ("Endermologie is popular. This FDA-approved device lifts the skin.", APPROVAL, "FDA-approved"),
    ("SkinPen has FDA approval.", APPROVAL, "FDA approval"),
    ("Dysport is in stock, and this laser is FDA-approved.", APPROVAL, "FDA-approved"),
    # no approval of clinics, people, techniques
    ("Come to our FDA-approved clinic.", APPROVAL, "FDA-approved"),
    ("An FDA-approved technique for your face.", APPROVAL, "FDA-approved"),
    ("All our treatments are FDA-approved.", APPROVAL, "FDA-approved"),
    # no approval at all
    ("Lemon Bottle is FDA-approved.", APPROVAL, "FDA-approved"),
    ("Our plasma pen is FDA-cleared.", APPROVAL, "FDA-cleared"),
    ("A chemical peel with FDA approval.", APPROVAL, "FDA approval"),
    # cleared, but not for this
    ("CoolSculpting is FDA-cleared for the calves.", APPROVAL, "FDA-cleared"),
    ("Botox Cosmetic is FDA-approved for the lips.", APPROVAL, "FDA-approved"),
    # the other way round
    ("Kybella is FDA-cleared.", APPROVAL, "FDA-cleared"),
    ("No other toxin than Botox has FDA approval.", APPROVAL, "FDA approval"),
    # outside the approval
    ("Kybella dissolves fat. It is injected into the thighs.", OFF_LABEL, "injected into the thighs"),
    ("When injected into the upper back, Kybella breaks down fat.", OFF_LABEL, "injected into the upper back"),
    ("Botox injections for the calves.", OFF_LABEL, "injections for the calves"),
    ("Sculptra smooths cellulite.", OFF_LABEL, "cellulite"),
    ("Fillers injected into the buttocks add curves.", OFF_LABEL, "injected into the buttocks"),
    ("Ozempic for weight loss.", OFF_LABEL, "weight loss"),
    ("For square faces we offer masseter Botox.", OFF_LABEL, "masseter Botox"),
    ("Hip dips are filled with Sculptra at our rooms.", OFF_LABEL, "Hip dips are filled with Sculptra"),
    ("Juvederm in the breasts replaces an implant.", OFF_LABEL, "Juvederm in the breasts"),
    ("A nose job with Restylane takes half an hour.", OFF_LABEL, "nose job with Restylane"),
    ("Asclera closes varicose veins.", OFF_LABEL, "varicose veins"),
    ("Does Kybella slim the thighs? It does.", OFF_LABEL, "slim the thighs"),
    # regulators elsewhere license medicines only
    ("Our laser was passed by the TGA.", APPROVAL, "passed by the TGA"),
    ("A Health Canada approved laser.", APPROVAL, "Health Canada approved"),
    # a question that is answered with yes, a regulator that was named before
    ("Is CoolSculpting FDA-approved? Yes.", APPROVAL, "FDA-approved"),
    ("The FDA looked at the machine. A year later the agency approved it.", APPROVAL, "the agency approved"),
    # seals
    ("The FDA vouches for our wraps.", SEAL, "FDA vouches for"),
    ("The TGA's seal of approval stands on each jar.", SEAL, "TGA's seal of approval"),
    ("The CE badge on our lamp gives you peace of mind.", SEAL, "CE badge"),
    ("Is the lamp CE marked? It is, so sleep easy.", SEAL, "sleep easy"),
    ("Our wrap machine is FDA registered.", SEAL, "FDA registered"),
    ("The serum was certified by the FDA.", SEAL, "certified by the FDA"),
    ("An FDA-recommended device.", SEAL, "FDA-recommended"),
    ("CE approved handpieces.", SEAL, "CE approved"),
    ("CE marked and therefore completely safe.", SEAL, "CE marked"),
    ("A TGA approved clinic.", SEAL, "TGA approved clinic"),
    ("FDA-cleared: guarantees safety.", SEAL, "FDA-cleared: guarantees"),
]


@pytest.mark.parametrize(("text", "rule", "words"), WRONG)
def test_a_misstated_status_is_found_at_its_words(
    text: str, rule: str, words: str, read: Read, knowledge: Knowledge
) -> None:
    assert (rule, words) in found(read(text), knowledge)[0]


RIGHT = [
    ("CoolSculpting is FDA-cleared for the abdomen and flanks.", APPROVAL),
    ("CoolSculpting is FDA-cleared for the inner thighs and love handles.", APPROVAL),
    ("Xeomin is FDA-approved for the upper face.", APPROVAL),
    ("Kybella, FDA-approved for fat under the chin, is a drug.", APPROVAL),
    ("Botox Cosmetic was approved by the FDA for frown lines.", APPROVAL),
    ("Juvederm Voluma is an FDA-approved filler for the cheeks.", APPROVAL),
    ("A treatment with the approval of the FDA: Botox for frown lines.", APPROVAL),
    ("Breast implants are FDA-approved devices.", APPROVAL),
    ("The laser is not FDA-approved.", APPROVAL),
    ("Is the laser FDA-approved?", APPROVAL),
    ("Ask whether the laser is FDA-approved.", APPROVAL),
    ("Beware of clinics that claim to have an FDA-approved laser.", APPROVAL),
    ("FDA approval means that a drug was tested for one use, laser or not.", APPROVAL),
    ("The difference between FDA approval and clearance is often missed.", APPROVAL),
    ("The FDA has never approved microneedling for this.", APPROVAL),
    ("Kybella is the only FDA-approved injection for the double chin.", APPROVAL),
    ("Kybella is not injected into the arms.", OFF_LABEL),
    ("Kybella for love handles is off-label.", OFF_LABEL),
    ("Can Botox slim the calves? Botox injections for the calves are an off-label use.", OFF_LABEL),
    ("The machine is not FDA-registered.", SEAL),
    ("FDA registered does not mean approved.", SEAL),
    ("Botulinum toxin is approved by the MHRA.", APPROVAL),
    ("Is CoolSculpting FDA-approved? It is not.", APPROVAL),
    ("If you want FDA-approved HIFU, there is no such thing.", APPROVAL),
    ("Botox in the masseter is not an FDA-approved use.", OFF_LABEL),
    ("Can Kybella slim the thighs? We do not think so.", OFF_LABEL),
    ("The FDA endorses no wrap.", SEAL),
    ("An FDA certificate says nothing about quality.", SEAL),
    ("Despite its CE badge, nobody vouches for its safety.", SEAL),
    ("Check whether it is FDA listed.", SEAL),
]


@pytest.mark.parametrize(("text", "rule"), RIGHT)
def test_a_true_denied_or_asked_status_is_let_through(text: str, rule: str, read: Read, knowledge: Knowledge) -> None:
    hits, passed = found(read(text), knowledge)
    assert not [hit for hit in hits if hit[0] != UNLICENSED]
    assert rule in passed


SILENT = [
    "Kybella targets fat under the chin and along the jawline.",
    "After Kybella the swelling can reach the neck and arms.",
    "Fillers restore volume in the hands, cheeks and lips.",
    "You are in the hands of an expert. Botox softens frown lines. Come back in two weeks.",
    "Kybella is given by injection. Sleep on your back for a night.",
    "The FDA recommends that you read the label of every filler.",
    "The TGA regulates devices in Australia.",
    "CE marked devices are listed in the register.",
    "Liposuction removes fat from the thighs, arms and back.",
    "Botox is injected into the forehead; CoolSculpting treats the thighs.",
]


@pytest.mark.parametrize("text", SILENT)
def test_ordinary_text_about_products_is_silent(text: str, read: Read, knowledge: Knowledge) -> None:
    assert found(read(text), knowledge)[0] == []


def _approved_injections() -> list[tuple[str, str]]:
    knowledge = Knowledge(compile_knowledge())
    return [
        (brand.name, treatment.id)
        for treatment in knowledge.treatments.values()
        for brand in treatment.brands.values()
        if treatment.is_injection and brand.us_status == "approved" and not brand.generic
        and treatment.kind in ("injectable-drug", "injectable-device")
    ]  # fmt: skip


@pytest.mark.parametrize(("brand", "treatment"), _approved_injections())
def test_every_approved_injection_may_say_so(brand: str, treatment: str, read: Read, knowledge: Knowledge) -> None:
    hits, passed = found(read(f"{brand} is FDA-approved."), knowledge)
    assert hits == []
    assert APPROVAL in passed


def _cleared_devices() -> list[str]:
    knowledge = Knowledge(compile_knowledge())
    return [
        brand.name
        for treatment in knowledge.treatments.values()
        for brand in treatment.brands.values()
        if brand.us_status == "cleared" and not brand.generic and not knowledge.ambiguous.get(brand.name.lower())
        and "(" not in brand.name
    ]  # fmt: skip


@pytest.mark.parametrize("brand", _cleared_devices())
def test_no_cleared_device_may_say_approved(brand: str, read: Read, knowledge: Knowledge) -> None:
    assert (APPROVAL, "FDA-approved") in found(read(f"{brand} is FDA-approved."), knowledge)[0]
    assert found(read(f"{brand} is FDA-cleared."), knowledge)[0] == []


def test_an_approval_is_misstated_where_the_use_lies_outside_it(read: Read, knowledge: Knowledge) -> None:
    text = "These FDA-approved solutions, like Kybella, break down fat. When injected into the upper back, it slims."
    hits, _ = found(read(text), knowledge)
    assert hits == [(OFF_LABEL, "injected into the upper back"), (APPROVAL, "FDA-approved")]


def test_a_medicine_is_found_once_with_its_count(read: Read, knowledge: Knowledge) -> None:
    reading = read("# Botox in Leeds\n\nBotox smooths lines. Book your Botox visit from £99. Xeomin is here, too.")
    settings = CheckSettings(jurisdictions=("uk", "au"))
    (hit,) = [one for one in check(reading, knowledge, settings) if isinstance(one, Hit) and one.rule == PRESCRIPTION]
    assert reading.document.text[hit.start : hit.end] == "Botox"
    assert hit.values["count"] == "4"
    assert hit.values["where"] == "au, uk"


@pytest.mark.parametrize(
    ("text", "jurisdictions", "flagged"),
    [
        ("Botox from £99.", ("us",), False),
        ("Botox from £99.", ("uk",), True),
        ("Botox from £99.", ("eu",), True),
        ("We offer anti-wrinkle injections.", ("uk",), True),
        ("We offer dermal fillers.", ("uk",), False),
        ("We offer dermal fillers.", ("au",), True),
        ("We offer a skinny jab.", ("uk",), True),
        ("Botox was first used to treat a squint.", JURISDICTIONS, False),
    ],
)
def test_medicines_by_jurisdiction(
    text: str, jurisdictions: tuple[str, ...], flagged: bool, read: Read, knowledge: Knowledge
) -> None:
    hits, _ = found(read(text), knowledge, jurisdictions)
    assert (PRESCRIPTION in {rule for rule, _ in hits}) == flagged


@pytest.mark.parametrize(
    ("text", "jurisdictions", "flagged"),
    [
        ("Lemon Bottle sculpts the chin and melts fat.", ("uk",), True),
        ("Our hyaluron pen gives you fuller lips and a natural look.", ("us",), True),
        ("Azzalure softens lines and looks natural.", ("us",), True),
        ("Azzalure softens lines and looks natural.", ("uk",), False),
        ("Beware of clinics that offer Aqualyx.", ("uk",), False),
        ("The warning letter names Lipodissolve.", ("us",), False),
        ("Kybella is a fat-dissolving injection that slims and sculpts the chin.", ("us",), False),
    ],
)
def test_products_without_a_licence(
    text: str, jurisdictions: tuple[str, ...], flagged: bool, read: Read, knowledge: Knowledge
) -> None:
    hits, _ = found(read(text), knowledge, jurisdictions)
    assert (UNLICENSED in {rule for rule, _ in hits}) == flagged
