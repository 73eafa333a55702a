"""`copylint why`: what was looked at in a place, and what became of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from copylint import files
from copylint.cli import options
from copylint.documents.document import Document, Lines
from copylint.findings import Candidate, Finding
from copylint.reports.visible import one_line, visible

if TYPE_CHECKING:
    from copylint.config import LintSettings
    from copylint.rules.policy import Policy

_PLACE = re.compile(r"(?P<path>.+?)(?::(?P<line>\d+)(?::\d+)?)?:?", re.DOTALL)
_MOST_HIDDEN = 5
"""Findings that are named for each suppression."""
_KINDS = {
    "context": "context", "let-through": "exception of the rule", "unless": "something near it",
    "requires": "condition", "subject": "subject", "duty": "nothing owed", "setting": "setting",
}  # fmt: skip


@click.command(name="why", short_help="Say what was looked at in a place, and why it passed.")
@click.argument("place", metavar="FILE[:LINE]")
@options.rule_options
@options.config_options
def command(
    place: str,
    jurisdiction: tuple[str, ...],
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    config_file: Path | None,
    no_config: bool,
) -> None:
    """Show each candidate in a file or on a line: the rule, the words, and what let it through or did not."""
    path, line = split_place(place)
    settings = options.read_settings(config_file, no_config, path=Path(path))
    policy = options.load_policy(settings)
    settings = options.override(settings, policy, jurisdiction=jurisdiction, select=select, ignore=ignore)
    answers = list(_answers(path, line, policy, settings))
    if not answers:
        where = f"line {line} of {path}" if line else path
        answers = [f"No rule looks at anything in {visible(where)}."]
    click.echo("\n".join(answers))


def split_place(place: str) -> tuple[str, int]:
    r"""FILE, FILE:LINE or FILE:LINE:COLUMN as a path and a line from 1 (0: the whole file). C:\page.md is a path."""
    if Path(place).exists():
        return place, 0
    match = _PLACE.fullmatch(place)
    return (match["path"], int(match["line"] or 0)) if match else (place, 0)


def _answers(path: str, line: int, policy: Policy, settings: LintSettings) -> Iterator[str]:
    from copylint.engine import examine

    choice = files.choose([path])
    for problem in choice.problems:
        raise click.ClickException(f"{visible(problem.shown)} {problem.message}")
    for chosen in choice.files:
        try:
            source = files.read(chosen)
        except files.UnreadableError as error:
            raise click.ClickException(f"{visible(chosen.shown)} {error}") from None
        places = Lines(source.text)
        last, _ = places.position(len(source.text))
        if line > last:
            raise click.ClickException(f"{visible(chosen.shown)} has only {last:,} lines.")
        findings, candidates, reading = examine(source, policy, settings)
        told = [*(_of_finding(one) for one in findings), *(_of_candidate(one, reading.document) for one in candidates)]
        if any(one.status == "suppressed" for one in findings):
            told.extend(_of_suppressions(findings, reading.document, policy, places))
        for start, end, rule, text, verdict in sorted(told):
            first, column = places.position(start)
            final, _ = places.position(max(start, end - 1))
            if not line or first <= line <= final:
                yield f'{visible(chosen.shown)}:{first}:{column}: {rule} "{one_line(text)}"'
                yield f"    {one_line(verdict)}"


_Told = tuple[int, int, str, str, str]
"""Source offsets, rule, text, what became of it."""


def _of_finding(finding: Finding) -> _Told:
    verdict = f"found ({finding.severity}): {finding.message}"
    if finding.status != "open":
        verdict = f"{finding.status}{f' ({finding.reason})' if finding.reason else ''}: {finding.message}"
    return finding.start, finding.end, finding.rule, finding.text, verdict


def _of_suppressions(findings: list[Finding], document: Document, policy: Policy, places: Lines) -> Iterator[_Told]:
    """What each comment that switches rules off hides, told at its own place."""
    from copylint.verdicts import suppressions

    for one in suppressions.in_force(findings, document, policy):
        hidden = [
            f'"{finding.text}" on line {places.position(finding.start)[0]}' for finding in one.hides[:_MOST_HIDDEN]
        ]
        if len(one.hides) > len(hidden):
            hidden.append(f"{len(one.hides) - len(hidden):,} more")
        verdict = f"suppresses {', '.join(hidden)}" + (f": {one.reason}" if one.reason else "")
        yield one.name.start, one.name.end, one.form, one.name.text, verdict


def _of_candidate(candidate: Candidate, document: Document) -> _Told:
    start, end = document.source_span(candidate.start, candidate.end)
    verdict = f"let through ({_KINDS.get(candidate.kind, candidate.kind)}): {candidate.reason}"
    if candidate.cue_start is not None and candidate.cue_end is not None:
        verdict += f' [cue: "{document.text[candidate.cue_start : candidate.cue_end]}"]'
    return start, end, candidate.rule, document.text[candidate.start : candidate.end], verdict
