"""`full`: each finding with its line of the source, why it is one, what to write instead, and under which rule.

Like a good compiler: the line that `concise` prints, the source with carets under the words, then notes.
"""

from __future__ import annotations

from copylint.documents.document import Lines
from copylint.findings import Finding, Report
from copylint.reports import Style
from copylint.reports.concise import headline
from copylint.reports.excerpt import excerpt
from copylint.reports.paint import paint
from copylint.reports.summary import open_findings
from copylint.reports.visible import folded


def render(report: Report, style: Style) -> str:
    """The open findings, by file and place, with an empty line after each."""
    parts = []
    for file in report.files:
        places = Lines(file.source)
        for finding in open_findings(file):
            line, column = places.position(finding.start)
            parts.append(headline(file.path, line, column, finding, style))
            parts.extend(_source_lines(file.source, finding, line, column, style))
            parts.extend(_notes(finding, len(str(line)), style))
            parts.append("")
    return "".join(part + "\n" for part in parts)


def _source_lines(source: str, finding: Finding, line: int, column: int, style: Style) -> list[str]:
    margin = len(str(line))
    bar = paint(f"{' ' * margin} |", "gutter", color=style.color)
    numbered = paint(f"{line} |", "gutter", color=style.color)
    shown = excerpt(source, finding.start, finding.end, column, style.width - margin - 3)
    carets = paint("^" * shown.carets, finding.severity, color=style.color)
    lines = [bar, f"{numbered} {shown.text}", f"{bar} {' ' * shown.indent}{carets}"]
    if shown.more:
        lines.append(paint(f"{'.' * max(margin, 3)}", "gutter", color=style.color))
    return lines


def _notes(finding: Finding, margin: int, style: Style) -> list[str]:
    notes = [("why", finding.why), *(("better", text) for text in finding.better)]
    if finding.fix is not None:
        notes.append(("fix", finding.fix))
    notes.extend(("rule", text) for text in _citations(finding, style))
    lines = []
    for name, text in notes:
        if not text.strip():
            continue
        head = f"{' ' * margin} = {name}: "
        first, *rest = folded(text, max(style.width - len(head), 20))
        label = paint(f"{' ' * margin} =", "gutter", color=style.color) + f" {paint(name, 'rule', color=style.color)}: "
        lines.append(label + first)
        lines.extend(" " * len(head) + more for more in rest)
    return lines


def _citations(finding: Finding, style: Style) -> list[str]:
    """The regulations behind a finding, each once, with the jurisdictions that cite it."""
    cited: dict[str, list[str]] = {}
    for jurisdiction, verdict in finding.verdicts.items():
        for citation in verdict.citations:
            cited.setdefault(citation, []).append(jurisdiction)
    return [f"{style.citation(citation)} ({', '.join(where)})" for citation, where in cited.items()]
