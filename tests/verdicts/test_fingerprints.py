"""Fingerprints: what may change around a finding, and what may not."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copylint import lint
from copylint.findings import FileReport, Finding
from copylint.verdicts import fingerprints

SENTENCE = "It's a miracle: the results last “for ever” – without pain."


def report(*findings: Finding) -> FileReport:
    return FileReport("page.md", "markdown", "", 0, 0, {}, findings)


def finding(
    sentence: str = SENTENCE, *, rule: str = "overclaim/hype", about: str = "", text: str = "miracle"
) -> Finding:
    return Finding(rule, "error", "message", "why", text, 0, 7, (), None, {}, sentence=sentence, about=about)


def only(one: Finding) -> str:
    (made,) = fingerprints.of(report(one))
    return made


SAME = [
    ("quotation marks", 'It\'s a miracle: the results last "for ever" – without pain.'),
    ("dashes", "It's a miracle: the results last “for ever” — without pain."),
    ("an apostrophe", "It’s a miracle: the results last “for ever” – without pain."),
    ("capitals", "IT'S A MIRACLE: the results last “for ever” – without pain."),
    ("white space", "It's\u00a0a  miracle:\nthe results last “for ever” – without pain."),
    ("the mark at the end", "It's a miracle: the results last “for ever” – without pain!"),
    ("emphasis", "It's a miracle: the results last *for ever* – without pain."),
]


@pytest.mark.parametrize("sentence", [case[1] for case in SAME], ids=[case[0] for case in SAME])
def test_what_no_reader_would_call_another_sentence_changes_nothing(sentence: str) -> None:
    assert only(finding(sentence)) == only(finding())


DIFFERENT = [
    ("a word", "Losing 1.5 kg is a wonder."),
    ("a number", "Losing 15 kg is a miracle."),
    ("a unit", "Losing 1.5% is a miracle."),
    ("a currency", "Losing $1.5 is a miracle."),
    ("the order", "A miracle is losing 1.5 kg."),
]


@pytest.mark.parametrize("sentence", [case[1] for case in DIFFERENT], ids=[case[0] for case in DIFFERENT])
def test_another_claim_has_another_fingerprint(sentence: str) -> None:
    assert only(finding(sentence)) != only(finding("Losing 1.5 kg is a miracle."))


def test_it_does_not_hang_on_the_place_the_message_or_the_severity() -> None:
    moved = finding()._replace(start=90, end=97, message="other", why="other", severity="warning", better=("x",))
    assert only(moved) == only(finding())


def test_it_hangs_on_the_rule() -> None:
    assert only(finding(rule="overclaim/cure")) != only(finding())


def test_findings_that_are_alike_are_numbered() -> None:
    made = fingerprints.of(report(finding(), finding("Another."), finding(), finding(rule="overclaim/cure")))
    assert [one.partition(":")[2] for one in made] == ["1", "1", "2", "1"]
    assert made[0].partition(":")[0] == made[2].partition(":")[0]
    assert len(set(made)) == 4


def test_what_a_duty_is_about_replaces_the_sentence() -> None:
    assert only(finding("One.", about="liposuction")) == only(finding("Two.", about="liposuction"))
    assert only(finding("One.", about="liposuction")) != only(finding("One.", about="fillers"))
    assert only(finding("liposuction")) != only(finding("One.", about="liposuction"))


def test_a_notice_about_the_tool_is_known_by_its_words() -> None:
    assert only(finding("", text="overclaim/hipe")) != only(finding("", text="overclaim/hpye"))


def test_the_fingerprints_of_written_baselines_stay_what_they_are() -> None:
    """Another value here means that every finding of every baseline is new."""
    assert only(finding()) == "f3e751dac4cfc0a9:1"


@given(st.text())
def test_every_text_has_one(text: str) -> None:
    assert re.fullmatch(r"[0-9a-f]{16}:1", only(finding(text)))


@given(st.text(alphabet="ab 1.,%’'-–\n", min_size=1))
def test_normalised_text_stays_as_it_is(text: str) -> None:
    once = fingerprints.normalised(text)
    assert fingerprints.normalised(once) == once


def test_a_long_sentence_is_taken_apart_once() -> None:
    sentence = "a miracle " * 50_000
    made = fingerprints.of(report(*(finding(sentence) for _ in range(2_000))))
    assert made[-1].endswith(":2000")


# --- With the rules ----------------------------------------------------------------------------------------------

PAGE = """\
# Liposuction for a flatter belly

