"""The sheet of the rules that a lawyer reviews: what each rule says, fires on and lets pass, and the law behind it.

What it shows of the examples is what copylint answers when it reads them, so a reviewer judges what runs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import import_module
from typing import cast

from copylint.config import LintSettings
from copylint.documents import parse
from copylint.documents.document import Source
from copylint.engine import judge
from copylint.findings import JURISDICTIONS, Severity
from copylint.language.reading import Reading
from copylint.record import Record
from copylint.rules.policy import Policy, Rule
from copylint.rules.testing import EverySetting
from copylint.version import VERSION

JURISDICTION_NAMES = {
    "us": "United States", "uk": "United Kingdom", "au": "Australia", "ca": "Canada", "eu": "European Union",
}  # fmt: skip
_VALUE = re.compile(r"\{([a-z_]+)\}")


class Fires(Record):
    """An example that is found. marked: the offsets of the words that are underlined; none for a notice of the tool."""

    text: str
    marked: tuple[tuple[int, int], ...]


class Passes(Record):
    """An example that is let through, and why; no reason for a notice of the tool."""

    text: str
    reason: str


class Clause(Record):
    """A rule of law or practice. name: its id. checked: whether the point was found in the text; page: where."""

    jurisdiction: str
    name: str
    body: str
    title: str
    section: str
    url: str
    checked: bool
    page: str


class Entry(Record):
    """One rule. severities: by jurisdiction; those where it does not apply are missing. setting: what the configuration
    makes of it, or nothing.
    """

    id: str
    title: str
    message: str
    why: str
    better: tuple[str, ...]
    severities: dict[str, Severity]
    setting: str
    fires: tuple[Fires, ...]
    passes: tuple[Passes, ...]
    clauses: tuple[Clause, ...]


class Sheet(Record):
    """All rules. date: month of the knowledge. digest: of rules and knowledge. jurisdictions: those in force."""

    version: str
    date: str
    digest: str
    jurisdictions: tuple[str, ...]
    entries: tuple[Entry, ...]

    def groups(self) -> Iterator[tuple[str, list[Entry]]]:
        """The rules by their group, groups in the order in which they first come."""
        grouped: dict[str, list[Entry]] = {}
        for entry in self.entries:
            grouped.setdefault(entry.id.partition("/")[0], []).append(entry)
        return iter(grouped.items())


def render(format_: str, policy: Policy, settings: LintSettings) -> str:
    """The sheet as "markdown" or "html"."""
    module = import_module(f"copylint.reports.sheet.{format_}")
    return cast(str, module.render(sheet(policy, settings)))


def sheet(policy: Policy, settings: LintSettings) -> Sheet:
    """The sheet of a policy. settings: which jurisdictions are in force, and what is set of single rules."""
    entries = tuple(_entry(rule, policy, settings) for rule in policy.rules.values())
    return Sheet(VERSION, policy.knowledge.date, policy.digest, settings.jurisdictions, entries)


def _entry(rule: Rule, policy: Policy, settings: LintSettings) -> Entry:
    page = policy.page(rule.id)
    notice = rule.kind == "notice"
    return Entry(
        rule.id,
        rule.title,
        _said(rule.message),
        _said(rule.why),
        tuple(_said(line) for line in rule.better),
        {place: rule.severity_in.get(place, rule.severity) for place in JURISDICTIONS if place in rule.jurisdictions},
        _setting(rule, settings),
        tuple(Fires(one, () if notice else _marked(rule, one, policy)) for one in page.flag_examples),
        tuple(Passes(one, "" if notice else _reason(rule, one, policy)) for one in page.pass_examples),
        tuple(_clauses(rule, policy)),
    )


def _setting(rule: Rule, settings: LintSettings) -> str:
    if not settings.selects(rule.id):
        return "The configuration turns it off."
    set_to = settings.severity_of(rule.id)
    return f"The configuration makes it: {set_to}, in every jurisdiction." if set_to else ""


def _said(text: str) -> str:
    """What a rule says, with … for the words that are found and a name in brackets for each other value."""
    return _VALUE.sub(lambda name: "…" if name[1] == "match" else f"[{name[1].replace('_', ' ')}]", text)


def _read(example: str, policy: Policy) -> Reading:
    return Reading(parse(Source("example", example), "markdown"), policy.cues)


def _marked(rule: Rule, example: str, policy: Policy) -> tuple[tuple[int, int], ...]:
    """The offsets of the words, in order; what overlaps an earlier one is left out."""
    findings, _ = judge(_read(example, policy), policy, EverySetting())
    marked: list[tuple[int, int]] = []
    for start, end in sorted((one.start, one.end) for one in findings if one.rule == rule.id):
        if start < end and (not marked or start >= marked[-1][1]):
            marked.append((start, end))
    return tuple(marked)


def _reason(rule: Rule, example: str, policy: Policy) -> str:
    _, candidates = judge(_read(example, policy), policy, EverySetting())
    return next((one.reason for one in candidates if one.rule == rule.id), "")


def _clauses(rule: Rule, policy: Policy) -> Iterator[Clause]:
    for place, citations in rule.citations.items():
        for name in citations:
            one = policy.knowledge.regulations.get(name)
            if one is None:
                yield Clause(place, name, "", name, "", "", checked=False, page="")
            else:
                yield Clause(
                    place, name, one.body, one.title, one.section, one.url, checked=one.verified, page=one.checked
                )  # fmt: skip
