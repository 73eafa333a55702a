"""Approved claims from the register to the verdict: what is approved, what is not, and what is said then."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Callable
from pathlib import Path

import pytest

from copylint.checks.settings import CheckSettings
from copylint.config import LintSettings
from copylint.documents.document import Source
from copylint.engine import lint
from copylint.findings import Finding
from copylint.rules.policy import Policy, load

TODAY = "2026-11-22"
CLAIM = """\
  - id: {id}
    wording: {wording}
    {subject}
    jurisdictions: {jurisdictions}
    evidence: {evidence}
    owner: Marketing
    approved-by: J. Doe
    valid-until: {until}
    {more}
"""
COPY = "CoolSculpting freezes fat. With it the fat is gone for good."
"""Found in it: overclaim/guarantee "fat is gone", overclaim/permanence "gone for good"."""

Check = Callable[..., list[Finding]]


def claim(
    identifier: str = "C-014",
    *,
    wording: str = "'the fat is gone for good'",
    subject: str = "product: CoolSculpting",
    jurisdictions: str = "us",
    evidence: str = "doi:10.1000/182",
    until: str = "2027-06-30",
    more: str = "",
) -> str:
    return CLAIM.format(
        id=identifier, wording=wording, subject=subject, jurisdictions=jurisdictions, evidence=evidence, until=until,
        more=more,
    )  # fmt: skip


@pytest.fixture(scope="module")
def shipped() -> Policy:
    return load()


@pytest.fixture
def check(shipped: Policy, tmp_path: Path) -> Check:
    """The findings in a text with these claims, on TODAY."""
    count = 0

    def checked(
        text: str, *claims: str, places: tuple[str, ...] = ("us",), path: str = "page.md", **more: object
    ) -> list[Finding]:
        nonlocal count
        count += 1
        file = tmp_path / f"claims-{count}.yaml"
        file.write_text("claims:\n" + "".join(claims), encoding="utf-8")
        settings = LintSettings(checks=CheckSettings(jurisdictions=places), claims=file, **more)
        return list(lint(Source(path, text), shipped, settings, clock=lambda: TODAY).findings)

    return checked


def told(findings: list[Finding]) -> list[tuple[str, str, str]]:
    return [(one.rule, one.status, one.reason) for one in findings]


def notes(findings: list[Finding]) -> set[str]:
    """What the register adds to the messages of open findings."""
    marks = ("Claim C-", "Did you mean", "This goes beyond")
    return {one.message[one.message.index(mark) :] for one in findings for mark in marks if mark in one.message}


APPROVED = [("overclaim/guarantee", "approved", "C-014"), ("overclaim/permanence", "approved", "C-014")]
OPEN = [("overclaim/guarantee", "open", ""), ("overclaim/permanence", "open", "")]


def test_what_is_approved_word_for_word_is_marked_and_stays_in_the_report(check: Check) -> None:
    found = check(COPY, claim())
    assert told(found) == APPROVED
    assert [one.text for one in found] == ["fat is gone", "gone for good"]


@pytest.mark.parametrize(
    "text",
    [
        "CoolSculpting freezes fat. THE FAT IS GONE FOR GOOD!",
        "CoolSculpting: the fat is **gone** for\ngood, we say.",
        "# CoolSculpting\n\n> “The fat is gone for good”",
        "| CoolSculpting |\n| --- |\n| The fat is gone for good |",
    ],
)
def test_case_markup_and_line_wraps_change_no_words(text: str, check: Check) -> None:
    assert {status for _, status, _ in told(check(text, claim()))} == {"approved"}


def test_an_element_of_a_page_is_approved_at_its_own_place(check: Check) -> None:
    text = "<title>CoolSculpting</title><p>The fat is gone for good.</p><p>The fat is gone for ever.</p>"
    statuses = [one.status for one in check(text, claim(), path="page.html") if one.rule == "overclaim/permanence"]
    assert statuses == ["approved", "open"]


def test_the_phrase_language_says_what_may_differ(check: Check) -> None:
    wording = "'[the] <fat> {is|are} gone for {good|ever}'"
    assert told(check(COPY, claim(wording=wording))) == APPROVED
    assert {one.status for one in check("CoolSculpting: fat cells are gone for ever.", claim(wording=wording))} == {
        "approved"
    }


def test_a_full_stop_in_the_register_asks_for_none_in_the_copy(check: Check) -> None:
    assert told(check(COPY.replace("good.", "good, always."), claim(wording="The fat is gone for good."))) == APPROVED


def test_without_a_register_nothing_is_approved(shipped: Policy) -> None:
    assert told(list(lint(Source("page.md", COPY), shipped, LintSettings()).findings)) == OPEN


# --- What stands in the way ------------------------------------------------------------------------------------------


def test_every_jurisdiction_of_the_run_must_be_approved(check: Check) -> None:
    found = check(COPY, claim(), places=("us", "uk", "au"))
    assert told(found) == OPEN
    assert notes(found) == {"Claim C-014 has these words, but is not approved for uk, au."}
    assert told(check(COPY, claim(jurisdictions="[au, uk, us]"), places=("us", "uk", "au"))) == APPROVED


def test_another_claim_with_the_same_words_may_cover_what_the_first_does_not(check: Check) -> None:
    found = check(COPY, claim("C-001"), claim("C-002", jurisdictions="[us, uk]"), places=("us", "uk"))
    assert {one.reason for one in found} == {"C-002"}


def test_a_finding_that_goes_beyond_the_wording_stays(check: Check) -> None:
    found = check(COPY, claim(wording="'gone for good'"))
    assert told(found) == [OPEN[0], APPROVED[1]]
    assert notes(found) == {"This goes beyond claim C-014: 'gone for good'."}


def test_the_rules_that_an_approval_covers_may_be_named(check: Check) -> None:
    found = check(COPY, claim(more="rules: overclaim/permanence"))
    assert told(found) == [OPEN[0], APPROVED[1]]
    assert told(check(COPY, claim(more="rules: [overclaim]"))) == APPROVED


def test_an_approval_of_words_answers_no_duty_of_the_page(check: Check) -> None:
    text = COPY + " We give you time." * 40
    found = check(text, claim(wording="'CoolSculpting freezes fat'", more="rules: [overclaim, regulator]"))
    assert [one.status for one in found if one.rule == "risk/undisclosed"] == ["open"]


# --- What it is about ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "subject", "expected"),
    [
        ("Liposuction: the fat is gone for good.", "product: CoolSculpting", "open"),
        ("Emsculpt: the fat is gone for good.", "product: CoolSculpting", "open"),
        ("Emsculpt and CoolSculpting: the fat is gone for good.", "product: CoolSculpting", "approved"),
        ("CoolSculpting: the fat is gone for good.", "treatment: cryolipolysis", "approved"),
        ("Fat freezing: the fat is gone for good.", "treatment: cryolipolysis", "approved"),
        ("Fat freezing: the fat is gone for good.", "product: CoolSculpting", "open"),
        ("# CoolSculpting\n\nCryolipolysis it is. The fat is gone for good.", "product: CoolSculpting", "approved"),
        ("# CoolSculpting\n\nThe laser warms it. The fat is gone for good.", "product: CoolSculpting", "approved"),
        ("# CoolSculpting\n\nThen liposuction. The fat is gone for good.", "product: CoolSculpting", "open"),
        ("The fat is gone for good.\n\nCoolSculpting takes an hour.", "product: CoolSculpting", "approved"),
        ("The fat is gone for good.", "product: CoolSculpting", "open"),
        ("The fat is gone for good.", "treatment: any", "approved"),
        ("Liposuction: the fat is gone for good.", "treatment: any", "approved"),
    ],
)  # fmt: skip
def test_the_copy_must_speak_of_what_the_claim_is_about(text: str, subject: str, expected: str, check: Check) -> None:
    (status,) = {one.status for one in check(text, claim(subject=subject)) if one.rule.startswith("overclaim/")}
    assert status == expected


def test_words_that_are_approved_for_something_else_say_so(check: Check) -> None:
    found = check("Liposuction: the fat is gone for good.", claim())
    assert notes(found) == {"Claim C-014 has these words, approved for CoolSculpting only."}


# --- Approvals that do not hold --------------------------------------------------------------------------------------


def test_the_last_day_still_holds(check: Check) -> None:
    assert told(check(COPY, claim(until="2026-11-22"))) == APPROVED


def test_an_expired_claim_approves_nothing_and_each_use_is_found(check: Check) -> None:
    found = check(COPY, claim(until="2026-11-21"))
    assert told(found) == [("copylint/expired-claim", "open", ""), *OPEN]
    assert found[0].message == 'The approval of claim C-014 held until 2026-11-21: "the fat is gone for good".'
    assert "owner: Marketing, approved by J. Doe" in found[0].better[0]
    assert found[0].sentence == "With it the fat is gone for good."
    assert notes(found) == set()


def test_a_use_is_found_even_where_no_rule_looks(check: Check) -> None:
    found = check(
        "CoolSculpting takes an hour. CoolSculpting takes an hour.",
        claim(wording="'takes an hour'", until="2020-01-01"),
    )
    assert told(found) == [("copylint/expired-claim", "open", "")] * 2


def test_missing_evidence_approves_nothing_and_each_file_is_named(check: Check) -> None:
    found = check(COPY, claim(evidence="[a.pdf, studies/b.pdf]"))
    assert told(found) == [("copylint/claim-evidence", "open", "")] * 2 + OPEN
    assert [one.message.partition(":")[0] for one in found[:2]] == [
        "The evidence of claim C-014 is missing, there is no file a.pdf",
        "The evidence of claim C-014 is missing, there is no file studies/b.pdf",
    ]


def test_evidence_that_is_there_approves(check: Check, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF")
    assert told(check(COPY, claim(evidence="a.pdf"))) == APPROVED


def test_other_copy_is_none_of_an_expired_claims_business(check: Check) -> None:
    found = check("Liposuction: the fat is gone for good.", claim(until="2020-01-01"))
    assert "copylint/expired-claim" not in {one.rule for one in found}


def test_a_renewed_claim_takes_the_place_of_the_expired_one(check: Check) -> None:
    found = check(COPY, claim("C-001", until="2020-01-01"), claim("C-014"))
    assert told(found) == APPROVED


def test_notices_follow_the_settings(check: Check) -> None:
    expired = claim(until="2020-01-01")
    assert told(check(COPY, expired, ignore=("copylint",))) == OPEN
    found = check(COPY, expired, severity=(("copylint/expired-claim", "suggestion"),))
    assert found[0].severity == "suggestion"


def test_a_register_goes_with_its_policy(tmp_path: Path) -> None:
    file = tmp_path / "claims.yaml"
    file.write_text("claims:\n" + claim(), encoding="utf-8")
    policy = load()
    kept = weakref.ref(policy)
    lint(Source("page.md", COPY), policy, LintSettings(claims=file))
    del policy
    gc.collect()
    assert kept() is None


# --- Beside suppressions ---------------------------------------------------------------------------------------------


def test_what_is_suppressed_stays_suppressed(check: Check) -> None:
    found = check(f"<!-- copylint-disable-next overclaim/permanence -- ours -->\n{COPY}", claim())
    assert told(found) == [APPROVED[0], ("overclaim/permanence", "suppressed", "ours")]


def test_a_notice_can_be_suppressed(check: Check) -> None:
    found = check(
        f"<!-- copylint-disable-next copylint/expired-claim -- renewal is due -->\n{COPY}", claim(until="2020-01-01")
    )
    assert told(found) == [("copylint/expired-claim", "suppressed", "renewal is due"), *OPEN]


# --- Near wordings ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wording", "text"),
    [
        ("the treated fat is gone for good", "CoolSculpting: your fat is really gone for good."),
        ("the treated fat is gone for good", "CoolSculpting: fat that was treated is really gone for good."),
        ("the treated fat is gone for good", "CoolSculpting: gone for good is the treated fat."),
        ("there is {little|hardly any} downtime", "CoolSculpting: there is no downtime at all."),
        ("reduces the fat layer by up to {20|25}%", "CoolSculpting reduces your fat layer by as much as 45%."),
        ("results last for [up to] two years", "CoolSculpting: the results last for ten years."),
    ],
)
def test_near_wording_stays_a_finding_and_is_asked_about(wording: str, text: str, check: Check) -> None:
    found = check(text, claim(wording=f"'{wording}'"))
    assert {one.status for one in found} == {"open"}
    assert notes(found) == {f"Did you mean claim C-014: '{wording}'?"}


@pytest.mark.parametrize(
    ("wording", "text"),
    [
        ("the treated fat is gone for good", "CoolSculpting: the results are permanent."),
        ("the treated fat is gone for good", "CoolSculpting is completely painless and safe for everyone."),
        ("the treated fat is gone for good", "CoolSculpting: the best clinic for treated fat."),
        ("results last for [up to] two years", "CoolSculpting: you see instant results, permanent results even."),
        ("painless", "CoolSculpting is painlessly easy, a painless miracle."),
    ],
)
def test_other_claims_are_not_near(wording: str, text: str, check: Check) -> None:
    found = check(text, claim(wording=f"'{wording}'"))
    assert [one for one in found if one.status == "open"]
    assert notes(found) == set()


@pytest.mark.parametrize(
    "changed",
    [
        {"until": "2020-01-01"},
        {"evidence": "missing.pdf"},
        {"jurisdictions": "uk"},
        {"subject": "treatment: liposuction"},
        {"more": "rules: overclaim/hype"},
    ],
)
def test_only_what_would_be_approved_is_proposed(changed: dict[str, str], check: Check) -> None:
    assert notes(check("CoolSculpting: your fat is really gone for good.", claim(**changed))) == set()


def test_the_nearest_of_several_is_proposed(check: Check) -> None:
    found = check(
        "CoolSculpting: the pinched fat is gone for good.",
        claim("C-001", wording="'most of the fat you pinched may be gone'"),
        claim("C-002", wording="'the fat that is pinched is gone for good'"),
    )
    assert notes(found) == {"Did you mean claim C-002: 'the fat that is pinched is gone for good'?"}


def test_too_many_findings_to_compare_are_told(shipped: Policy, tmp_path: Path) -> None:
    file = tmp_path / "claims.yaml"
    file.write_text("claims:\n" + claim(), encoding="utf-8")
    text = "CoolSculpting of belly fat in our clinic: the results are permanent. " * 600
    report = lint(Source("page.md", text), shipped, LintSettings(claims=file), clock=lambda: TODAY)
    assert report.notices == ("100 findings were not compared with the wordings of the register",)
