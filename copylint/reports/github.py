"""`github`: workflow commands, which GitHub Actions shows as annotations beside the changed lines.

    ::error file=page.md,line=1,endLine=1,col=7,endColumn=24,title=overclaim/permanence::page.md:1:7: ...

GitHub keeps the first ten of each kind that a step prints. So at most ten are printed, the gravest first, and a last
line counts the others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import starmap
from typing import NamedTuple

from copylint.documents.document import Lines
from copylint.findings import FileReport, Finding, Report, Severity
from copylint.reports import Style
from copylint.reports.summary import UNREADABLE, Remark, by_severity, remarks
from copylint.reports.visible import shortened, visible

KINDS: dict[Severity, str] = {"error": "error", "warning": "warning", "suggestion": "notice"}
MOST = 10
"""Annotations of a kind that GitHub shows for one step."""
MOST_CHARACTERS = 1000
"""Of one line of a message."""


class Annotation(NamedTuple):
    """One workflow command. place: lines and columns by the names of their properties. said: lines of the message."""

    kind: str
    path: str
    rule: str
    place: Mapping[str, int]
    said: list[str]


def render(report: Report, style: Style) -> str:
    """At most ten commands of a kind, by severity, then file and place; the rest in a count. style is not used."""
    printed: Counter[str] = Counter()
    left: Counter[str] = Counter()
    lines = []
    for annotation in _annotations(report):
        if printed[annotation.kind] < MOST:
            printed[annotation.kind] += 1
            lines.append(_command(annotation))
        else:
            left[annotation.kind] += 1
    if left:
        counted = ", ".join(f"{number:,} {kind}{'' if number == 1 else 's'}" for kind, number in left.items())
        lines.append(f"copylint: {counted} more; GitHub shows {MOST} annotations of a kind for one step")
    return "".join(f"{line}\n" for line in lines)


def _annotations(report: Report) -> Iterator[Annotation]:
    said = list(remarks(report))
    for remark in said:
        if remark.rule == UNREADABLE:
            yield _of_file("error", remark)
    yield from starmap(_of_finding, by_severity(report))
    for remark in said:
        if remark.rule != UNREADABLE:
            yield _of_file("notice", remark)


def _of_file(kind: str, remark: Remark) -> Annotation:
    return Annotation(kind, remark.path, remark.rule, {}, [f"{remark.path}: {remark.message}"])


def _of_finding(file: FileReport, finding: Finding, places: Lines) -> Annotation:
    line, column = places.position(finding.start)
    end_line, end_column = places.position(finding.end)
    place = {"line": line, "endLine": end_line}
    if line == end_line:
        # GitHub takes columns only where both are of one line.
        place |= {"col": column, "endColumn": end_column}
    said = [f"{file.path}:{line}:{column}: {finding.message}", *(f"Instead: {text}" for text in finding.better)]
    return Annotation(KINDS[finding.severity], file.path, finding.rule, place, said)


def _command(annotation: Annotation) -> str:
    place = "".join(f",{name}={number}" for name, number in annotation.place.items())
    path, title = _property(visible(annotation.path)), _property(visible(annotation.rule))
    message = "\n".join(shortened(line, MOST_CHARACTERS) for line in annotation.said)
    return f"::{annotation.kind} file={path}{place},title={title}::{_data(message)}"


def _data(text: str) -> str:
    """Escaped as the runner unescapes it."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
