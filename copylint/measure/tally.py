"""Comparisons added up: precision, recall and F1 of every label and rule, decoys, false alarms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from copylint.measure.compare import Comparison, Found, compare, meets, merge
from copylint.measure.corpus import Record, Vocabulary

ENOUGH = 15
"""Labelled passages that a label needs before its F1 says something: fewer are left out of the macro F1."""
QUIET_KINDS = ("neutral", "other")
"""Kinds of text that nobody wrote to sell: what is found there is, as a rule, a false alarm."""


@dataclass(slots=True)
class Score:
    """Counts, and the shares that they give (0 to 1; None where there is nothing to take a share of).

    findings, right: findings that count, and those on a passage of their label. spans, hit: labelled passages, and
    those that were found. decoys, kept: look-alikes, and those that were left alone.
    """

    findings: int = 0
    right: int = 0
    spans: int = 0
    hit: int = 0
    decoys: int = 0
    kept: int = 0

    @property
    def precision(self) -> float | None:
        """How many of the findings are right."""
        return _share(self.right, self.findings)

    @property
    def recall(self) -> float | None:
        """How many of the labelled passages were found."""
        return _share(self.hit, self.spans)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall; 0 where there is none."""
        precision, recall = self.precision, self.recall
        return 2 * precision * recall / (precision + recall) if precision and recall else 0.0

    @property
    def decoys_kept(self) -> float | None:
        """How many of the decoys were left alone."""
        return _share(self.kept, self.decoys)

    @property
    def empty(self) -> bool:
        """Whether there was nothing to count."""
        return not (self.findings or self.spans or self.decoys)


class Alarms(NamedTuple):
    """False findings in so many words of a kind of text. Words: between white space."""

    alarms: int = 0
    words: int = 0

    @property
    def per_1000_words(self) -> float | None:
        """Alarms in a thousand words."""
        return 1000 * self.alarms / self.words if self.words else None


class Case(NamedTuple):
    """Something to look at. what: "misses" (a passage that was passed over), "false" (a finding that is not right), or
    "decoys" (a look-alike that was found). rules: those that found it, or that could have. start and end: characters
    of the record's text; both 0 where a whole document lacks something.
    """

    what: Literal["misses", "false", "decoys"]
    record: Record
    label: str
    rules: tuple[str, ...]
    start: int = 0
    end: int = 0


@dataclass(slots=True)
class Measurement:
    """All that was counted. by_rule: rules of passages. documents, by_document_rule: what is said of whole texts,
    counted in documents. any_label: as if there were only one label. regulator: passages that a regulator objected to.
    """

    labels: dict[str, Score]
    by_rule: dict[str, Score]
    documents: dict[str, Score]
    by_document_rule: dict[str, Score]
    any_label: Score = field(default_factory=Score)
    regulator: Score = field(default_factory=Score)
    alarms: dict[str, Alarms] = field(default_factory=dict)
    cases: list[Case] = field(default_factory=list)
    records: int = 0
    words: int = 0

    @property
    def total(self) -> Score:
        """All labels together: a label counts as often as it occurs."""
        rows = self.labels.values()
        return Score(
            sum(row.findings for row in rows), sum(row.right for row in rows), sum(row.spans for row in rows),
            sum(row.hit for row in rows), sum(row.decoys for row in rows), sum(row.kept for row in rows),
        )  # fmt: skip

    @property
    def common(self) -> tuple[str, ...]:
        """The labels that have passages enough for the macro F1."""
        return tuple(label for label, row in self.labels.items() if row.spans >= ENOUGH)

    @property
    def macro_f1(self) -> float | None:
        """The mean F1 of the common labels: each counts as much as any other."""
        return _share(sum(self.labels[label].f1 for label in self.common), len(self.common))


def _share(part: float, whole: int) -> float | None:
    return part / whole if whole else None


