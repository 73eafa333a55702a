"""One record and what was found in it: which findings are right, which labelled passages were met.

Findings and labels are compared by name. The name is the label when labels are measured and the rule when rules are;
everything else is the same, so both tables come from the same few lines.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

from copylint.measure.corpus import Record, Span

LONGEST = 16
"""Words of the source that a passage may have and still hit a label: who underlines a paragraph has found nothing."""

Verdict = Literal["right", "other", "false", "optional"]


class Found(NamedTuple):
    """A finding as it is measured. start and end: characters of the record's text."""

    rule: str
    label: str
    start: int
    end: int


class Passage(NamedTuple):
    """Findings of one name that overlap or touch, as one. rules: those that found it."""

    name: str
    label: str
    start: int
    end: int
    rules: frozenset[str]


class Met(NamedTuple):
    """A labelled passage and what lies on it. names: of the passages of its own label. any_label: of any."""

    span: Span
    names: frozenset[str]
    any_label: bool


class Comparison(NamedTuple):
    """What became of the findings, of the passages that must be sent back, and of the decoys.

    Verdicts: "right" (on a passage of its label), "other" (on a passage of another label only), "false" (on none),
    "optional" (on one that may be sent back or not: counts neither way).
    """

    passages: tuple[tuple[Passage, Verdict], ...]
    spans: tuple[Met, ...]
    decoys: tuple[Met, ...]


def merge(found: Iterable[Found], *, by_rule: bool = False) -> list[Passage]:
    """Findings of one label (or of one rule) that overlap or touch become one passage. Sorted by name and place."""
    named = sorted((one.rule if by_rule else one.label, one.start, one.end, one.label, one.rule) for one in found)
    passages: list[Passage] = []
    for name, start, end, label, rule in named:
        last = passages[-1] if passages else None
        if last is not None and last.name == name and start <= last.end:
            passages[-1] = last._replace(end=max(end, last.end), rules=last.rules | {rule})
        else:
            passages.append(Passage(name, label, start, end, frozenset({rule})))
    return passages


def compare(record: Record, passages: list[Passage]) -> Comparison:
    """Hold passages against the labels of their record. One shared character is enough to meet."""
    asked = [span for span in record.spans if not span.decoy and not span.optional]
    decoys = [span for span in record.spans if span.decoy and not span.optional]
    optional = [span for span in record.spans if span.optional]
    hitting = [one for one in passages if len(record.text[one.start : one.end].split()) <= LONGEST]
    short = frozenset(hitting)
    return Comparison(
        tuple((one, _verdict(one, one in short, asked, optional)) for one in passages),
        tuple(_met(span, hitting) for span in asked),
        tuple(_met(span, passages) for span in decoys),
    )


def meets(passage: Passage, span: Span) -> bool:
    """Whether they are of one label, decoy or not, and have a character in common."""
    return passage.label == span.label and _shared(passage, span)


def _verdict(passage: Passage, short: bool, asked: list[Span], optional: list[Span]) -> Verdict:
    if any(meets(passage, span) and not span.decoy for span in optional):
        return "optional"
    if short and any(meets(passage, span) for span in asked):
        return "right"
    return "other" if short and any(_shared(passage, span) for span in asked + optional) else "false"


def _met(span: Span, passages: list[Passage]) -> Met:
    names = frozenset(passage.name for passage in passages if meets(passage, span))
    return Met(span, names, any(_shared(passage, span) for passage in passages))


def _shared(passage: Passage, span: Span) -> bool:
    return passage.start < span.end and span.start < passage.end
