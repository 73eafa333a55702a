"""A measurement as a table for people and as JSON for programs, and its cases with the words around them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePath

from copylint.measure.tally import ENOUGH, Case, Measurement, Score
from copylint.reports.visible import one_line, visible

AROUND = 70
"""Characters of the text on each side of a case."""
LONGEST_SHOWN = 240
"""Characters of a case itself; of a longer one, the beginning."""
_COLUMNS = ("findings", "precision", "labelled", "recall", "F1", "decoys", "kept")


def table(measurement: Measurement, jurisdictions: Iterable[str]) -> str:
    """The tables: labels, rules, whole documents, and what they come to. Rows of nothing are left out."""
    total, any_label, regulator = measurement.total, measurement.any_label, measurement.regulator
    documents = {**measurement.documents, **measurement.by_document_rule}
    widest = max(len(name) for name in ("whole documents", *measurement.by_rule, *documents, *measurement.labels))
    together = {"all together": total, "any label": any_label}
    blocks = [
        [*_rows("label", measurement.labels, widest), *(_row(name, row, widest) for name, row in together.items())],
        list(_rows("rule", measurement.by_rule, widest)),
        list(_rows("whole documents", documents, widest)),
    ]
    macro, common = measurement.macro_f1, len(measurement.common)
    lines = [
        f"texts: {measurement.records:,} of {measurement.words:,} words; jurisdictions: {', '.join(jurisdictions)}",
        f"macro F1: {_number(macro)} (labels with {ENOUGH} labelled passages or more: {common})",
    ]
    if regulator.spans:
        found = f"{_number(regulator.recall)} of {regulator.spans:,}"
        lines.append(f"passages that regulators objected to, found under any label: {found}")
    for kind, rate in sorted(measurement.alarms.items()):
        often = f"{_number(rate.per_1000_words)} per 1,000 words"
        lines.append(f"alarms in {kind} texts: {often} ({rate.alarms:,} in {rate.words:,})")
    blocks.append(lines)
    return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"


def _rows(title: str, scores: Mapping[str, Score], widest: int) -> Iterator[str]:
    rows = [_row(name, row, widest) for name, row in scores.items() if not row.empty]
    if rows:
        yield f"{title:{widest}}" + "".join(f"  {column:>{_width(column)}}" for column in _COLUMNS)
        yield from rows


def _row(name: str, row: Score, widest: int) -> str:
    f1 = row.f1 if row.findings and row.spans else None
    decoys = f"{row.decoys:,}" if row.decoys else "-"
    cells = (
        f"{row.findings:,}", _number(row.precision), f"{row.spans:,}", _number(row.recall), _number(f1),
        decoys, _number(row.decoys_kept),
    )  # fmt: skip
    columns = (f"  {cell:>{_width(column)}}" for cell, column in zip(cells, _COLUMNS, strict=True))
    return f"{visible(name):{widest}}" + "".join(columns)


def _width(column: str) -> int:
    return max(len(column), 5)


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"


def as_json(measurement: Measurement, cases: Iterable[Case] | None = None) -> dict[str, object]:
    """Everything that was counted, unrounded. No text of the corpus, unless cases are given."""
    plain: dict[str, object] = {
        "records": measurement.records,
        "words": measurement.words,
        "total": {**_plain(measurement.total), "macro_f1": measurement.macro_f1},
        "any_label": _plain(measurement.any_label),
        "regulator": _plain(measurement.regulator),
        "labels": {name: _plain(row) for name, row in measurement.labels.items()},
        "by_rule": {name: _plain(row) for name, row in measurement.by_rule.items()},
        "documents": {name: _plain(row) for name, row in measurement.documents.items()},
        "by_document_rule": {name: _plain(row) for name, row in measurement.by_document_rule.items()},
        "alarms": {
            kind: {"alarms": rate.alarms, "words": rate.words, "per_1000_words": rate.per_1000_words}
            for kind, rate in sorted(measurement.alarms.items())
        },
    }
    if cases is not None:
        plain["cases"] = [_plain_case(case) for case in cases]
    return plain


def _plain(row: Score) -> dict[str, object]:
    return {
        "findings": row.findings, "right": row.right, "precision": row.precision,
        "labelled": row.spans, "hit": row.hit, "recall": row.recall, "f1": row.f1,
        "decoys": row.decoys, "kept": row.kept, "decoys_kept": row.decoys_kept,
    }  # fmt: skip


def _plain_case(case: Case) -> dict[str, object]:
    text = case.record.text
    return {
        "case": case.what, "place": PurePath(case.record.place).as_posix(), "id": case.record.id,
        "label": case.label, "rules": list(case.rules), "start": case.start, "end": case.end,
        "before": text[max(0, case.start - AROUND) : case.start],
        "text": text[case.start : case.end],
        "after": text[case.end : case.end + AROUND] if case.end else "",
    }  # fmt: skip


def case_line(case: Case) -> str:
    """A case on one line that a terminal can be trusted with: place, id, label, rules, the words in their context."""
    head = f"{visible(case.record.place)}: {one_line(case.record.id)}: {visible(case.label)}"
    rules = f" ({', '.join(visible(rule) for rule in case.rules)})" if case.what != "misses" else ""
    return f"{head}{rules}: {_context(case)}"


def _context(case: Case) -> str:
    text, start, end = case.record.text, case.start, case.end
    if not end:
        return "the whole document"
    first, last = max(0, start - AROUND), min(len(text), end + AROUND)
    inside = text[start:end] if end - start <= LONGEST_SHOWN else text[start : start + LONGEST_SHOWN] + "…"
    before = ("…" if first else "") + text[first:start]
    after = text[end:last] + ("…" if last < len(text) else "")
    return one_line(f"{before}[[{inside}]]{after}")
