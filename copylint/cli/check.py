"""`copylint check`: read files, report what is found in them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from copylint import files
from copylint.cli import CLEAN, FINDINGS, TROUBLE, options
from copylint.cli.progress import with_progress
from copylint.config import FAIL_ON, FailOn, LintSettings
from copylint.findings import FileReport, Report
from copylint.reports import FORMATS, Style, render
from copylint.reports.summary import open_findings, summary
from copylint.reports.visible import visible
from copylint.version import VERSION

if TYPE_CHECKING:
    from copylint.rules.policy import Policy


@click.command(name="check", short_help="Check copy.")
@click.argument("paths", nargs=-1, metavar="[PATHS]...")
@click.option("-f", "--format", "format_", type=click.Choice(list(FORMATS)), default="full", help="[default: full]")
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Write the report to a file.")
@options.rule_options
@click.option(
    "--fail-on", type=click.Choice(FAIL_ON), help="The mildest severity that gives exit code 1. [default: error]"
)
@click.option("--exit-zero", is_flag=True, help="Exit with 0 even where there are findings.")
@click.option(
    "--stdin-filename", default="", metavar="FILE", help='What "-" (standard input) is called, and its format.'
)
@options.config_options
@options.color_option
@click.option("-q", "--quiet", is_flag=True, help="Print findings and errors, nothing else.")
def command(
    paths: tuple[str, ...],
    format_: str,
    output: Path | None,
    jurisdiction: tuple[str, ...],
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    fail_on: FailOn | None,
    exit_zero: bool,
    stdin_filename: str,
    config_file: Path | None,
    no_config: bool,
    color: str,
    quiet: bool,
) -> int:
    """Check files, folders and globs (default: the working folder; "-" is standard input).

    Exit code 0: no finding at or above --fail-on. 1: findings. 2: usage, configuration, or input that cannot be read.
    """
    paths = paths or ((files.STANDARD_INPUT,) if stdin_filename else (".",))
    if stdin_filename and files.STANDARD_INPUT not in paths:
        raise click.UsageError('--stdin-filename names standard input: give "-" as the path.')
    settings = options.read_settings(config_file, no_config)
    policy = options.load_policy(settings)
    settings = options.override(settings, policy, jurisdiction=jurisdiction, select=select, ignore=ignore)
    settings = settings._replace(fail_on=fail_on or settings.fail_on)

    choice = files.choose(paths, exclude=settings.excluded(), stdin_name=stdin_filename)
    report = _report(choice, policy, settings, progress=not quiet and sys.stderr.isatty())
    style = Style(
        color=options.use_color(color, terminal=output is None and sys.stdout.isatty()),
        width=options.columns(),
        citation=lambda citation: options.citation_title(citation, policy),
    )
    _write(render(format_, report, style), output, color=style.color, exact=FORMATS[format_].machine)
    _say(report, choice, quiet=quiet, summed_up=output is not None or not FORMATS[format_].machine)
    if any(file.error for file in report.files):
        return TROUBLE
    failed = any(settings.fails(finding.severity) for file in report.files for finding in open_findings(file))
    return FINDINGS if failed and not exit_zero else CLEAN


def _report(choice: files.Choice, policy: Policy, settings: LintSettings, *, progress: bool) -> Report:
    unusable = [_unread(problem.shown, problem.message) for problem in choice.problems]
    read = _lint_all(with_progress(choice.files, shown=progress), policy, settings)
    reports = sorted([*read, *unusable], key=lambda file: file.path)
    return Report(VERSION, policy.digest, policy.knowledge.date, settings.jurisdictions, tuple(reports))


def _lint_all(chosen: Iterator[files.Chosen], policy: Policy, settings: LintSettings) -> Iterator[FileReport]:
    from copylint.engine import lint

    for one in chosen:
        try:
            source = files.read(one)
        except files.UnreadableError as error:
            yield _unread(one.shown, str(error))
        else:
            yield lint(source, policy, settings)


def _unread(path: str, error: str) -> FileReport:
    return FileReport(path, "", "", 0, 0, {}, (), error=error)


def _write(text: str, output: Path | None, *, color: bool, exact: bool) -> None:
    """exact: UTF-8 whatever the terminal speaks, for programs read it. Lone surrogates are valid as JSON escapes."""
    if output is not None:
        try:
            output.write_bytes(text.encode("utf-8", "backslashreplace"))
        except OSError as error:
            raise click.FileError(str(output), error.strerror or str(error)) from error
    elif exact:
        click.echo(text.encode("utf-8", "backslashreplace"), nl=False)
    else:
        click.echo(text, nl=False, color=color)


def _say(report: Report, choice: files.Choice, *, quiet: bool, summed_up: bool) -> None:
    """Everything that is no finding, on stderr."""
    for file in report.files:
        if file.error:
            click.echo(f"{visible(file.path)}: error: {visible(file.error)}", err=True)
        if not quiet:
            for notice in file.notices:
                click.echo(f"{visible(file.path)}: notice: {visible(notice)}", err=True)
    if quiet:
        return
    if choice.excluded and not report.files:
        click.echo("notice: nothing to check: every path given is excluded by the configuration", err=True)
    elif summed_up:
        click.echo(summary(report), err=True)
