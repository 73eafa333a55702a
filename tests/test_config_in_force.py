"""What severities and exceptions of the configuration do to findings, with the real engine and the real rules."""

from __future__ import annotations

from pathlib import Path

import pytest

from copylint.checks.settings import CheckSettings
from copylint.config import FileIgnore, LintSettings
from copylint.documents.document import Source
from copylint.engine import examine, lint
from copylint.findings import Finding
from copylint.rules.policy import load

TEXT = "Our peel is a miracle. Fat cells are gone for good.\n"
HYPE, PERMANENCE = "overclaim/hype", "overclaim/permanence"


def found(settings: LintSettings, path: str = "blog/page.md") -> dict[str, Finding]:
    return {finding.rule: finding for finding in lint(Source(path, TEXT), load(), settings).findings}


@pytest.mark.parametrize("severity", ["error", "warning", "suggestion"])
def test_a_severity_that_is_set_is_that_of_every_verdict(severity: str) -> None:
    settings = LintSettings(checks=CheckSettings(jurisdictions=("us", "uk")), severity=((HYPE, severity),))  # type: ignore[arg-type]
    finding = found(settings)[HYPE]
    assert finding.severity == severity
    assert {place: verdict.severity for place, verdict in finding.verdicts.items()} == {"us": severity, "uk": severity}


def test_the_severity_of_a_group_gives_way_to_that_of_a_rule() -> None:
    finding = found(LintSettings(severity=(("overclaim", "suggestion"), (HYPE, "warning"))))
    assert (finding[HYPE].severity, finding[PERMANENCE].severity) == ("warning", "suggestion")


def test_without_one_the_rules_count() -> None:
    assert found(LintSettings()) == found(LintSettings(severity=(("risk", "suggestion"),)))


REASONS = [
    ("off", LintSettings(severity=((HYPE, "off"),)), "overclaim/hype is turned off"),
    ("ignored", LintSettings(ignore=(HYPE,)), "overclaim/hype is not selected"),
    (
        "ignored in a file",
        LintSettings(per_file_ignores=(FileIgnore("blog/", (HYPE,), Path()),)),
        "overclaim/hype is ignored in this file",
    ),
    (
        "ignored in a file by group",
        LintSettings(select=(HYPE,), per_file_ignores=(FileIgnore("*.md", ("overclaim",), Path()),)),
        "overclaim/hype is ignored in this file",
    ),
]


@pytest.mark.parametrize(("settings", "reason"), [case[1:] for case in REASONS], ids=[case[0] for case in REASONS])
def test_what_is_not_reported_is_a_candidate_that_says_why(settings: LintSettings, reason: str) -> None:
    findings, candidates, _ = examine(Source("blog/page.md", TEXT), load(), settings)
    assert HYPE not in {finding.rule for finding in findings}
    assert reason in {one.reason for one in candidates if one.kind == "setting"}


def test_elsewhere_it_is_reported() -> None:
    settings = LintSettings(per_file_ignores=(FileIgnore("blog/", (HYPE,), Path()),))
    assert HYPE in found(settings, "pages/page.md")


def test_a_suppression_of_what_is_ignored_in_the_file_is_not_called_unused() -> None:
    text = f"<!-- copylint-disable-next {HYPE} -- as agreed -->\n\n{TEXT}"
    settings = LintSettings(per_file_ignores=(FileIgnore("blog/", (HYPE,), Path()),))
    rules = {one.rule for one in lint(Source("blog/page.md", text), load(), settings).findings}
    assert "copylint/unused-suppression" not in rules
