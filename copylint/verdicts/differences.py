"""What becomes of the findings in a document when it is judged by other rules.

Findings of one rule are the same where they stand on the same words, and changed where their words overlap or what is
said of them differs: the severity, or the verdict of a jurisdiction. Messages may be worded anew: that is no change.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from copylint.findings import Finding


class Difference(NamedTuple):
    """A finding before and after; None where there is none. One of them is there."""

    before: Finding | None
    after: Finding | None

    @property
    def kind(self) -> str:
        """What happened: "added", "removed" or "changed"."""
        return "added" if self.before is None else "removed" if self.after is None else "changed"

    @property
    def finding(self) -> Finding:
        """The finding as it is now, or was."""
        found = self.after or self.before
        assert found is not None
        return found


def differences(before: Iterable[Finding], after: Iterable[Finding]) -> list[Difference]:
    """What differs between the findings of two runs over one document: by place, then by rule. Open ones count."""
    rules: dict[str, tuple[list[Finding], list[Finding]]] = defaultdict(lambda: ([], []))
    for side, findings in enumerate((before, after)):
        for finding in findings:
            if finding.status == "open":
                rules[finding.rule][side].append(finding)
    found = [one for old, new in rules.values() for one in _of_rule(old, new)]
    return sorted(found, key=lambda one: (one.finding.start, one.finding.rule, one.finding.end, one.kind))


def _of_rule(before: list[Finding], after: list[Finding]) -> list[Difference]:
    """Of the findings of one rule, in the order of their places: first the same words, then words that overlap."""
    found = []
    places: dict[tuple[int, int], list[Finding]] = defaultdict(list)
    for finding in after:
        places[finding.start, finding.end].append(finding)
    left: list[Finding] = []
    for old in before:
        same = places[old.start, old.end]
        if same:
            new = same.pop(0)
            if _verdict(old) != _verdict(new):
                found.append(Difference(old, new))
        else:
            left.append(old)
    fresh = sorted((one for findings in places.values() for one in findings), key=lambda one: (one.start, one.end))
    return found + _overlapping(sorted(left, key=lambda one: (one.start, one.end)), fresh)


def _overlapping(before: list[Finding], after: list[Finding]) -> list[Difference]:
    """Both in order. Each is paired once, with the first that it overlaps."""
    found: list[Difference] = []
    at = 0
    for old in before:
        while at < len(after) and after[at].end <= old.start:
            found.append(Difference(None, after[at]))
            at += 1
        if at < len(after) and after[at].start < old.end:
            found.append(Difference(old, after[at]))
            at += 1
        else:
            found.append(Difference(old, None))
    return found + [Difference(None, new) for new in after[at:]]


def _verdict(finding: Finding) -> tuple[object, ...]:
    return finding.severity, dict(finding.verdicts)
