"""Findings by rule and place, for suppressions to take: each finding is taken once, by the first that covers it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

from copylint.findings import Finding
from copylint.verdicts.suppressions.extents import Extent


class FindingIndex:
    """An index of findings that are sorted by their start. However many extents cover one, the work stays linear."""

    def __init__(self, found: Iterable[Finding]) -> None:
        self._numbers: dict[str, list[int]] = {}
        self._starts: dict[str, list[int]] = {}
        for number, finding in enumerate(found):
            self._numbers.setdefault(finding.rule, []).append(number)
            self._starts.setdefault(finding.rule, []).append(finding.start)
        self._present: dict[tuple[str, ...], list[str]] = {}
        # For each place of a list where to look on: one that leads to itself is not taken yet (a disjoint-set forest).
        self._ahead = {rule: list(range(len(numbers) + 1)) for rule, numbers in self._numbers.items()}

    def take(self, reaches: Iterable[tuple[tuple[str, ...], Extent]]) -> tuple[int, list[int]]:
        """How many findings of these rules begin within the extents, and the numbers of those that nobody has taken."""
        covered = 0
        taken: list[int] = []
        for rules, (start, end) in reaches:
            for rule in self._those_found(rules):
                starts = self._starts[rule]
                low, high = bisect_left(starts, start), bisect_left(starts, end)
                covered += max(high - low, 0)
                ahead, numbers = self._ahead[rule], self._numbers[rule]
                while (low := _free(ahead, low)) < high:
                    taken.append(numbers[low])
                    ahead[low] = low + 1
        return covered, taken

    def _those_found(self, rules: tuple[str, ...]) -> list[str]:
        """Those of the rules that have a finding."""
        if rules not in self._present:
            self._present[rules] = [rule for rule in rules if rule in self._starts]
        return self._present[rules]


def _free(ahead: list[int], at: int) -> int:
    """The first place from `at` on that leads to itself; the way there is shortened for the next one who asks."""
    end = at
    while ahead[end] != end:
        end = ahead[end]
    while ahead[at] != end:
        ahead[at], at = end, ahead[at]
    return end
