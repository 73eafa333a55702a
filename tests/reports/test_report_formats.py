"""Every format, held to golden files, and to what they must never do with the copy that they quote."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copylint.findings import FileReport, Finding, Report, Verdict
from copylint.reports import FORMATS, Citation, RulePage, Style, render
from copylint.reports.summary import counts, summary

GOLDEN = Path(__file__).parent / "golden"
TITLES = {"us-ftc-act-5": "Federal Trade Commission, FTC Act, section 5"}
PAGES = {
    "overclaim/permanence": RulePage(
        title="A lasting result is promised",
        severity="error",
        why='Bodies change. Regulators accept "permanent" only with evidence over years.',
        better=("Say how long results were followed up: {approved}.",),
        citations=(
            Citation("us", TITLES["us-ftc-act-5"], "https://ftc.example/act?part=5&line=1"),
            Citation("uk", "CAP Code, rule 3.7", ""),
        ),
        flagged=("Results are *permanent*.", *(f"Fat is gone for {number} lives." for number in range(12))),
        passed=("1. Results are not permanent.",),
    )
}
STYLE = Style(
    width=80, citation=lambda citation: TITLES.get(citation, citation), rule=PAGES.get,
    fails=lambda _, severity: severity != "suggestion",
)  # fmt: skip


@pytest.mark.parametrize(
    ("name", "format_", "style"),
    [
        ("full.txt", "full", STYLE),
        ("full-color.txt", "full", STYLE._replace(color=True, width=60)),
        ("concise.txt", "concise", STYLE),
        ("report.json", "json", STYLE),
        ("report.sarif", "sarif", STYLE),
        ("github.txt", "github", STYLE),
        ("gitlab.json", "gitlab", STYLE),
        ("junit.xml", "junit", STYLE),
        ("summary.md", "markdown", STYLE),
        ("report.csv", "csv", STYLE),
    ],
)
def test_the_report_is_as_its_golden_file(
    name: str, format_: str, style: Style, report: Report, golden: Callable[[Path, str], None]
) -> None:
    golden(GOLDEN / name, render(format_, report, style))


def test_every_format_of_the_table_has_its_module() -> None:
    assert all(find_spec(f"copylint.reports.{format_.module}") for format_ in FORMATS.values())


def test_json_has_the_keys_of_the_contract_in_their_order(report: Report) -> None:
    content = json.loads(render("json", report, STYLE))
    assert list(content)[:6] == ["schema", "version", "rules", "files", "summary", "notice"]
    assert [file["path"] for file in content["files"]] == ["clean.html", "docs/page.md"]
    assert content["errors"] == [{"path": "x\x1b[2J.md", "message": "is no text (binary data)"}]
    assert content["summary"] == {"error": 2, "warning": 2, "suggestion": 1}
    assert content["notice"] == "no legal advice; knowledge as of 2026-11"
    first = content["files"][1]["findings"][0]
    assert list(first)[:9] == ["rule", "severity", "message", "text", "span", "better", "fix", "verdicts", "status"]
    assert first["span"] == {
        "start": {"offset": 47, "line": 3, "column": 32},
        "end": {"offset": 58, "line": 3, "column": 43},
    }
    assert first["verdicts"]["uk"] == {"severity": "error", "citations": ["uk-cap-3-7", "us-example"]}


@pytest.mark.parametrize("format_", ["json", "sarif", "gitlab"])
def test_a_lone_surrogate_in_the_copy_is_still_valid_json(format_: str, hostile: Callable[..., Report]) -> None:
    text = render(format_, hostile("\ud800", path="\udfff.md"), STYLE)
    assert json.loads(text.encode("utf-8", "backslashreplace"))


def test_only_open_findings_are_shown_and_counted(report: Report) -> None:
    assert counts(report) == {"error": 2, "warning": 2, "suggestion": 1}
    assert render("concise", report, STYLE).count("\n") == 5


def test_the_summary_says_what_no_reader_may_overlook(report: Report) -> None:
    assert summary(report) == (
        "Found 2 errors, 2 warnings and 1 suggestion in 1 of 2 files, 1 suppressed or approved, 1 path not read"
        " · jurisdictions: us, uk · no legal advice; knowledge as of 2026-11"
    )
    clean = report._replace(files=report.files[:1])
    assert summary(clean).startswith("No findings in 1 file · jurisdictions: us, uk · no legal advice")


def test_a_report_without_findings_is_empty_for_people(report: Report) -> None:
    clean = report._replace(files=report.files[:1])
    assert (render("full", clean, STYLE), render("concise", clean, STYLE)) == ("", "")


@given(st.text(), st.text(), st.text())
def test_nothing_in_the_copy_reaches_the_terminal_raw(before: str, words: str, after: str) -> None:
    """Only newlines of our own, and the joiners that emoji and scripts need."""
    source = before + words + after
    found = Finding(
        rule="overclaim/hype", severity="error", message=f'"{words}" is too much.', why=after, text=words,
        start=len(before), end=len(before) + len(words), better=(before,), fix=words,
        verdicts={"us": Verdict("error", ("us-x",))},
    )  # fmt: skip
    file = FileReport(f"a{after}.md", "plain", source, 1, 1, {}, (found,))
    report = Report("0.1.0", "sha256:00", "2026-11", ("us",), (file,))
    concise = render("concise", report, STYLE)
    assert concise.count("\n") == 1
    for text in (concise, render("full", report, STYLE)):
        raw = {character for character in text if unicodedata.category(character) in ("Cc", "Cf", "Zl", "Zp", "Cs")}
        assert raw <= set("\n\u200c\u200d")


def test_findings_of_the_baseline_are_summed_up_apart(settled: Report) -> None:
    said = summary(settled).partition(" · ")[0]
    assert said.endswith("2 suppressed or approved, 1 in the baseline, 1 path not read")


@pytest.mark.parametrize("format_", [name for name, format_ in FORMATS.items() if format_.machine])
def test_a_report_for_a_program_says_what_was_not_read_and_is_the_same_each_time(format_: str, settled: Report) -> None:
    text = render(format_, settled, STYLE)
    assert "is no text (binary data)" in text
    assert "read as Windows-1252" in text
    assert "\x1b" not in text
    assert text.endswith("\n")
    assert text == render(format_, settled, STYLE)
