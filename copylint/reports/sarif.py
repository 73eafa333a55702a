"""`sarif`: the Static Analysis Results Interchange Format 2.1.0 (OASIS), as GitHub code scanning and editors read it.

All findings are in it, settled ones too, marked as the format has it: `suppressions` for what a person has decided,
`baselineState` where known findings were told from new ones. Of the rules, those that have a result.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import quote

from copylint.documents.document import Lines
from copylint.findings import FileReport, Finding, Report, Severity
from copylint.reports import RulePage, Style
from copylint.reports.commonmark import escaped, link
from copylint.reports.summary import UNREADABLE, notice, remarks
from copylint.reports.visible import one_line, shortened
from copylint.verdicts import fingerprints

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
ROOT = "%SRCROOT%"
"""What paths are relative to: a name that GitHub and others know for the top of the checked-out files."""
LEVELS: dict[Severity, str] = {"error": "error", "warning": "warning", "suggestion": "note"}
PROBLEMS: dict[Severity, str] = {"error": "error", "warning": "warning", "suggestion": "recommendation"}
"""The same in the words of GitHub code scanning (`problem.severity`)."""
MEDIA_TYPES = {"markdown": "text/markdown", "mdx": "text/mdx", "html": "text/html", "plain": "text/plain"}
MOST_EXAMPLES = 10
"""Of each kind, in the help of a rule."""
MOST_CHARACTERS = 1000
"""Of the copy that a result quotes, and of a description (which is as many as GitHub takes)."""
_DRIVE = re.compile(r"[A-Za-z]:/")

Json = dict[str, Any]


def render(report: Report, style: Style) -> str:
    """One SARIF log with one run; the same run gives the same bytes."""
    read = [file for file in report.files if not file.error]
    rules = sorted({finding.rule for file in read for finding in file.findings})
    number = {rule: index for index, rule in enumerate(rules)}
    found = [_results(file, index, number, known=report.baseline) for index, file in enumerate(read)]
    run = {
        "tool": {"driver": _driver(report, read, rules, style)},
        "invocations": [_invocation(report)],
        "originalUriBaseIds": {ROOT: {"description": {"text": "The folder in which copylint was started."}}},
        "columnKind": "unicodeCodePoints",
        "newlineSequences": ["\r\n", "\n", "\r"],
        "artifacts": [_artifact(file) for file in read],
        "results": [result for results in found for result in results],
        "properties": {"jurisdictions": list(report.jurisdictions), "notice": notice(report)},
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, allow_nan=False, indent=2) + "\n"


def _driver(report: Report, read: Iterable[FileReport], rules: Iterable[str], style: Style) -> Json:
    examples = {finding.rule: finding for file in read for finding in file.findings}
    return {
        "name": "copylint",
        "semanticVersion": report.version,
        "version": report.version,
        "language": "en",
        "rules": [_rule(rule, examples[rule], style.rule(rule)) for rule in rules],
        "properties": {"rules": report.rules},
    }


def _rule(rule: str, example: Finding, page: RulePage | None) -> Json:
    """What a rule is and how to meet it. example: any finding of it, which tells what the page does not."""
    if page is None:
        page = RulePage(rule, example.severity, example.why, example.better, (), (), ())
    group = rule.partition("/")[0]
    return {
        "id": rule,
        "name": "".join(part.capitalize() for part in re.split(r"[^A-Za-z0-9]+", rule)),
        "shortDescription": {"text": _sentence(page.title)},
        "fullDescription": {"text": _sentence(page.why or page.title)},
        "help": {"text": _help(page), "markdown": _help_in_markdown(page)},
        "defaultConfiguration": {"level": LEVELS[page.severity]},
        "properties": {"tags": ["copy", group], "problem.severity": PROBLEMS[page.severity]},
    }


def _sentence(text: str) -> str:
    """The text on one line, of a length that GitHub takes, with a full stop."""
    line = shortened(text, MOST_CHARACTERS - 1)
    return line if line.endswith((".", "!", "?", "…")) else f"{line}."


def _help(page: RulePage) -> str:
    parts = [_plain(page.why)]
    for title, lines in _sections(page):
        parts.append("\n".join((f"{title}:", *(f"- {_plain(line)}" for line in lines))))
    cited = [f"- {one.jurisdiction}: {_plain(one.title)}{f' {one.url}' if one.url else ''}" for one in page.citations]
    if cited:
        parts.append("\n".join(("Regulations:", *cited)))
    return "\n\n".join(part for part in parts if part)


def _help_in_markdown(page: RulePage) -> str:
    parts = [escaped(page.why)]
    for title, lines in _sections(page):
        parts.append("\n".join((f"**{title}**\n", *(f"- {escaped(line)}" for line in lines))))
    cited = [f"- {escaped(one.jurisdiction)}: {link(one.title, one.url)}" for one in page.citations]
    if cited:
        parts.append("\n".join(("**Regulations**\n", *cited)))
    return "\n\n".join(part for part in parts if part)


def _sections(page: RulePage) -> Iterator[tuple[str, list[str]]]:
    """The lists of a rule's help that are not empty."""
    if page.better:
        yield "What to write instead", list(page.better)
    for title, examples in (("Flagged", page.flagged), ("Let through", page.passed)):
        more = len(examples) - MOST_EXAMPLES
        lines = [*examples[:MOST_EXAMPLES], *([f"and {more} more: see copylint explain"] if more > 0 else [])]
        if lines:
            yield title, lines


