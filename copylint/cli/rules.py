"""`copylint rules`: every rule in one line, or all of them as JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from copylint.cli import options
from copylint.findings import SEVERITIES

if TYPE_CHECKING:
    from copylint.config import LintSettings
    from copylint.rules.policy import Rule


@click.command(name="rules")
@click.option("-f", "--format", "format_", type=click.Choice(["text", "json"]), default="text", help="[default: text]")
@options.config_options
def command(format_: str, config_file: Path | None, no_config: bool) -> None:
    """List the rules: id, severity (the gravest of the chosen jurisdictions; - where it is not reported), title."""
    settings = options.read_settings(config_file, no_config)
    policy = options.load_policy(settings)
    rules = sorted(policy.rules.values(), key=lambda rule: rule.id.partition("/")[0])
    if format_ == "json":
        text = json.dumps([_plain(rule) for rule in rules], ensure_ascii=False, indent=2)
        click.echo(f"{text}\n".encode(), nl=False)
        return
    widest = max((len(rule.id) for rule in rules), default=0)
    for rule in rules:
        click.echo(f"{rule.id:{widest}}  {_severity(rule, settings):10}  {rule.title}")


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
