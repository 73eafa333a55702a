"""The expected findings of samples/: read them, compare them, rewrite them.

    python tests/refresh_samples.py [NAME ...]

rewrites the expectations of all samples (or of the named ones) after what the linter finds now, for review in the
diff. What people wrote is kept: the reason of a finding by its rule and text, or by its rule and place where the
linter now underlines other words there. A new finding gets the reason TODO, which the tests refuse. A finding that is
lost is not forgotten: it stays, marked `missed: true`, until somebody deletes it because it was wrong, or the linter
finds it again.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from copylint import files
from copylint.checks.settings import CheckSettings
from copylint.config import LintSettings
from copylint.documents import format_of, parse
from copylint.documents.document import Document, Lines
from copylint.engine import lint
from copylint.findings import FileReport, Finding
from copylint.rules import policy

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
SHEET = ".expected.yaml"
TODO = "TODO"


@dataclass(frozen=True, slots=True)
class Expected:
    """One finding (or one decoy) as a reviewer wrote it down. nth: which occurrence of the text, from 1.

    missed: a reviewer would send it back, and the linter does not see it yet. place: the text's visible offsets,
    filled when the entry is compared with a document.
    """

    rule: str
    text: str
    nth: int = 1
    reason: str = ""
    missed: bool = False

    @property
    def key(self) -> tuple[str, str, int]:
        """What makes two entries the same finding."""
        return self.rule, self.text, self.nth


@dataclass(frozen=True, slots=True)
class Sheet:
    """The expectations of one sample: with which jurisdictions it is read, what is found, what is let through."""

    jurisdictions: tuple[str, ...]
    findings: tuple[Expected, ...]
    let_through: tuple[Expected, ...]


@dataclass(frozen=True, slots=True)
class Placed:
    """A finding of the linter, with its place in the visible text (offsets) and its line in the source (from 1)."""

    expected: Expected
    start: int
    end: int
    line: int


def samples() -> list[Path]:
    """Every sample, sorted by name."""
    return sorted(path for path in SAMPLES.iterdir() if format_of(path.name) and path.name != "README.md")


def sheet_of(sample: Path) -> Path:
    """The file beside the sample that holds its expectations."""
    return sample.with_name(sample.name + SHEET)


def load(path: Path) -> Sheet:
    """Read a sheet. Raises KeyError or TypeError where something is missing or of the wrong kind."""
    plain = yaml.safe_load(path.read_text(encoding="utf-8"))
    unknown = plain.keys() - {"jurisdictions", "findings", "let-through"}
    if unknown:
        raise KeyError(f"{path.name}: unknown {sorted(unknown)}")
    return Sheet(
        tuple(plain["jurisdictions"]),
        tuple(_entry(entry) for entry in plain["findings"]),
        tuple(_entry(entry) for entry in plain.get("let-through", [])),
    )


def dump(sheet: Sheet) -> str:
    """A sheet as it is stored: block YAML, texts in single quotes."""
    lines = [f"jurisdictions: [{', '.join(sheet.jurisdictions)}]"]
    for name, entries in (("findings", sheet.findings), ("let-through", sheet.let_through)):
        if entries:
            lines += [f"{name}:", *(line for entry in entries for line in _lines(entry))]
        elif name == "findings":
            lines.append("findings: []")
    return "\n".join(lines) + "\n"


@cache
def document_of(sample: Path) -> Document:
    """The sample as a visitor sees it."""
    return parse(files.read(files.Chosen(sample.name, sample)), format_of(sample.name) or "plain")


@cache
def report_of(sample: Path, jurisdictions: tuple[str, ...]) -> FileReport:
    """What the linter says of the sample, with its own settings and these jurisdictions."""
    source = files.read(files.Chosen(sample.name, sample))
    return lint(source, _policy(), LintSettings(checks=CheckSettings(jurisdictions=jurisdictions)))


def found(sample: Path, jurisdictions: tuple[str, ...]) -> list[Placed]:
    """The open findings of a sample, in the order of their places."""
    document = document_of(sample)
    lines = Lines(document.source.text)
    report = report_of(sample, jurisdictions)
    return [_placed(finding, document, lines) for finding in report.findings if finding.status == "open"]


def places(document: Document, text: str) -> list[tuple[int, int]]:
    """Where a text stands in the visible text (offsets), whatever white space is between its words."""
    pattern = r"\s+".join(re.escape(word) for word in text.split())
    return [match.span() for match in re.finditer(pattern, document.text)]


def place_of(document: Document, entry: Expected) -> tuple[int, int] | None:
    """The visible offsets of an entry, or None where its text does not stand that often in the document."""
    where = places(document, entry.text)
    return where[entry.nth - 1] if entry.nth <= len(where) else None


def refreshed(sample: Path, sheet: Sheet) -> Sheet:
    """The sheet as the linter would fill it now, with the reasons that people wrote."""
    document = document_of(sample)
    actual = found(sample, sheet.jurisdictions)
    now = {one.expected.key: one for one in actual}
    kept = {entry.key: replace(entry, missed=entry.key not in now) for entry in sheet.findings}
    for one in actual:
        if one.expected.key not in kept:
            same_place = next((entry for entry in kept.values() if _is_same_place(entry, one, document)), None)
            reason = same_place.reason if same_place else _reason_of(one.expected, sheet.findings)
            if same_place:
                del kept[same_place.key]
            kept[one.expected.key] = replace(one.expected, reason=reason)
    entries = sorted(kept.values(), key=lambda entry: (place_of(document, entry) or (sys.maxsize, 0), entry.rule))
    return replace(sheet, findings=tuple(entries))


def _is_same_place(entry: Expected, one: Placed, document: Document) -> bool:
    """Whether a lost entry is the found one, with other words underlined."""
    place = place_of(document, entry)
    if not entry.missed or entry.rule != one.expected.rule or place is None:
        return False
    return place[0] < one.end and one.start < place[1]


def _reason_of(wanted: Expected, entries: Iterable[Expected]) -> str:
    return next((entry.reason for entry in entries if (entry.rule, entry.text) == (wanted.rule, wanted.text)), TODO)


def _placed(finding: Finding, document: Document, lines: Lines) -> Placed:
    where = places(document, finding.text)
    starts = [document.source_span(start, end)[0] for start, end in where]
    before = sum(start < finding.start for start in starts)
    start, end = where[min(before, len(where) - 1)] if where else (0, 0)
    return Placed(Expected(finding.rule, finding.text, before + 1), start, end, lines.position(finding.start)[0])


@cache
def _policy() -> policy.Policy:
    return policy.load()


def _entry(plain: dict[str, Any]) -> Expected:
    unknown = plain.keys() - {"rule", "text", "nth", "missed", "reason"}
    if unknown:
        raise KeyError(f"unknown {sorted(unknown)} in {plain}")
    missed = plain.get("missed", False) is True
    return Expected(plain["rule"], plain["text"], plain.get("nth", 1), plain["reason"], missed)


def _lines(entry: Expected) -> Iterator[str]:
    yield f"  - rule: {entry.rule}"
    yield f"    text: {_quoted(entry.text)}"
    if entry.nth > 1:
        yield f"    nth: {entry.nth}"
    if entry.missed:
        yield "    missed: true"
    yield f"    reason: {_quoted(entry.reason)}"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def main(names: list[str]) -> int:
    """Rewrite the sheets; tells on standard error what is left for people to do. 0, or 2 for an unknown name."""
    chosen = [path for path in samples() if not names or path.name in names]
    if names and len(chosen) < len(set(names)):
        print(f"there is no sample {', '.join(set(names) - {path.name for path in chosen})}", file=sys.stderr)
        return 2
    for sample in chosen:
        path = sheet_of(sample)
        sheet = refreshed(sample, load(path) if path.exists() else Sheet(("us",), (), ()))
        path.write_text(dump(sheet), encoding="utf-8", newline="\n")
        todo = sum(entry.reason == TODO for entry in sheet.findings)
        missed = sum(entry.missed for entry in sheet.findings)
        counts = f"{len(sheet.findings)} findings, {missed} missed, {todo} without a reason"
        print(f"{sample.name}: {counts}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
