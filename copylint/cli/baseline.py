"""`copylint baseline`: write down the findings that are there now, so that `check` counts new ones only."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from copylint import files
from copylint.cli import CLEAN, TROUBLE, check, known, options
from copylint.cli.known import Known
from copylint.config import ConfigError
from copylint.findings import Report
from copylint.reports.visible import visible
from copylint.verdicts import comparison
from copylint.verdicts.baseline import FILE_NAME, Baseline, dump


@click.command(name="baseline", short_help="Write down what is found now; check then counts new findings only.")
@click.argument("paths", nargs=-1, metavar="[PATHS]...")
@click.option(
    "--baseline", "named", type=click.Path(path_type=Path), metavar="FILE",
    help=f"Write this file instead of the configured one. [default: {FILE_NAME} beside the configuration]",
)  # fmt: skip
@click.option("--prune", is_flag=True, help="Only take out what is found no more; add nothing.")
@options.rule_options
@options.config_options
@click.option("-q", "--quiet", is_flag=True, help="Print errors, nothing else.")
def command(
    paths: tuple[str, ...],
    named: Path | None,
    prune: bool,
    jurisdiction: tuple[str, ...],
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    config_file: Path | None,
    no_config: bool,
    quiet: bool,
) -> int:
    """Write the open findings of files, folders and globs (default: the working folder) to the baseline.

    What is known already of files, rules and jurisdictions that this run does not look for stays in it. Exit code 0:
    written. 2: usage, configuration, or input that cannot be read.
    """
    paths = paths or (".",)
    if files.STANDARD_INPUT in paths:
        raise click.UsageError("A baseline is of files: standard input has no place that it could be known by.")
    scope = options.scope(config_file, no_config, options.Overrides(jurisdiction, select, ignore))
    choice = files.choose(paths, exclude=scope.configurations)
    judgings = scope.of_files(choice.files)
    home = scope.of_folder(scope.configurations.here).settings
    default = named or home.baseline or home.root / FILE_NAME
    by_path = dict.fromkeys(judgings.by_path, default)
    if named is None:
        by_path |= known.configured(judgings)
    targets = dict.fromkeys((default, *by_path.values()))
    for path in targets if prune else ():
        if not path.exists():
            raise ConfigError(f"{known.shown(path)}: does not exist, so there is nothing to prune. Leave --prune out.")
    before = {path: Baseline() for path in targets} | known.load(path for path in targets if path.exists())
    report = check.report_on(choice, judgings, progress=not quiet and sys.stderr.isatty())
    if not _is_usable(report, quiet=quiet):
        return TROUBLE if report.files else CLEAN
    _, compared = known.compare(report, known.Baselines(by_path, before), scope=scope, judgings=judgings, paths=paths)
    for one in compared:
        _write(one, prune=prune, quiet=quiet)
    if not quiet and named is None and default != home.baseline:
        told = known.shown(default)
        click.echo(f'notice: {told} is not in use yet: put baseline = "{FILE_NAME}" into your configuration', err=True)
    return TROUBLE if any(file.error for file in report.files) else CLEAN


def _is_usable(report: Report, *, quiet: bool) -> bool:
    """Whether anything was read. What was not is said on stderr."""
    for file in report.files:
        if file.error:
            click.echo(f"{visible(file.path)}: error: {visible(file.error)}", err=True)
    if not report.files and not quiet:
        click.echo("notice: nothing to check: every path given is excluded by the configuration", err=True)
    return any(not file.error for file in report.files)


def _write(one: Known, *, prune: bool, quiet: bool) -> None:
    """Write a baseline, and say what has changed in it."""
    anew = (comparison.pruned if prune else comparison.renewed)(one.compared, one.content, one.scope)
    try:
        one.path.write_bytes(dump(anew).encode("utf-8", "backslashreplace"))
    except OSError as error:
        raise click.FileError(str(one.path), error.strerror or str(error)) from error
    if quiet:
        return
    new = sum(finding.status == "open" for file in one.compared.files for finding in file.findings)
    held = len(anew.entries)
    parts = [f"{held:,} {'finding' if held == 1 else 'findings'}"]
    parts += [f"{new:,} new"] if new and not prune else []
    parts += [f"{len(one.compared.stale):,} taken out"] if one.compared.stale else []
    parts += [f"{len(one.compared.unseen):,} not looked for and kept"] if one.compared.unseen else []
    click.echo(f"Wrote {known.shown(one.path)}: {', '.join(parts)}", err=True)
