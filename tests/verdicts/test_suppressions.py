"""Suppressions: which block a comment speaks of, and what is said of a comment that is wrong."""

from __future__ import annotations

import time
from types import SimpleNamespace
from typing import Any

import pytest

from copylint.documents import parse
from copylint.documents.document import Source
from copylint.findings import JURISDICTIONS, Finding
from copylint.rules.policy import Rule
from copylint.verdicts.suppressions import INVALID, NO_REASON, UNKNOWN, UNUSED, apply

HYPE, SPEED, PLUG = "overclaim/hype", "overclaim/speed", "promotion/plug"
UK_ONLY = "regulator/prescription-only"


def rule(identifier: str, jurisdictions: tuple[str, ...] = JURISDICTIONS) -> Rule:
    return Rule(
        identifier, "", "", "warning", {}, identifier + ": {name}{hint}", "why", ("better",), {}, jurisdictions, "claim"
    )


IDS = (HYPE, SPEED, PLUG, UNKNOWN, UNUSED, NO_REASON, INVALID)
POLICY: Any = SimpleNamespace(rules={**{one: rule(one) for one in IDS}, UK_ONLY: rule(UK_ONLY, ("uk",))})


def outcome(
    text: str, format: str = "markdown", selected: tuple[str, ...] = (*IDS, UK_ONLY)
) -> list[tuple[str, str, str]]:
    """(rule, words, status) of what is left when every "miracle" is hype and every "instant" is speed."""
    document = parse(Source("copy", text), format)
    findings = []
    for word, identifier in (("miracle", HYPE), ("instant", SPEED)):
        at = document.text.find(word)
        while at >= 0:
            start, end = document.source_span(at, at + len(word))
            findings.append(Finding(identifier, "error", "", "", word, start, end, (), None, {}))
            at = document.text.find(word, at + 1)
    return [(one.rule, one.text, one.status) for one in apply(findings, document, POLICY, selected.__contains__)]


def shown(text: str, format: str = "markdown") -> str:
    """The status of each finding by its first letter, in order."""
    return "".join(status[0] for _, _, status in outcome(text, format))


NEXT = "<!-- copylint-disable-next overclaim/hype -- a quotation -->"
REACH = [
    # o: open, s: suppressed
    (f"{NEXT}\n\nA miracle.\n\nA miracle.\n", "so"),
    (f"A miracle.\n\n{NEXT}\n\nA miracle, a miracle.\n", "oss"),
    (f"{NEXT}\n# A miracle\n\nA miracle.\n", "so"),
    (f"{NEXT}\n\n- a miracle\n- a miracle\n\nA miracle.\n", "sso"),
    (f"{NEXT}\n\n| a miracle | b |\n|---|---|\n| c | miracle |\n\nA miracle.\n", "sso"),
    (f"A miracle.\n\n{NEXT}\n\n> A miracle.\n\nA miracle.\n", "oso"),
]


@pytest.mark.parametrize(("text", "statuses"), REACH)
def test_a_comment_speaks_of_the_next_block(text: str, statuses: str) -> None:
    assert shown(text) == statuses


IN_HTML = [
    (f"<p>A miracle.</p>{NEXT}<p>A <b>mira</b>cle.</p><p>A miracle.</p>", "oso"),
    (f"<ul><li>A miracle</li>{NEXT}<li>A miracle</li><li>A miracle</li></ul>", "oso"),
    (f"{NEXT}<table><tr><td>miracle</td></tr><tr><td>c</td><td>miracle</td></tr></table><p>miracle</p>", "sso"),
    (f"<div>{NEXT}<h2>A miracle</h2><p>A miracle.</p></div>", "so"),
]


@pytest.mark.parametrize(("text", "statuses"), IN_HTML)
def test_in_html_too(text: str, statuses: str) -> None:
    assert shown(text, "html") == statuses


def test_in_mdx_the_comment_has_braces() -> None:
    text = "{/* copylint-disable-next overclaim/hype -- a quotation */}\n\nA miracle.\n\nA miracle.\n"
    assert shown(text, "mdx") == "so"


NAMES = [
    ("overclaim/hype", "so"),
    ("overclaim/hype, overclaim/speed", "ss"),
    ("overclaim/hype overclaim/speed", "ss"),
    ("overclaim", "ss"),
]


@pytest.mark.parametrize(("names", "statuses"), NAMES)
def test_rules_and_groups_can_be_named(names: str, statuses: str) -> None:
    assert shown(f"<!-- copylint-disable-next {names} -- why -->\n\nA miracle, an instant one.\n") == statuses


def test_the_reason_goes_with_the_finding() -> None:
    document = parse(Source("copy", f"{NEXT}\n\nA miracle.\n"), "markdown")
    start, end = document.source_span(2, 9)
    finding = Finding(HYPE, "error", "", "", "miracle", start, end, (), None, {})
    (marked,) = apply([finding], document, POLICY, lambda _: True)
    assert (marked.status, marked.reason) == ("suppressed", "a quotation")


MISUSE = [
    ("copylint-disable-next overclaim/hyp -- why", [(UNKNOWN, "overclaim/hyp"), (HYPE, "miracle")]),
    ("copylint-disable-next promotion/plug -- why", [(UNUSED, "promotion/plug"), (HYPE, "miracle")]),
    ("copylint-disable-next overclaim/hype, promotion -- why", [(UNUSED, "promotion"), (HYPE, "miracle")]),
    ("copylint-disable-next overclaim/hype", [(NO_REASON, "disable-next"), (HYPE, "miracle")]),
    ("copylint-disable-next overclaim/hype --", [(NO_REASON, "disable-next"), (HYPE, "miracle")]),
    ("copylint-disable-next -- why", [(INVALID, "disable-next"), (HYPE, "miracle")]),
    ("copylint-disable-nxt overclaim/hype -- why", [(INVALID, "disable-nxt"), (HYPE, "miracle")]),
    ("copylint", [(INVALID, "copylint"), (HYPE, "miracle")]),
    ("a note on hype -- why", [(HYPE, "miracle")]),
]


@pytest.mark.parametrize(("comment", "expected"), MISUSE)
def test_misuse_is_told_at_its_own_place(comment: str, expected: list[tuple[str, str]]) -> None:
    assert [(one, words) for one, words, _ in outcome(f"<!-- {comment} -->\n\nA miracle.\n")] == expected


def test_a_comment_without_a_block_after_it_is_unused() -> None:
    assert [one for one, _, _ in outcome(f"A miracle.\n\n{NEXT}\n")] == [HYPE, UNUSED]


@pytest.mark.parametrize("name", [PLUG, UK_ONLY, "regulator"])
def test_what_was_not_looked_for_is_not_called_unused(name: str) -> None:
    text = f"<!-- copylint-disable-next {name} -- why -->\n\nPlain words.\n"
    assert outcome(text, selected=(HYPE, UK_ONLY, UNUSED)) == []


def test_a_notice_suggests_the_name_that_was_meant() -> None:
    document = parse(Source("copy", "<!-- copylint-disable-next overclaim/hyp -- why -->\n\nText.\n"), "markdown")
    (notice,) = apply([], document, POLICY, lambda _: True)
    assert 'Did you mean "overclaim/hype"?' in notice.message


def test_many_comments_end_soon() -> None:
    text = "<!-- copylint-disable-next overclaim/hyq -- x -->\n\n- a miracle\n\n" * 3_000
    document = parse(Source("copy", text), "markdown")
    start = time.process_time()
    apply([], document, POLICY, lambda _: True)
    assert time.process_time() - start < 2
