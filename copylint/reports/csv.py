"""`csv`: one row a finding, settled ones too, for spreadsheets and for programs.

A spreadsheet takes a cell that begins with = + - @ for a formula, and copy comes from anywhere: such a cell gets an
apostrophe before it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from copylint.documents.document import Lines
from copylint.findings import FileReport, Finding, Report
from copylint.reports import Style
from copylint.reports.summary import UNREADABLE, remarks
from copylint.reports.visible import shortened

COLUMNS = (
    "path", "line", "column", "end_line", "end_column", "severity", "rule", "status", "reason", "message", "text",
    "better", "why", "jurisdictions", "regulations",
)  # fmt: skip
MOST_CHARACTERS = 32_000
"""Of a cell; a spreadsheet holds 32,767."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""What begins a formula, also in full width (OWASP, "CSV injection")."""


def render(report: Report, style: Style) -> str:
    """A header and the rows, by file and place; what is said of whole files comes last, without a place."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(COLUMNS)
    for file in report.files:
        table.writerows(_rows(file, style))
    for remark in remarks(report):
        severity = "error" if remark.rule == UNREADABLE else "notice"
        cells = {"path": remark.path, "severity": severity, "rule": remark.rule, "message": remark.message}
        table.writerow(_row(cells))
    return out.getvalue()


def _rows(file: FileReport, style: Style) -> Iterator[list[str]]:
    places = Lines(file.source)
    for finding in file.findings:
        line, column = places.position(finding.start)
        end_line, end_column = places.position(finding.end)
        cells = {
            "path": file.path, "line": str(line), "column": str(column), "end_line": str(end_line),
            "end_column": str(end_column), "severity": finding.severity, "rule": finding.rule,
            "status": finding.status, "reason": finding.reason, "message": finding.message, "text": finding.text,
            "better": _joined(finding.better), "why": finding.why,
            "jurisdictions": _joined(f"{where}: {verdict.severity}" for where, verdict in finding.verdicts.items()),
            "regulations": _joined(_regulations(finding, style)),
        }  # fmt: skip
        yield _row(cells)


def _regulations(finding: Finding, style: Style) -> list[str]:
    cited = [citation for verdict in finding.verdicts.values() for citation in verdict.citations]
    return [style.citation(citation) for citation in dict.fromkeys(cited)]


def _joined(texts: Iterable[str]) -> str:
    return " | ".join(texts)


def _row(cells: dict[str, str]) -> list[str]:
    return [_cell(cells.get(name, "")) for name in COLUMNS]


def _cell(text: str) -> str:
    """The text on one line, so that every row is a line, and never a formula."""
    line = shortened(text, MOST_CHARACTERS)
    return f"'{line}" if line.startswith(_FORMULA) else line