Liposuction gives you a slim waist. The results are *permanent*, and our patients love them.

Laser liposuction is a miracle. Book liposuction today and enjoy a beautiful new shape.
"""
MANNER = [
    ("markup", PAGE.replace("*permanent*", "**permanent**").replace("miracle", "[miracle](https://x.example/)")),
    ("line wraps", PAGE.replace("waist. The", "waist.\nThe").replace("are *", "are\n*")),
    ("Windows", PAGE.replace("\n", "\r\n")),
    ("lines above", "---\ntitle: Liposuction for a flatter belly\n---\n\n" + PAGE),
]


def told(page: str, path: str = "page.md") -> set[tuple[str, str]]:
    file = lint(page, path=path)
    return {(one.rule, mark) for one, mark in zip(file.findings, fingerprints.of(file), strict=True)}


@pytest.mark.parametrize("page", [case[1] for case in MANNER], ids=[case[0] for case in MANNER])
def test_the_manner_of_writing_a_page_changes_nothing(page: str) -> None:
    assert told(PAGE)
    assert told(PAGE) <= told(page)


def test_moved_paragraphs_change_nothing() -> None:
    head, *paragraphs = PAGE.split("\n\n")
    assert told("\n\n".join([head, *(part.strip() for part in reversed(paragraphs))])) == told(PAGE)


def test_the_format_changes_nothing() -> None:
    html = (
        "<h1>Liposuction for a flatter belly</h1><p>Liposuction gives you a slim waist. The results are"
        " <em>permanent</em>, and our patients love them.</p><p>Laser liposuction is a&nbsp;miracle. Book"
        " liposuction today and enjoy a beautiful new shape.</p>"
    )
    assert told(html, "page.html") == told(PAGE)


DUTIES = """\
# Wrinkle injections

Botox smooths your forehead, and our patients love the beautiful look. Book Botox today from £150.

Dermal fillers give you full lips. Fillers are the perfect gift, and you will enjoy the amazing results for a long time.

Our clinic lies in the middle of the town, close to the station. You will find a place for your car behind the house,
and a cup of tea is waiting for you when you come in. We open at nine in the morning, and we close at six.

Botox and fillers go well together, so we offer them in one visit, at a special price. Ask us at the desk. You can pay
by card, in cash, or month by month. Our team looks forward to seeing you, and so do the many guests who came before
you. Tell your friends, and bring them along. The cannula is thin, and we have used such a cannula for years.
"""


def test_duties_and_what_is_told_once_do_not_move_with_the_text() -> None:
    head, *paragraphs = DUTIES.rstrip().split("\n\n")
    moved = "\n\n".join([head, *reversed(paragraphs)])
    before, after = (lint(page, path="page.md", jurisdictions=("us", "uk")) for page in (DUTIES, moved))
    about = {(one.rule, one.about) for one in before.findings if one.about}
    assert {rule for rule, _ in about} >= {"risk/undisclosed", "risk/no-consult", "regulator/prescription-only"}
    assert [one.start for one in before.findings] != [one.start for one in after.findings]
    assert about == {(one.rule, one.about) for one in after.findings if one.about}
    assert sorted(fingerprints.of(before)) == sorted(fingerprints.of(after))


def test_passages_that_repeat_each_other_may_change_places() -> None:
    """The later one is found; both together are what the finding is about."""
    one = (
        "The small wounds close within a day, and the body answers with fresh fibres over the next weeks. Wash with"
        " cool water, use a bland cream twice daily, avoid sunshine, and leave make-up away until the pink colour has"
        " gone."
    )
    other = (
        "Over the next weeks the body answers with fresh fibres, while the small wounds close within a day. Avoid"
        " sunshine, use a bland cream twice daily, wash with cool water and leave make-up away until the pink colour"
        " has gone."
    )
    marks = [
        {mark for finding, mark in zip(file.findings, fingerprints.of(file), strict=True) if finding.about}
        for file in (lint(f"# Needling\n\n{page}\n") for page in (f"{one}\n\n{other}", f"{other}\n\n{one}"))
    ]
    assert len(marks[0]) == 1
    assert marks[0] == marks[1]