def measure(
    results: Iterable[tuple[Record, Sequence[tuple[str, int, int]]]], rules: Mapping[str, str], labels: Vocabulary
) -> Measurement:
    """Add up what was found in each record.

    results: a record and its findings as (rule, start, end), characters of the record's text. rules: the label of
    every rule. A finding whose rule has a label that is not counted is left out.
    """
    of_passages = {rule: label for rule, label in rules.items() if label in labels.spans}
    of_documents = {rule: label for rule, label in rules.items() if label in labels.documents}
    to = Measurement(
        {label: Score() for label in labels.spans}, {rule: Score() for rule in of_passages},
        {label: Score() for label in labels.documents}, {rule: Score() for rule in of_documents},
    )  # fmt: skip
    for record, findings in results:
        to.records += 1
        to.words += len(record.text.split())
        found = [Found(rule, of_passages[rule], start, end) for rule, start, end in findings if rule in of_passages]
        comparison = compare(record, merge(found))
        _add(to.labels, {label: label for label in labels.spans}, comparison)
        _add(to.by_rule, of_passages, compare(record, merge(found, by_rule=True)))
        _add_any_label(to, record, comparison)
        to.cases += _cases(record, comparison, of_passages)
        if record.whole:
            missing = [Found(rule, of_documents[rule], *place) for rule, *place in findings if rule in of_documents]
            fired = {one.label for one in missing}
            for label, row in to.documents.items():
                _add_document(row, asked=label in record.document, fired=label in fired)
            fired = {one.rule for one in missing}
            for rule, row in to.by_document_rule.items():
                _add_document(row, asked=of_documents[rule] in record.document, fired=rule in fired)
            to.cases += _document_cases(record, missing, of_documents)
    return to


def _add(rows: Mapping[str, Score], label_of: Mapping[str, str], comparison: Comparison) -> None:
    """Add to the rows of one table. label_of: which label the row of each name is about."""
    for passage, verdict in comparison.passages:
        if verdict != "optional":
            rows[passage.name].findings += 1
            rows[passage.name].right += verdict == "right"
    for name, row in rows.items():
        label = label_of[name]
        for met in comparison.spans:
            if met.span.label == label:
                row.spans += 1
                row.hit += name in met.names
        for met in comparison.decoys:
            if met.span.label == label:
                row.decoys += 1
                row.kept += name not in met.names


def _add_any_label(to: Measurement, record: Record, comparison: Comparison) -> None:
    verdicts = [verdict for _, verdict in comparison.passages if verdict != "optional"]
    to.any_label.findings += len(verdicts)
    to.any_label.right += len(verdicts) - verdicts.count("false")
    for met in comparison.spans:
        for row in (to.any_label, to.regulator) if met.span.regulator else (to.any_label,):
            row.spans += 1
            row.hit += met.any_label
    if record.kind in QUIET_KINDS:
        before = to.alarms.get(record.kind, Alarms())
        to.alarms[record.kind] = Alarms(
            before.alarms + verdicts.count("false"), before.words + len(record.text.split())
        )


def _add_document(row: Score, *, asked: bool, fired: bool) -> None:
    row.findings += fired
    row.right += asked and fired
    row.spans += asked
    row.hit += asked and fired


def _cases(record: Record, comparison: Comparison, rules: Mapping[str, str]) -> Iterator[Case]:
    """What a reader will want to see of a comparison by label."""
    for passage, verdict in comparison.passages:
        if verdict in ("false", "other"):
            yield Case("false", record, passage.label, tuple(sorted(passage.rules)), passage.start, passage.end)
    for span, names, _ in comparison.spans:
        if span.label not in names:
            could = tuple(rule for rule, label in rules.items() if label == span.label)
            yield Case("misses", record, span.label, could, span.start, span.end)
    for span, names, _ in comparison.decoys:
        if span.label in names:
            by = {rule for one, _ in comparison.passages if meets(one, span) for rule in one.rules}
            yield Case("decoys", record, span.label, tuple(sorted(by)), span.start, span.end)


def _document_cases(record: Record, missing: Sequence[Found], rules: Mapping[str, str]) -> Iterator[Case]:
    for one in missing:
        if one.label not in record.document:
            yield Case("false", record, one.label, (one.rule,), one.start, one.end)
    for label in sorted(record.document & set(rules.values()) - {one.label for one in missing}):
        could = tuple(rule for rule, of in rules.items() if of == label)
        yield Case("misses", record, label, could)
