"""`copylint test`: hold the rules to their examples."""

from __future__ import annotations

from pathlib import Path

import click

from copylint.cli import options
from copylint.reports.visible import one_line


@click.command(name="test", short_help="Run the examples of the rules.")
@click.argument("rules", required=False, type=click.Path(path_type=Path), metavar="[RULES.yaml]")
@options.config_options
def command(rules: Path | None, config_file: Path | None, no_config: bool) -> int:
    """Run the examples of the rules; with a file of rules, of those that have an entry in it.

    Exit code 1 where an example does not hold. Phrases that no example fires are listed.
    """
    from copylint.rules.policy import load, shipped_rules
    from copylint.rules.testing import run

    settings = options.read_settings(config_file, no_config)
    if rules is None or (rules.exists() and rules.samefile(shipped_rules())):
        result = run(load(settings.rules))
    else:
        policy = load((*settings.rules, rules))
        result = run(policy, _defined_in(rules))
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
