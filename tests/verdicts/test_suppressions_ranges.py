"""Ranges: which end belongs to which beginning, held against a reading of one rule at a time."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copylint.verdicts.suppressions.ranges import Mark, Range, pair

MEMBERS = {
    "g": ("g/a", "g/b", "g/c"),
    "g/a": ("g/a",),
    "g/b": ("g/b",),
    "g/c": ("g/c",),
    "h": ("h/d",),
    "h/d": ("h/d",),
}


def marks(text: str) -> list[Mark]:
    """A plus begins a range, a minus ends one: "+g -g/a", at the offsets 0 and 1."""
    return [
        Mark(number, word[0] == "+", number, tuple(word[1:].split(",")) if word[1:] else ())
        for number, word in enumerate(text.split())
    ]


def told(text: str) -> tuple[list[tuple[int, str, str, int | None]], list[tuple[int, str]]]:
    """(number, name, rule, end) of each range, sorted, and the ends of nothing."""
    ranges, vain = pair(marks(text), MEMBERS)
    found = [(one.number, one.name, rule, one.end) for one in ranges for rule in one.rules]
    return sorted(found, key=lambda one: (one[0], one[2])), vain


@pytest.mark.parametrize(
    ("text", "ranges", "vain"),
    [
        ("+h -h", [(0, "h", "h/d", 1)], []),
        ("+h", [(0, "h", "h/d", None)], []),
        ("-h", [], [(0, "h")]),
        ("-", [], [(0, "")]),
        ("+h/d -h", [(0, "h/d", "h/d", 1)], []),
        # nested: the inner end ends the inner range
        ("+h +h -h -h", [(0, "h", "h/d", 3), (1, "h", "h/d", 2)], []),
        # overlapping, each by its rule
        ("+g/a +g/b -g/a -g/b", [(0, "g/a", "g/a", 2), (1, "g/b", "g/b", 3)], []),
        # a group, ended rule by rule
        ("+g -g/a -g", [(0, "g", "g/a", 1), (0, "g", "g/b", 2), (0, "g", "g/c", 2)], []),
        ("+g -g -g/a", [(0, "g", "g/a", 1), (0, "g", "g/b", 1), (0, "g", "g/c", 1)], [(2, "g/a")]),
        # an end of all
        ("+g/a +h -", [(0, "g/a", "g/a", 2), (1, "h", "h/d", 2)], []),
        # a rule and its group in one comment are one beginning
        ("+g/a,g -g", [(0, n, r, 1) for r, n in (("g/a", "g/a"), ("g/a", "g"), ("g/b", "g"), ("g/c", "g"))], []),
        ("+g/a -g/a,h", [(0, "g/a", "g/a", 1)], [(1, "h")]),
    ],
)
def test_ends_find_their_beginnings(
    text: str, ranges: list[tuple[int, str, str, int | None]], vain: list[tuple[int, str]]
) -> None:
    found, ends_of_nothing = told(text)
    assert sorted(found, key=str) == sorted(ranges, key=str)
    assert ends_of_nothing == vain


def one_rule(rule: str, all_marks: list[Mark]) -> list[Range]:
    """The ranges of a rule, as one reads them with a finger: a stack."""
    opened: list[Mark] = []
    found: list[Range] = []
    for mark in all_marks:
        named = any(rule in MEMBERS[name] for name in mark.names)
        if mark.begins and named:
            opened.append(mark)
        elif not mark.begins and (named or not mark.names):
            for _ in range(1 if mark.names else len(opened)):
                if opened:
                    begun = opened.pop()
                    found.append(Range(begun.number, "", (rule,), begun.offset, mark.offset))
    found.extend(Range(begun.number, "", (rule,), begun.offset, None) for begun in opened)
    return found


@given(
    st.lists(
        st.tuples(st.booleans(), st.lists(st.sampled_from(sorted(MEMBERS)), max_size=3, unique=True)).filter(
            lambda mark: not mark[0] or bool(mark[1])
        ),
        max_size=12,
    )
)
def test_all_rules_together_are_each_rule_by_itself(drawn: list[tuple[bool, list[str]]]) -> None:
    given_marks = [Mark(number, begins, number, tuple(names)) for number, (begins, names) in enumerate(drawn)]
    ranges, _ = pair(given_marks, MEMBERS)
    for rule in ("g/a", "g/b", "g/c", "h/d"):
        expected = {(one.number, one.end) for one in one_rule(rule, given_marks)}
        assert {(one.number, one.end) for one in ranges if rule in one.rules} == expected
