"""`copylint claims`: what the register of approved claims says, where it is used, and what it does not cover."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from copylint import files
from copylint.cli import CLEAN, TROUBLE, known, options
from copylint.cli.progress import with_progress
from copylint.config import ConfigError, LintSettings
from copylint.documents.document import Lines, Source
from copylint.findings import Finding
from copylint.reports.visible import one_line, visible
from copylint.verdicts import register
from copylint.verdicts.clock import today
from copylint.verdicts.register.entries import Claim
from copylint.verdicts.register.uses import Use

if TYPE_CHECKING:
    from copylint.cli.options import Judging, Judgings

SCHEMA = 1
"""Of the JSON. Goes up when a key changes its meaning or goes away."""
SOON = 30
"""Days before its last one in which a claim is said to expire soon."""


class Place(NamedTuple):
    """Where something stands: line and column from 1, and what is shown there."""

    path: str
    line: int
    column: int
    text: str


class Sentence(NamedTuple):
    """A sentence with claims that are not approved, and the rules that say so."""

    place: Place
    rules: tuple[str, ...]


class Register(NamedTuple):
    """What a run found of one register. uses: of each claim, by its id."""

    path: Path
    claims: tuple[Claim, ...]
    uses: dict[str, list[Place]]
    uncovered: list[Sentence]


@click.command(name="claims", short_help="List the approved claims, where they are used, and what they do not cover.")
@click.argument("paths", nargs=-1, metavar="[PATHS]...")
@click.option("-f", "--format", "format_", type=click.Choice(["text", "json"]), default="text", help="[default: text]")
@options.rule_options
@options.config_options
@click.option("-q", "--quiet", is_flag=True, help="Print the list and errors, nothing else.")
def command(
    paths: tuple[str, ...],
    format_: str,
    jurisdiction: tuple[str, ...],
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    config_file: Path | None,
    no_config: bool,
    quiet: bool,
) -> int:
    """List the register of approved claims for files, folders and globs (default: the working folder).

    For each claim: how often the copy uses it, and whether its approval holds. Then the sentences with claims that are
    not approved. Exit code 0: listed. 2: usage, configuration, a register or copy that cannot be read.
    """
    scope = options.scope(config_file, no_config, options.Overrides(jurisdiction, select, ignore))
    choice = files.choose(paths or (".",), exclude=scope.configurations)
    judgings = scope.of_files(choice.files)
    read_registers(judgings)
    found = _registers(judgings)
    if not found:
        raise ConfigError(
            f"no register of approved claims is configured. Write {register.FILE_NAME}, and put "
            f'claims = "{register.FILE_NAME}" into your configuration.'
        )
    day = today()
    troubles = [f"{problem.shown}: error: {problem.message}" for problem in choice.problems]
    for one in with_progress(choice.files, shown=not quiet and sys.stderr.isatty()):
        judging = judgings.by_path[one.shown]
        if judging.settings.claims is None:
            continue
        try:
            _look_into(files.read(one), judging, found[judging.settings.claims], day)
        except files.UnreadableError as error:
            troubles.append(f"{one.shown}: error: {error}")
    if format_ == "json":
        text = json.dumps(_plain(found.values(), day, troubles), ensure_ascii=False, indent=2)
        click.echo(f"{text}\n".encode(), nl=False)
    else:
        click.echo("".join(f"{line}\n" for line in _lines(found.values(), day)), nl=False)
    for trouble in troubles:
        click.echo(visible(trouble), err=True)
    if not quiet:
        for line in (*_without(judgings), _summary(found.values(), day)):
            click.echo(visible(line), err=True)
    return TROUBLE if troubles else CLEAN


def read_registers(judgings: Judgings) -> None:
    """Read the registers that are configured. Raises ConfigError and RulesError."""
    for settings, policy in judgings.used:
        if settings.claims is not None:
            if not os.path.isfile(settings.claims):
                raise _no_register(settings, settings.claims)
            register.load(settings.claims, policy)


def _no_register(settings: LintSettings, path: Path) -> ConfigError:
    from copylint.config.layers import layers, merged

    assert settings.origin is not None
    layer = merged(layers(settings.origin))["claims"].said[-1]
    advice = 'Write it, or take "claims" out.'
    return ConfigError(
        f"{layer.name}:{layer.line('claims')}: there is no register of claims {known.shown(path)}. {advice}"
    )


def _registers(judgings: Judgings) -> dict[Path, Register]:
    """The registers of a run, each once, with nothing found yet."""
    found: dict[Path, Register] = {}
    for settings, policy in judgings.used:
        if settings.claims is not None and settings.claims not in found:
            claims = register.load(settings.claims, policy).claims
            found[settings.claims] = Register(settings.claims, claims, {claim.id: [] for claim in claims}, [])
    return dict(sorted(found.items()))


def _look_into(source: Source, judging: Judging, into: Register, day: str) -> None:
    """Add what a file says to what was found of its register."""
    from copylint.engine import examine

    settings, policy = judging
    findings, _, reading = examine(source, policy, settings, clock=lambda: day)
    places = Lines(source.text)
    for use in register.load(into.path, policy).uses(reading):
        if use.in_scope:
            into.uses[use.claim.id].append(_place(source.path, use, use.text, places))
    claims = [one for one in findings if one.status == "open" and policy.rules[one.rule].kind == "claim"]
    for sentence, same in groupby(claims, key=lambda finding: finding.sentence):
        first, *others = same
        rules = tuple(dict.fromkeys(one.rule for one in (first, *others)))
        into.uncovered.append(Sentence(_place(source.path, first, sentence or first.text, places), rules))


def _place(path: str, at: Use | Finding, text: str, places: Lines) -> Place:
    return Place(path, *places.position(at.start), text)


def _days_left(claim: Claim, day: str) -> int:
    """Days until the last one of a claim; less than 0 when that is past."""
    return (date.fromisoformat(claim.valid_until) - date.fromisoformat(day)).days


def _status(claim: Claim, day: str) -> str:
    """expired, evidence-missing, expiring or in-force."""
    if claim.has_expired(day):
        return "expired"
    if claim.missing_evidence:
        return "evidence-missing"
    return "expiring" if _days_left(claim, day) <= SOON else "in-force"


def _lines(found: Iterable[Register], day: str) -> Iterator[str]:
    """The list for people."""
    for one in found:
        yield visible(f"{known.shown(one.path)}: {_count(len(one.claims), 'claim')}")
        widest = max((len(claim.id) for claim in one.claims), default=0)
        for claim in one.claims:
            uses = len(one.uses[claim.id])
            used = _count(uses, "use") if uses else "unused"
            yield visible(f"  {claim.id:{widest}}  {used:8}  {_told(claim, day)}")
        if one.uncovered:
            yield ""
            are = "sentences make claims" if len(one.uncovered) > 1 else "sentence makes a claim"
            yield f"{len(one.uncovered):,} {are} that no entry covers:"
            for place, rules in one.uncovered:
                where = f"{visible(place.path)}:{place.line}:{place.column}"
                yield f'{where}: {", ".join(rules)} "{one_line(place.text)}"'


def _told(claim: Claim, day: str) -> str:
    left = _days_left(claim, day)
    until = f"until {claim.valid_until}"
    if left < 0:
        until = f"expired on {claim.valid_until}"
    elif left <= SOON:
        until = f"expires in {_count(left, 'day')}, on {claim.valid_until}" if left else "expires today"
    missing = f"; evidence missing: {', '.join(claim.missing_evidence)}" if claim.missing_evidence else ""
    return f"{until}{missing}"


def _without(judgings: Judgings) -> Iterator[str]:
    """A line about files that have no register."""
    count = sum(one.settings.claims is None for one in judgings.by_path.values())
    if count:
        yield f"notice: no register is configured for {_count(count, 'file')}, not read here"


def _summary(found: Iterable[Register], day: str) -> str:
    registers = list(found)
    claims = [(claim, len(one.uses[claim.id])) for one in registers for claim in one.claims]
    counts = {
        "unused": sum(not uses for _, uses in claims),
        "expired": sum(claim.has_expired(day) for claim, _ in claims),
        "without evidence": sum(bool(claim.missing_evidence) for claim, _ in claims),
        f"expiring within {SOON} days": sum(0 <= _days_left(claim, day) <= SOON for claim, _ in claims),
    }
    parts = [f"{count:,} {what}" for what, count in counts.items() if count]
    uncovered = sum(len(one.uncovered) for one in registers)
    parts += [f"{_count(uncovered, 'sentence')} not covered"] if uncovered else []
    used = f"{_count(len(claims), 'claim')}, {_count(sum(uses for _, uses in claims), 'use')}"
    return ": ".join((used, ", ".join(parts))) if parts else used


def _plain(found: Iterable[Register], day: str, troubles: Sequence[str]) -> dict[str, object]:
    return {
        "schema": SCHEMA,
        "date": day,
        "registers": [
            {
                "path": known.shown(one.path),
                "claims": [_plain_claim(claim, one.uses[claim.id], day) for claim in one.claims],
                "uncovered": [
                    {**_plain_place(place, "sentence"), "rules": list(rules)} for place, rules in one.uncovered
                ],
            }
            for one in found
        ],
        "errors": list(troubles),
    }


def _plain_claim(claim: Claim, uses: Iterable[Place], day: str) -> dict[str, object]:
    return {
        "id": claim.id,
        "line": claim.line,
        "status": _status(claim, day),
        "days_left": _days_left(claim, day),
        "wording": [one.text for one in claim.wordings],
        "treatment" if claim.subject.kind != "product" else "product": claim.subject.name,
        "jurisdictions": list(claim.jurisdictions),
        "evidence": [{"text": one.text, "kind": one.kind, "missing": one.missing} for one in claim.evidence],
        "owner": claim.owner,
        "approved_by": claim.approved_by,
        "valid_until": claim.valid_until,
        "rules": list(claim.rules),
        "uses": [_plain_place(place, "text") for place in uses],
    }


def _plain_place(place: Place, name: str) -> dict[str, object]:
    return {"path": place.path, "line": place.line, "column": place.column, name: place.text}


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
