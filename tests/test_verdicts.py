"""The table that tells a linter from a word list: one text a row, and what must be said of it."""

from __future__ import annotations

import pytest

from copylint.config import LintSettings
from copylint.documents.document import Source
from copylint.engine import lint
from copylint.rules.policy import load

ROWS = [
    ("The laser breaks down fat cells permanently.", [("overclaim/permanence", "permanently")]),
    ("Too much heat can leave the area permanently scarred.", []),
    ("Laser liposuction is never a miracle cure.", []),
    ("This is not surgery; it is a miracle.", [("overclaim/hype", "miracle")]),
    ("Is the filler safe? Yes, completely.", [("overclaim/safety", "completely")]),
    ("Beware of clinics that promise painless results.", []),
    (
        "The peel is not only painless but permanent.",
        [("overclaim/painless", "painless"), ("overclaim/permanence", "permanent")],
    ),
    (
        "FDA-approved solutions like Kybella melt fat when injected into the upper back.",
        [("regulator/off-label", "upper back")],
    ),
    ("Cryolipolysis is FDA-cleared for the flanks and abdomen.", []),
    (
        "Small choices add up. Speaking of which, somestore.com offers stylish plates for your liposuction diet.",
        [("promotion/plug", "somestore.com")],
    ),
    (
        "Advertisement\n\nSmall choices add up. Speaking of which, somestore.com offers stylish plates for your "
        "liposuction diet.",
        [],
    ),
    (
        '<p>Small choices add up. Speaking of which, <a rel="sponsored" href="https://somestore.com">somestore.com</a> '
        "offers stylish plates for your liposuction diet.</p>",
        [("promotion/plug", "somestore.com")],
    ),
]  # fmt: skip
QUIET_GROUPS = ("readability/", "structure/", "accuracy/")


@pytest.mark.parametrize(("text", "expected"), ROWS)
def test_row(text: str, expected: list[tuple[str, str]]) -> None:
    name = "row.html" if text.startswith("<") else "row.md"
    report = lint(Source(name, text), load(), LintSettings())
    found = [(finding.rule, finding.text) for finding in report.findings if not finding.rule.startswith(QUIET_GROUPS)]
    for rule, words in expected:
        assert any(rule == one and words in run for one, run in found), found
    if not expected:
        assert found == []


FREEZING = """\
# Cryolipolysis for the flanks

Our clinic offers cryolipolysis for the flanks and the abdomen. A cup cools the fat layer for about 35 minutes, and over
the next months the body clears the cells that were cooled. Most people have one or two sessions, and the change shows
after two to three months. {risks} How much the layer shrinks differs from person to person. Ask us at your consultation
whether the treatment suits you: a nurse looks at the area, asks about your health and about diseases that cold makes
worse, and tells you what it costs before you decide. You can take all the time that you need. We have used the same two
machines for six years, and we check them every spring. Bring loose clothes, eat as usual on the day, and plan a little
rest for the evening. If you smoke or take blood thinners, tell us first.
"""


@pytest.mark.parametrize(
    ("risks", "expected"),
    [
        ("Redness and numbness are common for some days.", ["risk/incomplete"]),
        ("There are no side effects.", ["overclaim/safety", "risk/undisclosed"]),
        (
            "Redness and numbness are common. Rarely, the skin suffers frostbite, and in a few people the fat grows "
            "instead of shrinking (paradoxical adipose hyperplasia) and must be taken out by surgery.",
            [],
        ),
    ],
)
def test_risks_of_the_treatment(risks: str, expected: list[str]) -> None:
    report = lint(Source("freezing.md", FREEZING.format(risks=risks)), load(), LintSettings())
    found = [finding for finding in report.findings if finding.rule.startswith(("risk/", "overclaim/safety"))]
    assert sorted(finding.rule for finding in found) == expected
    if expected == ["risk/incomplete"]:
        assert "paradoxical" in found[0].message