def _invocation(report: Report) -> Json:
    said = [
        {
            "level": "error" if remark.rule == UNREADABLE else "note",
            "message": {"text": _plain(remark.message)},
            "locations": [{"physicalLocation": {"artifactLocation": _location(remark.path)}}],
        }
        for remark in remarks(report)
    ]
    return {"executionSuccessful": not any(file.error for file in report.files), "toolExecutionNotifications": said}


def _artifact(file: FileReport) -> Json:
    artifact: Json = {"location": _location(file.path), "roles": ["analysisTarget"]}
    if file.format in MEDIA_TYPES:
        artifact["mimeType"] = MEDIA_TYPES[file.format]
    artifact["properties"] = {
        "words": file.words, "words_read": file.words_read, "readability": dict(file.readability)
    }  # fmt: skip
    return artifact


def _results(file: FileReport, artifact: int, number: dict[str, int], *, known: bool) -> Iterator[Json]:
    """The results of one file. artifact: its place in the list of files. known: whether there is a baseline."""
    places = Lines(file.source)
    for finding, fingerprint in zip(file.findings, fingerprints.of(file), strict=True):
        place = {
            "artifactLocation": {**_location(file.path), "index": artifact},
            "region": _region(finding, file, places),
        }
        result: Json = {
            "ruleId": finding.rule,
            "ruleIndex": number[finding.rule],
            "level": LEVELS[finding.severity],
            "message": {"text": _message(finding)},
            "locations": [{"physicalLocation": place}],
            "partialFingerprints": {"copylint/v1": fingerprint, "primaryLocationLineHash": fingerprint},
        }
        if finding.status in ("suppressed", "approved"):
            result["suppressions"] = [_suppression(finding)]
        if known:
            result["baselineState"] = "unchanged" if finding.status == "baseline" else "new"
        if finding.fix is not None and file.source[finding.start : finding.end] == finding.text:
            result["fixes"] = [_fix(finding.fix, place)]
        result["properties"] = {
            "text": finding.text,
            "why": finding.why,
            "better": list(finding.better),
            "status": finding.status,
            "verdicts": {
                where: {"severity": verdict.severity, "citations": list(verdict.citations)}
                for where, verdict in finding.verdicts.items()
            },
        }
        yield result


def _message(finding: Finding) -> str:
    return "\n".join((_plain(finding.message), *(f"Instead: {_plain(line)}" for line in finding.better)))


def _plain(text: str) -> str:
    """The text on one line. In a message of SARIF, [words](target) is a link: copy sets none."""
    return one_line(text).replace("](", "] (")


def _region(finding: Finding, file: FileReport, places: Lines) -> Json:
    """Lines and columns count from 1, in code points; the end is the first place after the words."""
    line, column = places.position(finding.start)
    end_line, end_column = places.position(finding.end)
    region: Json = {"startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column}
    if finding.end - finding.start <= MOST_CHARACTERS:
        region["snippet"] = {"text": file.source[finding.start : finding.end]}
    return region


def _suppression(finding: Finding) -> Json:
    """A suppression stands in the copy, an approval in a register beside it."""
    suppression = {"kind": "inSource" if finding.status == "suppressed" else "external", "status": "accepted"}
    return {**suppression, "justification": finding.reason} if finding.reason else suppression


def _fix(words: str, place: Json) -> Json:
    where = {key: place["region"][key] for key in ("startLine", "startColumn", "endLine", "endColumn")}
    replacement = {"deletedRegion": where, "insertedContent": {"text": words}}
    return {"artifactChanges": [{"artifactLocation": place["artifactLocation"], "replacements": [replacement]}]}


def _location(path: str) -> Json:
    """Where a file is: relative to ROOT, or whole where it is on another drive than the working folder."""
    if _DRIVE.match(path):
        return {"uri": f"file:///{path[:2]}{_quoted(path[2:])}"}
    return {"uri": _quoted(path), "uriBaseId": ROOT}


def _quoted(path: str) -> str:
    return quote(path, safe="/", errors="backslashreplace")
