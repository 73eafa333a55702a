"""`copylint rules diff`: which documents' verdicts change between two files of rules."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from copylint import files
from copylint.cli import CLEAN, FINDINGS, TROUBLE, options
from copylint.cli.progress import with_progress
from copylint.config import ConfigError
from copylint.documents.document import Lines
from copylint.findings import Finding
from copylint.paths import shown_path
from copylint.reports.visible import shortened, visible
from copylint.verdicts.differences import Difference, differences
from copylint.version import VERSION

if TYPE_CHECKING:
    from copylint.cli.options import Judgings
    from copylint.rules.policy import Policy

SCHEMA = 1
KINDS = {"added": "+", "removed": "-", "changed": "~"}
MOST_CHARACTERS = 80
"""Of the words that are found, on a line for people."""
_NEEDED_CLASS = "subject"
"""A word class without which no rule can tell what a text is about: what is not in it is no whole set of rules."""


class Page(NamedTuple):
    """What differs in one file. error: why it could not be read."""

    path: str
    source: str = ""
    found: tuple[Difference, ...] = ()
    error: str = ""


class Policies(NamedTuple):
    """The two sets of rules, each with what the configuration of a file adds."""

    old: Policy
    new: Policy


@click.command(name="diff", short_help="Which findings change between two files of rules.")
@click.argument("old", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("new", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--on", "paths", multiple=True, metavar="PATH", help="Copy to check; may be repeated. [default: .]")
@click.option(
    "--further", is_flag=True, help="The files hold further rules: the shipped ones are in force too, as in a run."
)
@click.option("--jurisdiction", multiple=True, metavar="us,uk,au,ca,eu", help="Whose rules apply. [default: us]")
@click.option("-f", "--format", "format_", type=click.Choice(["text", "json"]), default="text", help="[default: text]")
@options.config_options
@click.option("-q", "--quiet", is_flag=True, help="Print differences and errors, nothing else.")
def command(
    old: Path,
    new: Path,
    paths: tuple[str, ...],
    further: bool,
    jurisdiction: tuple[str, ...],
    format_: str,
    config_file: Path | None,
    no_config: bool,
    quiet: bool,
) -> int:
    """Check copy by the rules of OLD and by those of NEW, and print the findings that differ.

    Both are whole sets of rules, as rules.yaml is. Exit code 0: no difference. 1: differences. 2: usage,
    configuration, rules, or input that cannot be read.
    """
    if files.STANDARD_INPUT in paths:
        raise click.UsageError("--on names files, folders and globs; standard input can be read only once.")
    scope = options.scope(config_file, no_config, options.Overrides(jurisdiction))
    choice = files.choose(paths or (".",), exclude=scope.configurations)
    judgings = scope.of_files(choice.files)
    policies = _policies(judgings, old, new, further=further)
    chosen = with_progress(choice.files, shown=not quiet and sys.stderr.isatty())
    pages = [*_compare(chosen, judgings, policies), *(Page(one.shown, error=one.message) for one in choice.problems)]
    pages.sort(key=lambda page: page.path)
    if format_ == "json":
        content = _as_json(pages, judgings, old, new, policies)
        text = json.dumps(content, ensure_ascii=False, indent=2) + "\n"
        click.echo(text.encode("utf-8", "backslashreplace"), nl=False)
    else:
        for line in _as_text(pages):
            click.echo(line)
    _say(pages, judgings, quiet=quiet)
    if any(page.error for page in pages):
        return TROUBLE
    return FINDINGS if any(page.found for page in pages) else CLEAN


def _policies(judgings: Judgings, old: Path, new: Path, *, further: bool) -> dict[tuple[Path, ...], Policies]:
    """By the further rules that a configuration names. Raises RulesError and ConfigError."""
    from copylint.rules.policy import load

    def loaded(path: Path, others: tuple[Path, ...]) -> Policy:
        # A file may be named by the configuration as well: it counts once, as that of its side.
        others = tuple(one for one in others if not any(one.exists() and one.samefile(side) for side in (old, new)))
        return load((*others, path)) if further else load(others, base=path)

    if not further:
        for path in (old, new):
            _check_whole(path)
    return {
        rules: Policies(loaded(old, rules), loaded(new, rules))
        for rules in dict.fromkeys(one.settings.rules for one in judgings.used)
    }


def _check_whole(path: Path) -> None:
    """Raises ConfigError for a file that is no whole set of rules, and RulesError for one that is none at all."""
    from copylint.rules.build import read_text
    from copylint.rules.yaml_nodes import Mapping, read

    root = read(str(path), read_text(path))
    classes = root.items.get("classes") if isinstance(root, Mapping) else None
    if not isinstance(classes, Mapping) or _NEEDED_CLASS not in classes.items:
        raise ConfigError(
            f"{shown_path(path.absolute(), Path.cwd())}: is no whole set of rules, for it has no word class "
            f"<{_NEEDED_CLASS}>. Files of further rules are compared with --further."
        )


def _compare(
    chosen: Iterable[files.Chosen], judgings: Judgings, policies: dict[tuple[Path, ...], Policies]
) -> Iterator[Page]:
    from copylint.engine import lint

    for one in chosen:
        try:
            source = files.read(one)
        except files.UnreadableError as error:
            yield Page(one.shown, error=str(error))
            continue
        settings = judgings.by_path[one.shown].settings
        used = policies[settings.rules]
        before, after = (lint(source, policy, settings) for policy in used)
        yield Page(one.shown, source.text, tuple(differences(before.findings, after.findings)))


def _as_text(pages: Iterable[Page]) -> Iterator[str]:
    for page in pages:
        if page.found:
            yield visible(page.path)
            places = Lines(page.source)
            yield from (f"  {_line(one, places)}" for one in page.found)
            yield ""
    counted = _by_rule(pages)
    if counted:
        widest = max(len(rule) for rule in counted)
        yield f"{'rule':{widest}}" + "".join(f"  {kind:>7}" for kind in KINDS)
        for rule, kinds in counted.items():
            yield f"{rule:{widest}}" + "".join(f"  {kinds[kind]:>7,}" for kind in KINDS)


def _line(one: Difference, places: Lines) -> str:
    line, column = places.position(one.finding.start)
    place = f"{KINDS[one.kind]} {line}:{column}"
    severity, words = str(one.finding.severity), _quoted(one.finding)
    if one.before is None or one.after is None:
        return f"{place} {severity} {one.finding.rule} {words}"
    if one.before.severity != one.after.severity:
        severity = f"{one.before.severity} -> {severity}"
    if one.before.text != one.after.text:
        words = f"{_quoted(one.before)} -> {words}"
    return f"{place} {severity} {one.finding.rule} {words}{_verdicts(one.before, one.after)}"


def _quoted(finding: Finding) -> str:
    return f'"{shortened(finding.text, MOST_CHARACTERS)}"'


def _verdicts(before: Finding, after: Finding) -> str:
    """What differs between jurisdictions, in brackets, or nothing."""
    said = []
    for where in dict.fromkeys((*before.verdicts, *after.verdicts)):
        old, new = before.verdicts.get(where), after.verdicts.get(where)
        if old is None or new is None or old.severity != new.severity:
            said.append(f"{where}: {old.severity if old else 'none'} -> {new.severity if new else 'none'}")
        elif old.citations != new.citations:
            said.append(f"{where}: other regulations")
    return f" ({', '.join(said)})" if said else ""


def _by_rule(pages: Iterable[Page]) -> dict[str, Counter[str]]:
    """How often each kind of difference there is, by rule, sorted."""
    counted: dict[str, Counter[str]] = {}
    for page in pages:
        for one in page.found:
            counted.setdefault(one.finding.rule, Counter())[one.kind] += 1
    return dict(sorted(counted.items()))


def _as_json(
    pages: list[Page], judgings: Judgings, old: Path, new: Path, policies: dict[tuple[Path, ...], Policies]
) -> dict[str, object]:
    """The keys and their meaning are a contract; more keys may be added."""
    counted = _by_rule(pages)
    used = [policies[rules] for rules in sorted(policies)]
    return {
        "schema": SCHEMA,
        "version": VERSION,
        "old": {"path": _shown(old), "rules": [one.old.digest for one in used]},
        "new": {"path": _shown(new), "rules": [one.new.digest for one in used]},
        "jurisdictions": list(judgings.jurisdictions),
        "files": [
            {"path": page.path, "findings": [_plain(one, Lines(page.source)) for one in page.found]}
            for page in pages
            if not page.error
        ],
        "rules": {rule: {kind: kinds[kind] for kind in KINDS} for rule, kinds in counted.items()},
        "summary": {kind: sum(kinds[kind] for kinds in counted.values()) for kind in KINDS},
        "errors": [{"path": page.path, "message": page.error} for page in pages if page.error],
    }


def _plain(one: Difference, places: Lines) -> dict[str, object]:
    return {
        "change": one.kind,
        "rule": one.finding.rule,
        "old": _side(one.before, places),
        "new": _side(one.after, places),
    }


def _side(finding: Finding | None, places: Lines) -> dict[str, object] | None:
    if finding is None:
        return None
    line, column = places.position(finding.start)
    return {
        "severity": finding.severity,
        "text": finding.text,
        "line": line,
        "column": column,
        "message": finding.message,
        "verdicts": {
            where: {"severity": verdict.severity, "citations": list(verdict.citations)}
            for where, verdict in finding.verdicts.items()
        },
    }


def _shown(path: Path) -> str:
    return shown_path(path.absolute(), Path.cwd())


def _say(pages: list[Page], judgings: Judgings, *, quiet: bool) -> None:
    """Everything that is no difference, on stderr."""
    for page in pages:
        if page.error:
            click.echo(f"{visible(page.path)}: error: {visible(page.error)}", err=True)
    if quiet:
        return
    read = [page for page in pages if not page.error]
    counted = Counter(one.kind for page in read for one in page.found)
    differing = sum(1 for page in read if page.found)
    parts = ", ".join(f"{counted[kind]:,} {kind}" for kind in KINDS)
    said = f"Findings differ in {differing:,} of {_files(len(read))}: {parts}" if differing else ""
    said = said or f"No finding differs in {_files(len(read))}"
    click.echo(f"{said} · jurisdictions: {', '.join(judgings.jurisdictions)}", err=True)


def _files(number: int) -> str:
    return f"{number:,} file{'' if number == 1 else 's'}"
