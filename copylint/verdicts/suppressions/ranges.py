"""Ranges: which `copylint-enable` ends which `copylint-disable`, for each rule by itself.

Ranges of one rule nest like brackets: an `enable` ends the last one that is open. So `disable overclaim`, then `enable
overclaim/hype` leaves the rest of the group switched off, and ranges of different rules may overlap as they like. An
`enable` without names ends all that is open.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

Rules = tuple[str, ...]


class Mark(NamedTuple):
    """A directive that begins or ends ranges. number: the caller's, to know it by. names: none for an end of all."""

    number: int
    begins: bool
    offset: int
    names: tuple[str, ...]


class Range(NamedTuple):
    """Rules that a name of the directive `number` switches off. end: source offset, None for an open end."""

    number: int
    name: str
    rules: Rules
    start: int
    end: int | None


def pair(marks: Iterable[Mark], members: Mapping[str, Rules]) -> tuple[list[Range], list[tuple[int, str]]]:
    """The ranges of all directives, and the (number, name) of the ends that end nothing (name "": an end of all).

    marks: in the order of their places. members: the rules of each name.
    """
    known = list(marks)
    bundles = _bundles({name: members[name] for mark in known for name in mark.names})
    ranges: list[Range] = []
    vain: list[tuple[int, str]] = []
    open_marks: dict[Rules, list[Mark]] = {}

    def end(rules: Rules, mark: Mark, offset: int | None) -> None:
        ranges.extend(
            Range(mark.number, name, rules, mark.offset, offset) for name in mark.names if rules in bundles[name]
        )

    for mark in known:
        own = dict.fromkeys(rules for name in mark.names for rules in bundles[name])
        if mark.begins:
            for rules in own:
                open_marks.setdefault(rules, []).append(mark)
        elif mark.names:
            ended = [rules for rules in own if rules in open_marks]
            for rules in ended:
                end(rules, open_marks[rules].pop(), mark.offset)
                if not open_marks[rules]:
                    del open_marks[rules]
            vain.extend(
                (mark.number, name) for name in mark.names if not any(rules in bundles[name] for rules in ended)
            )
        else:
            if not open_marks:
                vain.append((mark.number, ""))
            while open_marks:
                rules, opened = open_marks.popitem()
                for one in opened:
                    end(rules, one, mark.offset)
    for rules, opened in open_marks.items():
        for one in opened:
            end(rules, one, None)
    return ranges, vain


def _bundles(names: Mapping[str, Rules]) -> dict[str, Mapping[Rules, None]]:
    """The rules of each name in bundles that no name parts: they are switched on and off together.

    A group that is never split is one bundle, so that a thousand ranges of it are a thousand, not twelve.
    """
    named: dict[str, tuple[str, ...]] = {}
    for name, rules in names.items():
        for rule in rules:
            named[rule] = (*named.get(rule, ()), name)
    bundles: dict[tuple[str, ...], list[str]] = {}
    for rule, by in named.items():
        bundles.setdefault(by, []).append(rule)
    return {name: {tuple(rules): None for by, rules in bundles.items() if name in by} for name in names}
