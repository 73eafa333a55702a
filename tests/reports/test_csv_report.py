"""The table for spreadsheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copylint.findings import Report
from copylint.reports import Style, render
from copylint.reports.csv import COLUMNS


def rows(report: Report, style: Style = Style()) -> list[dict[str, str]]:  # noqa: B008  # a tuple
    return list(csv.DictReader(io.StringIO(render("csv", report, style), newline=""), strict=True))


def test_every_finding_is_a_row_settled_ones_too(settled: Report) -> None:
    found = rows(settled)
    assert [row["status"] for row in found] == ["baseline", "suppressed", "approved", "open", "open", "open", "", ""]
    assert found[2]["reason"] == "C-014: measured over two years"
    assert [row["severity"] for row in found[-2:]] == ["error", "notice"]
    assert [row["message"] for row in found[-2:]] == ["is no text (binary data)", "read as Windows-1252"]


def test_a_row_has_place_verdicts_and_regulations(report: Report) -> None:
    row = rows(report, Style(citation=lambda citation: citation.upper()))[0]
    assert (row["path"], row["line"], row["column"], row["end_column"]) == ("docs/page.md", "3", "32", "43")
    assert row["jurisdictions"] == "us: warning | uk: error"
    assert row["regulations"] == "US-FTC-ACT-5 | US-EXAMPLE | UK-CAP-3-7"


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "＝1", '=HYPERLINK("https://phish.example")'],
)
def test_copy_is_never_a_formula(text: str, hostile: Callable[..., Report]) -> None:
    for row in rows(hostile(text, path=text)):
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r", "＝")) for cell in row.values())
    assert rows(hostile(text))[0]["text"] == f"'{text.strip()}"


@given(st.text(min_size=1), st.text(min_size=1))
def test_every_row_is_a_line_with_all_cells(hostile: Callable[..., Report], text: str, path: str) -> None:
    report = hostile(text, path=path)
    assert render("csv", report, Style()).count("\n") == 4
    for row in rows(report):
        assert tuple(row) == COLUMNS
        assert None not in row.values()
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row.values())


def test_a_cell_is_no_longer_than_a_spreadsheet_takes(hostile: Callable[..., Report]) -> None:
    assert max(len(cell) for cell in rows(hostile("word " * 10_000))[0].values()) == 32_000
