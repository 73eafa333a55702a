"""The sheet as one HTML page: nothing is loaded, nothing runs, everything can be printed and signed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from copylint.findings import JURISDICTIONS
from copylint.reports.sheet import JURISDICTION_NAMES, Clause, Entry, Fires, Passes, Sheet
from copylint.reports.visible import visible

_STYLE = """
:root { color-scheme: light; }
body { margin: 0 auto; max-width: 60rem; padding: 1.5rem; color: #1b1b1b; background: #fff;
  font: 1rem/1.5 Georgia, "Times New Roman", serif; overflow-wrap: break-word; }
h1, h2, h3, h4, th, nav, .facts, .sign { font-family: system-ui, "Segoe UI", Helvetica, Arial, sans-serif; }
h1 { font-size: 1.8rem; line-height: 1.2; }
h2 { margin-top: 3rem; border-bottom: 3px solid #1b1b1b; }
h3 { margin: 2.5rem 0 0; font-size: 1.2rem; }
h3 code { font-size: 1rem; font-weight: normal; color: #555; }
h4 { margin: 1.2rem 0 .3rem; font-size: 1rem; }
p, blockquote, ul { margin: .4rem 0; }
blockquote { padding-left: 1rem; border-left: 4px solid #8a8a8a; }
a { color: #0b4f9e; }
table { width: 100%; margin: .5rem 0; border-collapse: collapse; }
caption { padding: .2rem 0; text-align: left; font: bold 1rem/1.5 system-ui, Helvetica, Arial, sans-serif; }
th, td { padding: .3rem .5rem; border: 1px solid #8a8a8a; text-align: left; vertical-align: top; }
th { background: #f0f0f0; font-size: .9rem; }
mark { background: #ffe08a; color: inherit; text-decoration: underline; text-decoration-thickness: 2px; }
q { quotes: none; white-space: pre-line; }
.reason { display: block; color: #555; font-style: italic; }
.setting { font-weight: bold; }
.sign { margin: 1rem 0; padding: .5rem; border: 1px solid #8a8a8a; }
.sign span { display: inline-block; margin-right: .8rem; }
.line { min-width: 8rem; border-bottom: 1px solid #1b1b1b; }
nav ul { columns: 3 14rem; padding-left: 1.2rem; }
@page { margin: 18mm 16mm; }
@media print {
  body { max-width: none; padding: 0; font-size: 10pt; }
  h2 { break-before: page; }
  h2, h3, h4, caption { break-after: avoid; }
  li, tr, blockquote, .sign { break-inside: avoid; }
  a { color: inherit; }
  td a[href^="http"]::after { content: " <" attr(href) ">"; font-size: 8pt; overflow-wrap: anywhere; }
  mark { background: none; font-weight: bold; }
}
"""


def render(sheet: Sheet) -> str:
    """The whole page. Whatever stands in a rule is text in it."""
    return "\n".join(_lines(sheet)) + "\n"


def _lines(sheet: Sheet) -> Iterator[str]:
    title = "The rules of copylint, for review"
    yield from ("<!DOCTYPE html>", '<html lang="en">', "<head>", '<meta charset="utf-8">')
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
    yield f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    yield from ('<meta name="referrer" content="no-referrer">', f"<title>{title}</title>", f"<style>{_STYLE}</style>")
    yield from ("</head>", "<body>", "<header>", f"<h1>{title}</h1>", '<ul class="facts">')
    yield f"<li>{len(sheet.entries):,} rules of copylint {_text(sheet.version)}</li>"
    yield f"<li>State of rules and knowledge: <code>{_text(sheet.digest)}</code></li>"
    yield f"<li>What is known of the law was checked as of {_text(sheet.date)}</li>"
    yield f"<li>In force: {', '.join(JURISDICTION_NAMES[place] for place in sheet.jurisdictions)}</li>"
    yield from ("<li>This is no legal advice</li>", "</ul>", "</header>", '<nav aria-label="Rules">', "<ul>")
    for entry in (entry for _, entries in sheet.groups() for entry in entries):
        yield f'<li><a href="#{_anchor(entry.id)}">{_text(entry.id)}</a></li>'
    yield from ("</ul>", "</nav>", "<main>")
    for group, entries in sheet.groups():
        yield f'<h2 id="{_anchor(group)}">{_text(group)}</h2>'
        for entry in entries:
            yield from _entry(entry, sheet.date)
    yield from ("</main>", "</body>", "</html>")


def _entry(entry: Entry, date: str) -> Iterator[str]:
    anchor = _anchor(entry.id)
    yield f'<section aria-labelledby="{anchor}">'
    yield f'<h3 id="{anchor}">{_text(entry.title)} <code>{_text(entry.id)}</code></h3>'
    yield f"<p>It is reported as:</p>\n<blockquote>{_text(entry.message)}</blockquote>"
    yield f"<p>{_text(entry.why)}</p>"
    if entry.setting:
        yield f'<p class="setting">{_text(entry.setting)}</p>'
    yield from _severities(entry)
    yield from _list("What to write instead", map(_text, entry.better))
    yield from _list("It fires on", map(_fires, entry.fires))
    yield from _list("It lets pass", map(_passes, entry.passes))
    yield from _clauses(entry.clauses, date)
    yield '<p class="sign"><span>☐ stays</span> <span>☐ change:</span> <span class="line">&nbsp;</span>'
    yield '<span>reviewed by</span> <span class="line">&nbsp;</span>'
    yield '<span>on</span> <span class="line">&nbsp;</span></p>'
    yield "</section>"


def _severities(entry: Entry) -> Iterator[str]:
    yield from ("<table>", "<caption>How grave it is</caption>", "<thead><tr>")
    yield from (f'<th scope="col">{JURISDICTION_NAMES[place]}</th>' for place in JURISDICTIONS)
    yield "</tr></thead>\n<tbody><tr>"
    yield from (f"<td>{entry.severities.get(place, 'does not apply')}</td>" for place in JURISDICTIONS)
    yield "</tr></tbody></table>"


def _list(title: str, items: Iterable[str]) -> Iterator[str]:
    listed = [f"<li>{item}</li>" for item in items]
    if listed:
        yield from (f"<h4>{title}</h4>", "<ul>", *listed, "</ul>")


def _fires(example: Fires) -> str:
    shown, at = "", 0
    for start, end in example.marked:
        shown += f"{_text(example.text[at:start])}<mark>{_text(example.text[start:end])}</mark>"
        at = end
    return f"<q>{shown}{_text(example.text[at:].rstrip())}</q>"


def _passes(example: Passes) -> str:
    reason = f' <span class="reason">{_text(example.reason)}</span>' if example.reason else ""
    return f"<q>{_text(example.text.rstrip())}</q>{reason}"


def _clauses(clauses: Iterable[Clause], date: str) -> Iterator[str]:
    rows = [_clause(one, date) for one in clauses]
    if not rows:
        yield "<p>No law or code is cited for it.</p>"
        return
    yield from ("<table>", "<caption>The law and practice behind it</caption>", "<thead><tr>")
    yield from (f'<th scope="col">{name}</th>' for name in ("Where", "Clause", "Of", "Checked"))
    yield from ("</tr></thead>", "<tbody>", *rows, "</tbody></table>")


def _clause(clause: Clause, date: str) -> str:
    section = f", {_text(clause.section)}" if clause.section else ""
    checked = f"as of {_text(date)}" if clause.checked else "not yet, against its text"
    if clause.checked and clause.page and clause.page != clause.url:
        checked = _link(f"as of {date}", clause.page)
    return (
        f'<tr><th scope="row">{JURISDICTION_NAMES[clause.jurisdiction]}</th>'
        f"<td>{_link(clause.title, clause.url)}{section}</td><td>{_text(clause.body)}</td><td>{checked}</td></tr>"
    )


def _link(text: str, url: str) -> str:
    """A link; only its text where the address is none of the web."""
    if not url.startswith(("https://", "http://")):
        return _text(text)
    return f'<a href="{escape(url)}">{_text(text)}</a>'


def _anchor(name: str) -> str:
    return escape("-".join(name.replace("/", " ").split()))


def _text(text: str) -> str:
    """Text that is nothing but text; what cannot be seen is shown as an escape, line ends stay."""
    return "\n".join(escape(visible(line)) for line in text.split("\n"))
