"""`json`: the whole run for programs. The keys and their order are a contract; more keys may be added."""

from __future__ import annotations

import json

from copylint.documents.document import Lines
from copylint.findings import FileReport, Finding, Report
from copylint.reports import Style
from copylint.reports.summary import counts, notice

SCHEMA = 1
"""Goes up when a key changes its meaning or goes away."""


def render(report: Report, style: Style) -> str:
    """One JSON object; the same run gives the same bytes. style is not used."""
    content = {
        "schema": SCHEMA,
        "version": report.version,
        "rules": report.rules,
        "files": [_file(file) for file in report.files if not file.error],
        "summary": counts(report),
        "notice": notice(report),
        "jurisdictions": list(report.jurisdictions),
        "errors": [{"path": file.path, "message": file.error} for file in report.files if file.error],
    }
    return json.dumps(content, ensure_ascii=False, allow_nan=False, indent=2) + "\n"


def _file(file: FileReport) -> dict[str, object]:
    places = Lines(file.source)
    return {
        "path": file.path,
        "format": file.format,
        "words": file.words,
        "words_read": file.words_read,
        "readability": dict(file.readability),
        "findings": [_finding(finding, places) for finding in file.findings],
        "notices": list(file.notices),
    }


def _finding(finding: Finding, places: Lines) -> dict[str, object]:
    return {
        "rule": finding.rule,
        "severity": finding.severity,
        "message": finding.message,
        "text": finding.text,
        "span": {"start": _place(finding.start, places), "end": _place(finding.end, places)},
        "better": list(finding.better),
        "fix": finding.fix,
        "verdicts": {
            jurisdiction: {"severity": verdict.severity, "citations": list(verdict.citations)}
            for jurisdiction, verdict in finding.verdicts.items()
        },
        "status": finding.status,
        "reason": finding.reason,
        "why": finding.why,
    }


def _place(offset: int, places: Lines) -> dict[str, int]:
    line, column = places.position(offset)
    return {"offset": offset, "line": line, "column": column}
