"""`copylint rules`: every rule in one line, all of them as JSON, or as the sheet that a lawyer reviews."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from copylint.cli import options
from copylint.findings import SEVERITIES

if TYPE_CHECKING:
    from copylint.config import LintSettings
    from copylint.rules.policy import Policy, Rule

FORMATS = ("text", "json", "markdown", "html")


class _Verbs(click.Group):
    """The group with its one verb, imported when it is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return ["diff"]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name != "diff":
            return None
        from copylint.cli import rules_diff

        return rules_diff.command


@click.group(
    name="rules", cls=_Verbs, invoke_without_command=True, subcommand_metavar="[diff OLD NEW]",
    short_help="List the rules, print them for review, or compare two files of them.",
)  # fmt: skip
@click.option("-f", "--format", "format_", type=click.Choice(FORMATS), help="[default: text]")
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Write to a file.")
@options.config_options
@click.pass_context
def command(
    context: click.Context, format_: str | None, output: Path | None, config_file: Path | None, no_config: bool
) -> None:
    """List the rules: id, severity (the gravest of the chosen jurisdictions; - where it is not reported), title.

    markdown and html are the sheet that a lawyer reviews: what each rule says, what fires it and what does not, and
    the regulations behind it.
    """
    if context.invoked_subcommand:
        if format_ or output or config_file or no_config:
            raise click.UsageError(f"options of {context.invoked_subcommand} stand behind it.")
        return
    settings = options.read_settings(config_file, no_config)
    policy = options.load_policy(settings)
    text = _written(format_ or "text", policy, settings)
    if output is not None:
        try:
            output.write_bytes(text.encode("utf-8", "backslashreplace"))
        except OSError as error:
            raise click.FileError(str(output), error.strerror or str(error)) from error
    elif format_ in (None, "text"):
        click.echo(text, nl=False)
    else:
        click.echo(text.encode("utf-8", "backslashreplace"), nl=False)


def _written(format_: str, policy: Policy, settings: LintSettings) -> str:
    if format_ in ("markdown", "html"):
        from copylint.reports.sheet import render

        return render(format_, policy, settings)
    rules = sorted(policy.rules.values(), key=lambda rule: rule.id.partition("/")[0])
    if format_ == "json":
        return json.dumps([_plain(rule) for rule in rules], ensure_ascii=False, indent=2) + "\n"
    widest = max((len(rule.id) for rule in rules), default=0)
    return "".join(f"{rule.id:{widest}}  {_severity(rule, settings):10}  {rule.title}\n" for rule in rules)


def _severity(rule: Rule, settings: LintSettings) -> str:
    where = [place for place in settings.jurisdictions if place in rule.jurisdictions]
    if not where or not settings.selects(rule.id):
        return "-"
    applied = [rule.severity_in.get(place, rule.severity) for place in where]
    return settings.severity_of(rule.id) or min(applied, key=SEVERITIES.index)


def _plain(rule: Rule) -> dict[str, object]:
    return {
        "id": rule.id,
        "label": rule.label,
        "title": rule.title,
        "severity": rule.severity,
        "severity-in": rule.severity_in,
        "jurisdictions": rule.jurisdictions,
        "kind": rule.kind,
        "message": rule.message,
        "why": rule.why,
        "better": rule.better,
        "citations": rule.citations,
    }
