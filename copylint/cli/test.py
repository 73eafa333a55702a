"""`copylint test`: hold the rules to their examples, or the whole linter to labelled texts."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from copylint.cli import options
from copylint.cli.progress import with_progress
from copylint.reports.visible import one_line, visible
from copylint.version import VERSION

if TYPE_CHECKING:
    from copylint.config import LintSettings
    from copylint.measure.corpus import Record, Vocabulary
    from copylint.measure.tally import Case, Measurement
    from copylint.rules.policy import Policy

_RULE_FILES = (".yaml", ".yml")


@click.command(name="test", short_help="Run the examples of the rules, or measure on labelled texts.")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path), metavar="[RULES.yaml]")
@click.option(
    "--corpus",
    multiple=True,
    metavar="FILE...",
    type=click.Path(path_type=Path),
    help="Measure precision and recall on labelled texts (JSON lines) instead.",
)
@click.option("--jurisdiction", multiple=True, metavar="us,uk,au,ca,eu", help="Whose rules apply to the corpus.")
@click.option(
    "-f", "--format", "format_", type=click.Choice(["text", "json"]), default="text", help="Of the measurement."
)
@click.option(
    "--show",
    type=click.Choice(["misses", "false", "decoys"]),
    help="Print these cases of the corpus: passages passed over, false findings, decoys found.",
)
@click.option("--label", help="Show cases of this label only.")
@click.option("--rule", help="Show cases of this rule only.")
@options.config_options
def command(
    files: tuple[Path, ...],
    corpus: tuple[Path, ...],
    jurisdiction: tuple[str, ...],
    format_: str,
    show: str | None,
    label: str | None,
    rule: str | None,
    config_file: Path | None,
    no_config: bool,
) -> int:
    """Run the examples of the rules; with a file of rules, of those that have an entry in it.

    Exit code 1 where an example does not hold. Phrases that no example fires are listed.

    With --corpus: measure how well the linter agrees with the people who labelled the texts. No text of the corpus is
    printed unless --show asks for it. With a file of rules, its rules are in force too.
    """
    settings = options.read_settings(config_file, no_config)
    if not corpus:
        if len(files) > 1:
            raise click.UsageError("give one file of rules; labelled texts are named by --corpus FILE...")
        if jurisdiction or format_ != "text" or show or label or rule:
            raise click.UsageError("--jurisdiction, --format, --show, --label and --rule go with --corpus FILE...")
        return _run_examples(files[0] if files else None, settings)
    if (label or rule) and not show:
        raise click.UsageError("--label and --rule choose among the cases: give --show misses, false or decoys, too.")
    rule_files = tuple(path for path in files if path.suffix.lower() in _RULE_FILES)
    texts = (*corpus, *(path for path in files if path not in rule_files))
    policy = options.load_policy(settings._replace(rules=(*settings.rules, *_further(rule_files))))
    settings = options.override(settings, policy, jurisdiction=jurisdiction, select=(), ignore=())
    _measure(texts, policy, settings, as_json=format_ == "json", show=show, label=label, rule=rule)
    return 0


def _further(paths: tuple[Path, ...]) -> Iterator[Path]:
    """Without the shipped rules, which are in force anyway."""
    from copylint.rules.policy import shipped_rules

    return (path for path in paths if not (path.exists() and path.samefile(shipped_rules())))


def _run_examples(rules: Path | None, settings: LintSettings) -> int:
    from copylint.rules.policy import load
    from copylint.rules.testing import run

    further = tuple(_further((rules,))) if rules else ()
    policy = load((*settings.rules, *further))
    result = run(policy, _defined_in(further[0])) if further else run(policy)
    for failure in result.failures:
        example = f' "{one_line(failure.example)}"' if failure.example else ""
        click.echo(f"{failure.rule}:{example} {one_line(failure.problem)}")
    for rule, phrase in result.unfired:
        click.echo(f'{rule}: no flag example fires the phrase "{one_line(phrase)}"')
    click.echo(
        f"{result.rules:,} rules, {result.examples:,} examples: {len(result.failures):,} failures, "
        f"{len(result.unfired):,} phrases that no example fires",
        err=True,
    )
    return 1 if result.failures else 0


def _defined_in(path: Path) -> list[str]:
    """The ids of the entries in a file of rules that has been loaded without fault."""
    from copylint.rules.build import read_text
    from copylint.rules.yaml_nodes import Mapping, Scalar, Sequence, read

    root = read(str(path), read_text(path))
    entries = root.items.get("rules") if isinstance(root, Mapping) else None
    if not isinstance(entries, Sequence):
        return []
    names = (entry.items.get("id") for entry in entries.items if isinstance(entry, Mapping))
    return [name.text for name in names if isinstance(name, Scalar)]


def _measure(
    paths: tuple[Path, ...],
    policy: Policy,
    settings: LintSettings,
    *,
    as_json: bool,
    show: str | None,
    label: str | None,
    rule: str | None,
) -> None:
    from copylint.measure import table
    from copylint.measure.corpus import vocabulary
    from copylint.measure.tally import measure

    rules = {one.id: one.label for one in policy.rules.values()}
    labels = vocabulary(rules.values())
    rule = options.known_rule(rule, policy) if rule else None
    if label:
        _check_label(label, labels)
    records = _read(paths, labels)
    measurement = measure(_found(records, policy, settings), rules, labels)
    cases = [case for case in measurement.cases if _wanted(case, show, label, rule)]
    if as_json:
        content = {
            "schema": 1, "version": VERSION, "rules": policy.digest, "jurisdictions": settings.jurisdictions,
            **table.as_json(measurement, cases if show else None),
        }  # fmt: skip
        click.echo(json.dumps(content, indent=2))  # in ASCII: what a text holds cannot harm a terminal
    elif show:
        for case in cases:
            click.echo(table.case_line(case))
        click.echo(_counted(cases, measurement, show), err=True)
    else:
        click.echo(table.table(measurement, settings.jurisdictions), nl=False)


def _read(paths: tuple[Path, ...], labels: Vocabulary) -> list[Record]:
    from copylint.measure.corpus import CorpusError, read

    try:
        return [record for path in paths for record in read(path, labels)]
    except CorpusError as error:
        raise click.ClickException(visible(str(error))) from None


def _found(
    records: list[Record], policy: Policy, settings: LintSettings
) -> Iterator[tuple[Record, list[tuple[str, int, int]]]]:
    """Each record with its findings, those that a comment in the text suppresses included: they were found."""
    from copylint.documents.document import Source
    from copylint.engine import lint

    for record in with_progress(records, shown=sys.stderr.isatty()):
        report = lint(Source(f"{record.id}.{record.format}", record.text), policy, settings)
        yield record, [(finding.rule, finding.start, finding.end) for finding in report.findings]


def _check_label(label: str, labels: Vocabulary) -> None:
    from copylint.nearest import did_you_mean

    known = (*labels.spans, *labels.documents)
    if label not in known:
        near = did_you_mean(label, known) or f" The labels are {', '.join(known)}."
        raise click.UsageError(f'no label "{label}" is measured.{near}')


def _wanted(case: Case, show: str | None, label: str | None, rule: str | None) -> bool:
    return case.what == show and label in (None, case.label) and (rule is None or rule in case.rules)


def _counted(cases: list[Case], measurement: Measurement, show: str) -> str:
    what = {"misses": "passages passed over", "false": "false findings", "decoys": "decoys found"}[show]
    return f"{what}: {len(cases):,} (texts: {measurement.records:,})"
