"""`copylint check`: read files, report what is found in them."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from copylint import files
from copylint.cli import CLEAN, FINDINGS, TROUBLE, options
from copylint.cli.options import Judging, Judgings, Scope
from copylint.cli.progress import with_progress
from copylint.config import FAIL_ON, FailOn
from copylint.findings import FileReport, Report
from copylint.reports import FORMATS, Citation, RulePage, Style, render
from copylint.reports.summary import open_findings, summary
from copylint.reports.visible import visible
from copylint.version import VERSION

if TYPE_CHECKING:
    from copylint.cli.changed import Changed
    from copylint.cli.known import Baselines
    from copylint.reports.destinations import Destination
    from copylint.rules.policy import Policy

MUCH = 50_000
"""Bytes of copy."""


@click.command(name="check", short_help="Check copy.")
@click.argument("paths", nargs=-1, metavar="[PATHS]...")
@click.option("-f", "--format", "format_", type=click.Choice(list(FORMATS)), default="full", help="[default: full]")
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Write the report to a file.")
@click.option(
    "--report", "further", multiple=True, metavar="FORMAT=FILE", help="Write a further report. May be repeated."
)
@options.rule_options
@click.option(
    "--fail-on", type=click.Choice(FAIL_ON), help="The mildest severity that gives exit code 1. [default: error]"
)
@click.option(
    "--baseline",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Count only what this file does not know, in place of the configured one. See copylint baseline.",
)
@click.option("--no-baseline", is_flag=True, help="Count known findings too.")
@click.option("--diff", "revision", metavar="REV", help="Report only what stands on lines changed since this revision.")
@click.option("--exit-zero", is_flag=True, help="Exit with 0 even where there are findings.")
@click.option(
    "--stdin-filename", default="", metavar="FILE", help='What "-" (standard input) is called, and its format.'
)
@options.config_options
@click.option(
    "-j", "--jobs", type=click.IntRange(min=0), default=0, metavar="N",
    help="Check with at most N processes. [default: 0, as many as there are processors, where it pays]",
)  # fmt: skip
@click.option("--no-cache", is_flag=True, help="Neither look up nor keep results of large runs.")
@options.color_option
@click.option("-q", "--quiet", is_flag=True, help="Print findings and errors, nothing else.")
def command(
    paths: tuple[str, ...],
    format_: str,
    output: Path | None,
    further: tuple[str, ...],
    jurisdiction: tuple[str, ...],
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    fail_on: FailOn | None,
    baseline: Path | None,
    no_baseline: bool,
    revision: str | None,
    exit_zero: bool,
    stdin_filename: str,
    config_file: Path | None,
    no_config: bool,
    jobs: int,
    no_cache: bool,
    color: str,
    quiet: bool,
) -> int:
    """Check files, folders and globs (default: the working folder; "-" is standard input).

    Exit code 0: no finding at or above --fail-on. 1: findings. 2: usage, configuration, or input that cannot be read.
    """
    paths = paths or ((files.STANDARD_INPUT,) if stdin_filename else (".",))
    if stdin_filename and files.STANDARD_INPUT not in paths:
        raise click.UsageError('--stdin-filename names standard input: give "-" as the path.')
    if baseline is not None and no_baseline:
        raise click.UsageError("--baseline and --no-baseline exclude each other.")
    scope = options.scope(config_file, no_config, options.Overrides(jurisdiction, select, ignore, fail_on))
    choice = files.choose(paths, exclude=scope.configurations, stdin_name=stdin_filename)
    reports = _destinations(further, choice, output)
    changed = None if revision is None else _changed(choice, revision)
    if changed is not None:
        choice = changed.choice
    judgings = scope.of_files(choice.files)
    policy = judgings.used[0].policy
    baselines = None if no_baseline else _baselines(judgings, baseline)
    report = report_on(choice, judgings, progress=not quiet and sys.stderr.isatty(), jobs=jobs, cache=not no_cache)
    remarks: list[str] = []
    if baselines is not None:
        # Of a folder, a run for changes reads only some files: it cannot say that the others' findings are gone.
        report, remarks = _told_apart(report, baselines, scope, judgings, () if changed else paths)
    if changed is not None:
        from copylint.cli import changed as changes

        report, said = changes.only(report, changed, judgings)
        remarks += said
    style = Style(
        color=options.use_color(color, terminal=output is None and sys.stdout.isatty()),
        width=options.columns(),
        citation=lambda citation: options.citation_title(citation, policy),
        rule=lambda rule: next(filter(None, (_rule_page(rule, one.policy) for one in judgings.used)), None),
        fails=judgings.fails,
    )
    _write(render(format_, report, style), output, color=style.color, exact=FORMATS[format_].machine)
    all_written = _write_further(reports, report, style)
    _say(report, choice, quiet=quiet, summed_up=output is not None or not FORMATS[format_].machine, remarks=remarks)
    if not all_written or any(file.error for file in report.files):
        return TROUBLE
    failed = any(judgings.fails(file.path, one.severity) for file in report.files for one in open_findings(file))
    return FINDINGS if failed and not exit_zero else CLEAN


def report_on(choice: files.Choice, judgings: Judgings, *, progress: bool, jobs: int = 0, cache: bool = True) -> Report:
    """Check the files. progress: show a bar, if it takes long. jobs: as --jobs. cache: look up and keep results.

    Raises ConfigError for a register of claims.
    """
    _read_registers(judgings)
    unusable = [_unread(problem.shown, problem.message) for problem in choice.problems]
    checked = _lint_all(choice.files, judgings.by_path, jobs=jobs, cache=cache)
    read = with_progress(checked, count=len(choice.files), shown=progress)
    reports = sorted([*read, *unusable], key=lambda file: file.path)
    date = judgings.used[0].policy.knowledge.date
    return Report(VERSION, judgings.digest, date, judgings.jurisdictions, tuple(reports))


def _changed(choice: files.Choice, revision: str) -> Changed:
    """The files that have changed since a revision. Raises ConfigError and UsageError."""
    from copylint.cli.changed import among

    return among(choice, revision)


def _read_registers(judgings: Judgings) -> None:
    """Read the registers of approved claims: a fault in one ends the run before it begins. Most runs have none."""
    if any(one.settings.claims is not None for one in judgings.used):
        from copylint.cli import claims

        claims.read_registers(judgings)


def _baselines(judgings: Judgings, named: Path | None) -> Baselines | None:
    """The baselines of a run, read. Most runs have none, and import nothing of them. Raises ConfigError."""
    if named is None and all(one.settings.baseline is None for one in judgings.used):
        return None
    from copylint.cli import known

    return known.of_run(judgings, named)


def _told_apart(
    report: Report, baselines: Baselines, scope: Scope, judgings: Judgings, paths: tuple[str, ...]
) -> tuple[Report, list[str]]:
    """The report with known findings told from new ones, and lines for the user about the baselines."""
    from copylint.cli import known

    report, compared = known.compare(report, baselines, scope=scope, judgings=judgings, paths=paths)
    return report, known.remarks(compared)


def _lint_all(
    chosen: Sequence[files.Chosen], judgings: Mapping[str, Judging], *, jobs: int, cache: bool
) -> Iterator[FileReport]:
    if jobs > 1 or _is_much(chosen):
        from copylint.cli import batch

        yield from batch.lint_all(chosen, judgings, jobs=jobs, cache=cache)
        return
    from copylint.engine import lint

    for one in chosen:
        try:
            source = files.read(one)
        except files.UnreadableError as error:
            yield _unread(one.shown, str(error))
        else:
            settings, policy = judgings[one.shown]
            yield lint(source, policy, settings)


def _is_much(chosen: Sequence[files.Chosen]) -> bool:
    """Whether there is so much copy that workers and kept results bring more than they cost."""
    left = MUCH
    for one in chosen:
        try:
            left -= one.path.stat().st_size if one.path else 0
        except OSError:
            continue
        if left < 0:
            return True
    return False


def _unread(path: str, error: str) -> FileReport:
    return FileReport(path, "", "", 0, 0, {}, (), error=error)


def _write(text: str, output: Path | None, *, color: bool, exact: bool) -> None:
    """exact: UTF-8 whatever the terminal speaks, for programs read it. Lone surrogates are valid as JSON escapes."""
    if output is not None:
        _save(text, output)
    elif exact:
        click.echo(text.encode("utf-8", "backslashreplace"), nl=False)
    else:
        click.echo(text, nl=False, color=color)


def _save(text: str, path: Path) -> None:
    try:
        path.write_bytes(text.encode("utf-8", "backslashreplace"))
    except OSError as error:
        raise click.FileError(str(path), error.strerror or str(error)) from error


def _destinations(further: tuple[str, ...], choice: files.Choice, output: Path | None) -> tuple[Destination, ...]:
    """The reports that --report asks for. Raises ConfigError."""
    if not further:
        return ()
    from copylint.reports.destinations import destinations

    return destinations(further, read=(one.path for one in choice.files if one.path), output=output)


def _write_further(reports: tuple[Destination, ...], report: Report, style: Style) -> bool:
    """Whether all could be written. One that could not is said on stderr, and the others are written all the same."""
    failed = False
    for one in reports:
        try:
            _save(render(one.format, report, style._replace(color=False, width=100)), one.path)
        except click.FileError as error:
            error.show()
            failed = True
    return not failed


def _rule_page(rule_id: str, policy: Policy) -> RulePage | None:
    """What a report may say of a rule."""
    rule = policy.rules.get(rule_id)
    if rule is None:
        return None
    page = policy.page(rule_id)
    regulations = policy.knowledge.regulations
    citations = tuple(
        Citation(where, options.citation_title(one, policy), regulations[one].url if one in regulations else "")
        for where, cited in rule.citations.items()
        for one in cited
    )
    return RulePage(
        rule.title, rule.severity, rule.why, rule.better, citations, page.flag_examples, page.pass_examples
    )  # fmt: skip


def _say(report: Report, choice: files.Choice, *, quiet: bool, summed_up: bool, remarks: Iterable[str] = ()) -> None:
    """Everything that is no finding, on stderr."""
    for file in report.files:
        if file.error:
            click.echo(f"{visible(file.path)}: error: {visible(file.error)}", err=True)
        if not quiet:
            for notice in file.notices:
                click.echo(f"{visible(file.path)}: notice: {visible(notice)}", err=True)
    if quiet:
        return
    for remark in remarks:
        click.echo(f"notice: {visible(remark)}", err=True)
    if choice.excluded and not report.files:
        click.echo("notice: nothing to check: every path given is excluded by the configuration", err=True)
    elif summed_up:
        click.echo(summary(report), err=True)
