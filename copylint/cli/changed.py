"""What `check --diff` leaves of a run: the files that have changed, and in them what stands on changed lines.

A finding stands on the lines of its words and of the sentences that these are in, for a sentence that loses its "not"
in one line may become a claim in the next. That holds for what is missing on a page as well: it is reported where the
passage that brings the duty has changed, and in new files.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import click

from copylint.cli.options import Judgings
from copylint.documents import format_of, parse
from copylint.documents.document import Source
from copylint.files import Choice
from copylint.findings import FileReport, Report
from copylint.language.reading import Reading
from copylint.reports.summary import open_findings
from copylint.reports.visible import one_line
from copylint.rules.policy import Policy
from copylint.verdicts.changes import EVERYTHING, NOTHING, Runs, since, touches


class Changed(NamedTuple):
    """The changed files among those that were chosen. lines: of each, by the path that it is shown as."""

    revision: str
    choice: Choice
    lines: Mapping[str, Runs]
    unchanged: int
    """Files that were chosen and have not changed."""


def among(choice: Choice, revision: str) -> Changed:
    """The files that have changed since a revision. Raises ConfigError and UsageError."""
    if any(one.path is None for one in choice.files):
        raise click.UsageError("--diff is of files: git knows nothing of standard input. Give paths.")
    changes = since(revision, Path.cwd())
    lines = {one.shown: changes.of(one.path) for one in choice.files if one.path is not None}
    files = tuple(one for one in choice.files if lines[one.shown] != NOTHING)
    return Changed(revision, choice._replace(files=files), lines, len(choice.files) - len(files))


def only(report: Report, changed: Changed, judgings: Judgings) -> tuple[Report, list[str]]:
    """The report with the findings on changed lines, and what to tell the user of the others."""
    kept = report._replace(
        files=tuple(
            _touching(file, changed.lines[file.path], judgings.by_path[file.path].policy) if file.findings else file
            for file in report.files
        )
    )
    return kept, [_remark(changed, _count_open(report) - _count_open(kept))]


def _count_open(report: Report) -> int:
    return sum(1 for file in report.files for _ in open_findings(file))


def _remark(changed: Changed, left_out: int) -> str:
    parts = [f"only what has changed since {one_line(changed.revision)}"]
    if changed.unchanged:
        parts.append(f"{_count(changed.unchanged, 'file')} without a change not read")
    if left_out:
        parts.append(f"{_count(left_out, 'finding')} on unchanged lines left out")
    return "; ".join(parts)


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _touching(file: FileReport, runs: Runs, policy: Policy) -> FileReport:
    """The file with the findings that stand on changed lines, whatever their status."""
    if runs == EVERYTHING:
        return file
    line_ends = [at for at, sign in enumerate(file.source) if sign == "\n"]
    sentences = _sentences(file, policy)
    kept = []
    for finding in file.findings:
        start, end = _widened(finding.start, max(finding.end, finding.start + 1), sentences)
        if touches(runs, bisect_left(line_ends, start) + 1, bisect_left(line_ends, end - 1) + 1):
            kept.append(finding)
    return file._replace(findings=tuple(kept))


def _widened(start: int, end: int, sentences: list[tuple[int, int]]) -> tuple[int, int]:
    """The place with the whole of the sentences that it overlaps."""
    first = bisect_right(sentences, start, key=lambda sentence: sentence[1])
    last = bisect_left(sentences, end, key=lambda sentence: sentence[0]) - 1
    if first > last:
        return start, end
    return min(start, sentences[first][0]), max(end, sentences[last][1])


def _sentences(file: FileReport, policy: Policy) -> list[tuple[int, int]]:
    """The source offsets of the sentences, in order."""
    document = parse(Source(file.path, file.source), format_of(file.path) or "plain")
    spans = (document.source_span(one.start, one.end) for one in Reading(document, policy.cues).sentences)
    return sorted(spans)
