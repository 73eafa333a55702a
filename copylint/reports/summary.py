"""What a run comes to, in one line: counts, files, jurisdictions, and what no reader may overlook."""

from __future__ import annotations

from collections.abc import Iterator

from copylint.documents.document import Lines
from copylint.findings import SEVERITIES, FileReport, Finding, Report
from copylint.record import Record

UNREADABLE = "copylint/unreadable-file"
NOTICE = "copylint/file-notice"
"""What stands for the rule where a format wants one for something that is no finding."""


class Remark(Record):
    """What a run says of a file as a whole. rule: UNREADABLE or NOTICE. message: may hold anything, as copy does."""

    path: str
    rule: str
    message: str


def open_findings(file: FileReport) -> Iterator[Finding]:
    """The findings that count: not suppressed, approved or in the baseline."""
    return (finding for finding in file.findings if finding.status == "open")


def by_severity(report: Report) -> Iterator[tuple[FileReport, Finding, Lines]]:
    """Open findings with their file and the lines of it, the gravest first, then by file and place."""
    lines = [Lines(file.source) for file in report.files]
    for severity in SEVERITIES:
        for file, places in zip(report.files, lines, strict=True):
            yield from ((file, finding, places) for finding in open_findings(file) if finding.severity == severity)


def remarks(report: Report) -> Iterator[Remark]:
    """What could not be read, and then the notices, both in the order of the files."""
    yield from (Remark(file.path, UNREADABLE, file.error) for file in report.files if file.error)
    yield from (Remark(file.path, NOTICE, notice) for file in report.files for notice in file.notices)


def counts(report: Report) -> dict[str, int]:
    """Open findings by severity, from the gravest."""
    found = dict.fromkeys(SEVERITIES, 0)
    for file in report.files:
        for finding in open_findings(file):
            found[finding.severity] += 1
    return {str(severity): number for severity, number in found.items()}


def notice(report: Report) -> str:
    """What copylint is not, and how old its knowledge is."""
    return f"no legal advice; knowledge as of {report.knowledge_date}"


def summary(report: Report) -> str:
    """One line, without its end."""
    found = counts(report)
    parts = [_count(number, severity) for severity, number in found.items() if number]
    read = [file for file in report.files if not file.error]
    files = _count(len(read), "file")
    with_findings = sum(1 for file in read if any(open_findings(file)))
    said = f"Found {_listed(parts)} in {with_findings} of {files}" if parts else f"No findings in {files}"
    settled = sum(finding.status in ("suppressed", "approved") for file in read for finding in file.findings)
    if settled:
        said += f", {settled:,} suppressed or approved"
    known = sum(finding.status == "baseline" for file in read for finding in file.findings)
    if known:
        said += f", {known:,} in the baseline"
    unread = len(report.files) - len(read)
    if unread:
        said += f", {_count(unread, 'path')} not read"
    return f"{said} · jurisdictions: {', '.join(report.jurisdictions)} · {notice(report)}"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _listed(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
