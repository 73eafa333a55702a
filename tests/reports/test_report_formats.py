"""The three formats, held to golden files, and to what they must never do with the copy that they quote."""

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
from copylint.reports import FORMATS, Style, render
from copylint.reports.summary import counts, summary

GOLDEN = Path(__file__).parent / "golden"
TITLES = {"us-ftc-act-5": "Federal Trade Commission, FTC Act, section 5"}
STYLE = Style(width=80, citation=lambda citation: TITLES.get(citation, citation))


@pytest.mark.parametrize(
    ("name", "format_", "style"),
    [
        ("full.txt", "full", STYLE),
        ("full-color.txt", "full", STYLE._replace(color=True, width=60)),
        ("concise.txt", "concise", STYLE),
        ("report.json", "json", STYLE),
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


def test_a_lone_surrogate_in_the_copy_is_still_valid_json(report: Report) -> None:
    clean = report.files[0]._replace(notices=("\ud800",))
    text = render("json", report._replace(files=(clean,)), STYLE)
    assert json.loads(text.encode("utf-8", "backslashreplace"))["files"][0]["notices"] == ["\ud800"]


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
