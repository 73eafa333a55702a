"""`copylint explain`: the page of one rule, for whoever asks "why?" and "what instead?"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from textwrap import fill
from typing import TYPE_CHECKING

import click

from copylint.cli import options
from copylint.reports.visible import one_line

if TYPE_CHECKING:
    from copylint.rules.policy import Policy, Rule


@click.command(name="explain", short_help="Print the page of a rule.")
@click.argument("rule", metavar="RULE")
@click.option("--expand", is_flag=True, help="Print each phrase that the rule looks for, in all its forms.")
@options.config_options
def command(rule: str, expand: bool, config_file: Path | None, no_config: bool) -> None:
    """Print what a rule does, why, what to write instead, and the regulations behind it."""
    policy = options.load_policy(options.read_settings(config_file, no_config))
    found = policy.rules[options.known_rule(rule, policy)]
    click.echo("\n".join(_page(found, policy, expand=expand)))


def _page(rule: Rule, policy: Policy, *, expand: bool) -> Iterator[str]:
    width = options.columns()
    page = policy.page(rule.id)
    yield f"{rule.id}: {rule.title}"
    yield f"severity: {_severities(rule)}"
    yield from _part("What it says", [rule.message], width)
    yield from _part("Why", [rule.why], width)
    yield from _part("What to write instead", rule.better, width, bullet="- ")
    yield from _part("Regulations", _citations(rule, policy), width, bullet="- ")
    if expand:
        from copylint.rules.explain import expanded

        yield from _part("Phrases that it looks for", map(expanded, page.flag), width, bullet="- ")
        yield from _part("Phrases that it lets through", map(expanded, page.let_through), width, bullet="- ")
    excuses = [*page.excused_by, *(f"beside {source} (within: {within})" for source, within in page.unless)]
    yield from _part("Excused when", [", ".join(excuses)] if excuses else [], width)
    yield from _part("Flagged", page.flag_examples, width, bullet="- ")
    yield from _part("Let through", page.pass_examples, width, bullet="- ")


def _part(title: str, texts: Iterable[str], width: int, bullet: str = "") -> Iterator[str]:
    """A section with its title, or nothing where there is no text for it."""
    for number, text in enumerate(texts):
        if number == 0:
            yield ""
            yield title
        yield fill(
            one_line(text), width, initial_indent=f"  {bullet}", subsequent_indent=" " * (2 + len(bullet)),
            break_long_words=False, break_on_hyphens=False,
        )  # fmt: skip


def _severities(rule: Rule) -> str:
    differing = [f"{where}: {severity}" for where, severity in rule.severity_in.items()]
    return rule.severity + (f" ({', '.join(differing)})" if differing else "")


def _citations(rule: Rule, policy: Policy) -> Iterator[str]:
    for where, citations in rule.citations.items():
        for citation in citations:
            regulation = policy.knowledge.regulations.get(citation)
            url = f" <{regulation.url}>" if regulation and regulation.url else ""
            yield f"{where}: {options.citation_title(citation, policy)}{url}"
