"""The sheet in Markdown, for a merge request, a wiki or a word processor that reads it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from copylint.findings import JURISDICTIONS
from copylint.reports.commonmark import escaped, link
from copylint.reports.sheet import JURISDICTION_NAMES, Clause, Entry, Fires, Passes, Sheet


def render(sheet: Sheet) -> str:
    """The whole sheet. Whatever stands in a rule is text in it."""
    return "\n".join(_lines(sheet)) + "\n"


def _lines(sheet: Sheet) -> Iterator[str]:
    chosen = ", ".join(JURISDICTION_NAMES[place] for place in sheet.jurisdictions)
    yield from ("# The rules of copylint, for review", "")
    yield f"- {len(sheet.entries):,} rules of copylint {sheet.version}"
    yield f"- State of rules and knowledge: `{sheet.digest}`"
    yield f"- What is known of the law was checked as of {sheet.date}"
    yield f"- In force: {chosen}"
    yield "- This is no legal advice"
    for group, entries in sheet.groups():
        yield from ("", f"## {escaped(group)}")
        for entry in entries:
            yield from _entry(entry, sheet.date)


def _entry(entry: Entry, date: str) -> Iterator[str]:
    yield from ("", f"### {escaped(entry.id)}", "", f"{escaped(entry.title)}. It is reported as:", "")
    yield f"> {escaped(entry.message)}"
    yield from ("", f"**Why:** {escaped(entry.why)}")
    if entry.setting:
        yield from ("", f"**{escaped(entry.setting)}**")
    yield from ("", f"| {' | '.join(JURISDICTION_NAMES.values())} |", "|" + " --- |" * len(JURISDICTIONS))
    yield f"| {' | '.join(entry.severities.get(place, 'does not apply') for place in JURISDICTIONS)} |"
    yield from _list("What to write instead", (escaped(line) for line in entry.better))
    yield from _list("It fires on", map(_fires, entry.fires))
    yield from _list("It lets pass", map(_passes, entry.passes))
    if entry.clauses:
        yield from (
            "",
            "**The law and practice behind it**",
            "",
            "| where | clause | of | checked |",
            "| --- " * 4 + "|",
        )
        yield from (_clause(one, date) for one in entry.clauses)
    else:
        yield from ("", "No law or code is cited for it.")


def _list(title: str, items: Iterable[str]) -> Iterator[str]:
    for number, item in enumerate(items):
        if number == 0:
            yield from ("", f"**{title}**", "")
        yield f"- {item}"


def _fires(example: Fires) -> str:
    """The example with its words in bold: as HTML, for stars beside a word's inside would stay stars."""
    shown, at = "", 0
    for start, end in example.marked:
        shown += _part(example.text[at:start]) + f"<strong>{_part(example.text[start:end])}</strong>"
        at = end
    return shown + _part(example.text[at:])


def _part(text: str) -> str:
    """A part of a line: the spaces at its ends stay."""
    if not text.strip():
        return " " if text else ""
    before, after = text[:1].isspace(), text[-1:].isspace()
    return f"{' ' if before else ''}{escaped(text)}{' ' if after else ''}"


def _passes(example: Passes) -> str:
    return escaped(example.text) + (f" — *{escaped(example.reason)}*" if example.reason else "")


def _clause(clause: Clause, date: str) -> str:
    name = ", ".join(filter(None, (link(clause.title, clause.url), escaped(clause.section))))
    checked = f"as of {date}" if clause.checked else "not yet, against its text"
    if clause.checked and clause.page and clause.page != clause.url:
        checked = link(f"as of {date}", clause.page)
    return f"| {JURISDICTION_NAMES[clause.jurisdiction]} | {name} | {escaped(clause.body)} | {checked} |"
