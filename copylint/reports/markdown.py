"""`markdown`: a summary for a pull request, a merge request or the page of a job.

Open findings in a table, the gravest first, as many as a comment on GitHub holds; the rest is counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from copylint.documents.document import Lines
from copylint.findings import FileReport, Finding, Report
from copylint.reports import Style
from copylint.reports.commonmark import escaped
from copylint.reports.summary import UNREADABLE, Remark, by_severity, remarks, summary

MOST_CHARACTERS = 60_000
"""Of the whole; a comment on GitHub holds 65,536."""
MOST_REMARKS = 20
"""Files that could not be read, and notices: of each."""
MOST_IN_A_CELL = 300


def render(report: Report, style: Style) -> str:
    """Markdown that means the same on GitHub, on GitLab and in any reader of tables. style is not used."""
    said = list(remarks(report))
    parts = ["## copylint", escaped(summary(report))]
    parts += _list("Not read", [remark for remark in said if remark.rule == UNREADABLE])
    notices = [*_list("Notices", [remark for remark in said if remark.rule != UNREADABLE])]
    room = MOST_CHARACTERS - sum(map(len, (*parts, *notices)))
    parts += [*_table(report, room), *notices]
    return "\n\n".join(parts) + "\n"


def _table(report: Report, room: int) -> Iterator[str]:
    """The table of findings in at most so many characters, and a line that counts those that have no room."""
    lines = ["| severity | file | line | rule | what | instead |", "| --- | --- | --- | --- | --- | --- |"]
    left: Counter[str] = Counter()
    for file, finding, places in by_severity(report):
        row = _row(file, finding, places)
        room -= len(row) + 1
        if room >= 0 and not left:
            lines.append(row)
        else:
            left[finding.severity] += 1
    if len(lines) > 2:
        yield "\n".join(lines)
    if left:
        counted = ", ".join(f"{number:,} {severity}{'' if number == 1 else 's'}" for severity, number in left.items())
        yield f"{counted} more: a comment has no room for all."


def _row(file: FileReport, finding: Finding, places: Lines) -> str:
    cells = (
        finding.severity,
        escaped(file.path),
        str(places.position(finding.start)[0]),
        escaped(finding.rule),
        escaped(finding.message, MOST_IN_A_CELL),
        "<br>".join(escaped(text, MOST_IN_A_CELL) for text in finding.better),
    )
    return f"| {' | '.join(cells)} |"


def _list(title: str, said: list[Remark]) -> Iterator[str]:
    """What is said of whole files under a title, or nothing."""
    if not said:
        return
    lines = [f"- {escaped(f'{one.path}: {one.message}', MOST_IN_A_CELL)}" for one in said[:MOST_REMARKS]]
    if len(said) > MOST_REMARKS:
        lines.append(f"- and {len(said) - MOST_REMARKS:,} more")
    yield f"**{title}**"
    yield "\n".join(lines)
