"""`concise`: one line a finding, path:line:column: severity rule message. Editors and grep read it as well."""

from __future__ import annotations

from copylint.documents.document import Lines
from copylint.findings import Finding, Report
from copylint.reports import Style
from copylint.reports.paint import paint
from copylint.reports.summary import open_findings
from copylint.reports.visible import one_line, visible


def render(report: Report, style: Style) -> str:
    """The open findings, by file and place."""
    lines = []
    for file in report.files:
        places = Lines(file.source)
        for finding in open_findings(file):
            line, column = places.position(finding.start)
            lines.append(headline(file.path, line, column, finding, style) + "\n")
    return "".join(lines)


def headline(path: str, line: int, column: int, finding: Finding, style: Style) -> str:
    """The line that names a finding."""
    place = paint(f"{visible(path)}:{line}:{column}:", "place", color=style.color)
    severity = paint(finding.severity, finding.severity, color=style.color)
    rule = paint(visible(finding.rule), "rule", color=style.color)
    return f"{place} {severity} {rule} {one_line(finding.message)}"
