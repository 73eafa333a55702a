"""Suppressions on their whole way: from the configuration to the report, and in `copylint why`."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from copylint.cli import run
from copylint.config import LintSettings
from copylint.documents.document import Source
from copylint.engine import lint
from copylint.rules.policy import Policy, load

Run = Callable[..., tuple[int, str]]
UNTIL = "<!-- copylint-disable-next overclaim/hype until 2027-03-01 by J. Doe -- a name -->\n\nThe peel is a miracle.\n"


@pytest.fixture(scope="module")
def policy() -> Policy:
    return load()


@pytest.fixture
def copylint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> Run:
    """Runs copylint in an empty folder: exit code and standard output."""
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str) -> tuple[int, str]:
        code = run(arguments)
        return code, capfdbinary.readouterr().out.decode()

    return call


def statuses(text: str, policy: Policy, day: str) -> list[tuple[str, str]]:
    report = lint(Source("page.md", text), policy, LintSettings(), clock=lambda: day)
    return [(finding.rule, finding.status) for finding in report.findings]


def test_the_day_decides_and_nothing_else(policy: Policy) -> None:
    assert statuses(UNTIL, policy, "2027-03-01") == [("overclaim/hype", "suppressed")]
    assert statuses(UNTIL, policy, "2027-03-02") == [
        ("copylint/expired-suppression", "open"),
        ("overclaim/hype", "open"),
    ]


def test_a_suppressed_finding_stays_in_the_report_and_does_not_count(copylint: Run) -> None:
    Path("page.md").write_text(UNTIL.replace("2027", "2999"), encoding="utf-8")
    code, out = copylint("check", "--format", "json", "page.md")
    report = json.loads(out)
    (finding,) = report["files"][0]["findings"]
    assert (finding["status"], finding["reason"]) == ("suppressed", "a name; by J. Doe; until 2999-03-01")
    assert (code, report["summary"]) == (0, {"error": 0, "warning": 0, "suggestion": 0})


def test_the_configuration_asks_for_reasons_or_not(copylint: Run) -> None:
    Path("page.md").write_text("---\ncopylint-disable: overclaim/hype\n---\n\nA miracle.\n", encoding="utf-8")
    assert "copylint/missing-reason" in copylint("check", "-f", "concise", "page.md")[1]
    Path("copylint.toml").write_text("require-reason = false\n", encoding="utf-8")
    assert copylint("check", "-f", "concise", "--fail-on", "suggestion", "page.md") == (0, "")


def test_the_configuration_sets_how_grave_misuse_is(copylint: Run) -> None:
    Path("page.md").write_text("<!-- copylint-enable -->\n\nPlain words.\n", encoding="utf-8")
    assert copylint("check", "-f", "concise", "page.md")[0] == 0
    Path("copylint.toml").write_text('severity = {"copylint" = "error"}\n', encoding="utf-8")
    assert copylint("check", "-f", "concise", "page.md")[0] == 1
    Path("copylint.toml").write_text('ignore = ["copylint"]\n', encoding="utf-8")
    assert copylint("check", "-f", "concise", "page.md") == (0, "")


def test_why_tells_what_a_comment_hides_and_who_said_so(copylint: Run) -> None:
    Path("page.md").write_text(UNTIL.replace("2027", "2999"), encoding="utf-8")
    _, comment = copylint("why", "page.md:1")
    assert comment == (
        'page.md:1:28: copylint-disable-next "overclaim/hype"\n'
        '    suppresses "miracle" on line 3: a name; by J. Doe; until 2999-03-01\n'
    )
    _, passage = copylint("why", "page.md:3")
    assert "    suppressed (a name; by J. Doe; until 2999-03-01): " in passage


def test_why_names_a_few_findings_and_counts_the_rest(copylint: Run) -> None:
    text = "---\ncopylint-disable: overclaim/hype\n---\n\n" + "The peel is a miracle.\n\n" * 7
    Path("page.md").write_text(text, encoding="utf-8")
    _, out = copylint("why", "page.md:2")
    assert 'page.md:2:19: copylint-disable "overclaim/hype"\n    suppresses "miracle" on line 5, ' in out
    assert out.rstrip().splitlines()[1].endswith('"miracle" on line 13, 2 more')
