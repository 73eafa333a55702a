"""Suppressions: what a comment or the front matter switches off, and what is said of one that is wrong."""

from __future__ import annotations

import time
from types import SimpleNamespace
from typing import Any

import pytest

from copylint.documents import parse
from copylint.documents.document import Document, Source
from copylint.findings import JURISDICTIONS, Finding
from copylint.rules.policy import Rule, load
from copylint.verdicts.suppressions import apply, in_force
from copylint.verdicts.suppressions.notices import (
    EXPIRED,
    INVALID,
    NO_DATE,
    NO_REASON,
    NOTHING_TO_END,
    UNCLOSED,
    UNKNOWN,
    UNUSED,
)

HYPE, SPEED, PLUG = "overclaim/hype", "overclaim/speed", "promotion/plug"
UK_ONLY = "regulator/prescription-only"


def rule(identifier: str, jurisdictions: tuple[str, ...] = JURISDICTIONS) -> Rule:
    return Rule(
        identifier, "", "", "warning", {}, identifier + ": {name}{hint}", "why", ("better",), {}, jurisdictions, "claim"
    )


NOTICES = (UNKNOWN, UNUSED, NO_REASON, INVALID, UNCLOSED, NOTHING_TO_END, EXPIRED, NO_DATE)
IDS = (HYPE, SPEED, PLUG, *NOTICES)
POLICY: Any = SimpleNamespace(rules={**{one: rule(one) for one in IDS}, UK_ONLY: rule(UK_ONLY, ("uk",))})


TODAY = "2026-11-30"


def found_in(document: Document) -> list[Finding]:
    """Every "miracle" is hype and every "instant" is speed."""
    findings = []
    for word, identifier in (("miracle", HYPE), ("instant", SPEED)):
        at = document.text.find(word)
        while at >= 0:
            start, end = document.source_span(at, at + len(word))
            findings.append(Finding(identifier, "error", "", "", word, start, end, (), None, {}))
            at = document.text.find(word, at + 1)
    return findings


def outcome(
    text: str,
    format: str = "markdown",
    selected: tuple[str, ...] = (*IDS, UK_ONLY),
    *,
    today: str = TODAY,
    require_reason: bool = True,
) -> list[tuple[str, str, str]]:
    """(rule, words, status) of each finding, in order."""
    document = parse(Source("copy", text), format)
    made = apply(
        found_in(document), document, POLICY, selected.__contains__,
        require_reason=require_reason, clock=lambda: today,
    )  # fmt: skip
    return [(one.rule, one.text, one.status) for one in made]


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
    # a list or a table ends where it ends, whatever follows it
    (f"{NEXT}\n\n| miracle |\n|---|\n| miracle |\n\n<!-- -->\n\n| miracle |\n|---|\n| miracle |\n", "ssoo"),
    (f"| miracle |\n|---|\n| miracle |\n\n{NEXT}\n\n| miracle |\n|---|\n| miracle |\n", "ooss"),
    (f"- a miracle\n{NEXT}\n- a miracle\n- a miracle\n", "oso"),
    (f"- a miracle\n\n  {NEXT}\n\n  - a miracle\n  - a miracle\n- a miracle\n", "osso"),
    (f"- ![a miracle](x.png) miracle\n\n  {NEXT}\n- a miracle\n- a miracle\n", "ooso"),
    (f"{NEXT}\n\n- ![an image](x.png) miracle\n- a miracle\n\nA miracle.\n", "sso"),
    (f"{NEXT}\n\nTerm\n: a miracle\n\nOther\n: a miracle\n\nA miracle.\n", "sso"),
    # inside of a block, before its first word, it means that block
    (f"- {NEXT} a miracle\n- a miracle\n", "so"),
    (f"| miracle | {NEXT} miracle |\n|---|---|\n| miracle | b |\n", "oso"),
    (f"A miracle[^1].\n\n[^1]: {NEXT} A miracle.\n\nA miracle.\n", "oso"),
    (f"A miracle. {NEXT} A miracle.\n\nA miracle.\n", "oos"),
    (f"A miracle[^1].\n\n{NEXT}\n\n[^1]: A miracle.\n\nA miracle.\n", "oso"),
    (f"{NEXT}\n\n```\nmiracle\n```\n\nA miracle.\n\nA miracle.\n", "so"),
]


@pytest.mark.parametrize(("text", "statuses"), REACH)
def test_a_comment_speaks_of_the_next_block(text: str, statuses: str) -> None:
    assert shown(text) == statuses


IN_HTML = [
    (f"<p>A miracle.</p>{NEXT}<p>A <b>mira</b>cle.</p><p>A miracle.</p>", "oso"),
    (f"<ul><li>A miracle</li>{NEXT}<li>A miracle</li><li>A miracle</li></ul>", "oso"),
    (f"{NEXT}<table><tr><td>miracle</td></tr><tr><td>c</td><td>miracle</td></tr></table><p>miracle</p>", "sso"),
    (f"<div>{NEXT}<h2>A miracle</h2><p>A miracle.</p></div>", "so"),
    (f"<p>{NEXT}<img alt='a miracle'> A miracle.</p><p>A miracle.</p>", "sso"),
    (f"{NEXT}<ul><li>miracle<li>miracle</ul><ul><li>miracle</ul>", "sso"),
    (f"<ul><li>miracle</ul>{NEXT}<ul><li>miracle<li>miracle</ul>", "oss"),
    (f"<ul><li>miracle{NEXT}<ul><li>miracle<li>miracle</ul><li>miracle</ul>", "osso"),
    (f"<table><tr><td>miracle</table>{NEXT}<table><tr><td>miracle<td>miracle</table>miracle", "osso"),
    (f"<table><tr>{NEXT}<td>miracle<td>miracle</table>", "so"),
    (f"{NEXT}<dl><dt>miracle<dd>miracle</dl><p>miracle", "sso"),
    (f"{NEXT}<img alt='a miracle'><p>A miracle.</p>", "so"),
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
    (marked,) = apply(found_in(document), document, POLICY, lambda _: True)
    assert (marked.status, marked.reason) == ("suppressed", "a quotation")


FORMS = ("next", "line", "range", "file")
BODIES = {
    # o: open, s: suppressed, of three miracles; a comment or the front matter in the places of the braces
    ("markdown", "next"): ("A miracle.\n\n{next}\n\nA miracle.\n\nA miracle.\n", "oso"),
    ("markdown", "line"): ("A miracle,\na miracle {line}\nand a miracle.\n", "oso"),
    ("markdown", "range"): ("A miracle.\n\n{disable}\n\nA miracle.\n\n{enable}\n\nA miracle.\n", "oso"),
    ("markdown", "file"): ("A miracle.\n\nA miracle.\n\n{file}\n\nA miracle.\n", "sss"),
    ("markdown", "front"): ("---\ntitle: A miracle for us\n{front}\n---\n\nA miracle.\n\nA miracle.\n", "sss"),
    ("markdown", "line in a table"): ("| miracle |\n|---|\n| miracle {line} |\n| miracle |\n", "oso"),
    ("markdown", "line in a list"): ("- miracle\n- miracle {line}\n- miracle\n", "oso"),
    ("markdown", "line in a footnote"): ("Miracle[^1] miracle.\n\n[^1]: miracle {line}\n\nA miracle.\n", "oso"),
    ("markdown", "range in a table"): ("| miracle | {disable} miracle |\n|---|---|\n| {enable} miracle | x |\n", "oso"),
    ("markdown", "range in a list"): ("- miracle\n- {disable} miracle {enable}\n- miracle\n", "oso"),
    ("markdown", "range in a footnote"): ("A miracle[^1].\n\n[^1]: {disable} miracle {enable} miracle\n", "oso"),
    ("markdown", "range inline"): ("A miracle, {disable}a *miracle*{enable}, a miracle.\n", "oso"),
    ("markdown", "file in a quote"): ("A miracle.\n\n> A miracle. {file}\n\nA miracle.\n", "sss"),
    ("mdx", "next"): ("A miracle.\n\n{next}\n\nA miracle.\n\nA miracle.\n", "oso"),
    ("mdx", "line"): ("A miracle,\na miracle {line}\nand a miracle.\n", "oso"),
    ("mdx", "range"): ("A miracle.\n\n{disable}\n<Note>\n\nA miracle.\n\n</Note>\n{enable}\n\nA miracle.\n", "oso"),
    ("mdx", "file"): ("A miracle.\n\nA miracle.\n\n{file}\n\nA miracle.\n", "sss"),
    ("mdx", "front"): ("---\ntitle: A miracle for us\n{front}\n---\n\nA miracle.\n\nA miracle.\n", "sss"),
    ("mdx", "line in a table"): ("| miracle |\n|---|\n| miracle {line} |\n| miracle |\n", "oso"),
    ("mdx", "range in a list"): ("- miracle\n- {disable} miracle {enable}\n- miracle\n", "oso"),
    ("mdx", "range inline"): ("A miracle, {disable}a *miracle*{enable}, a miracle.\n", "oso"),
    ("html", "next"): ("<p>miracle</p>{next}<p>miracle</p><p>miracle</p>", "oso"),
    ("html", "line"): ("<p>miracle\nmiracle {line}\nmiracle</p>", "oso"),
    ("html", "range"): ("<p>miracle</p>{disable}<p>miracle</p>{enable}<p>miracle</p>", "oso"),
    ("html", "file"): ("<title>A miracle</title><p>miracle</p>{file}<p>miracle</p>", "sss"),
    ("html", "line in a table"): ("<table><tr>\n<td>miracle\n<td>miracle{line}\n<td>miracle</table>", "oso"),
    ("html", "range in a list"): ("<ul><li>miracle<li>{disable}miracle{enable}<li>miracle</ul>", "oso"),
    ("html", "range inline"): ("<p>miracle {disable}<b>miracle</b>{enable} miracle</p>", "oso"),
    ("html", "next in the head"): (
        "<p>miracle</p><head>{next}<meta name=description content='a miracle'></head>miracle",
        "oso",
    ),
}


def with_comments(body: str, format: str) -> str:
    opening, closing = ("{/*", "*/}") if format == "mdx" else ("<!--", "-->")
    rest = "overclaim/hype -- a name"
    forms = {
        **{form: f"{opening} copylint-disable-{form} {rest} {closing}" for form in ("next", "line", "file")},
        "disable": f"{opening} copylint-disable {rest} {closing}",
        "enable": f"{opening} copylint-enable overclaim/hype {closing}",
        "front": f"copylint-disable: {rest}",
    }
    for form, comment in forms.items():
        body = body.replace(f"{{{form}}}", comment)
    return body


@pytest.mark.parametrize(("format", "form"), BODIES)
@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_every_form_works_in_every_format(format: str, form: str, end: str) -> None:
    body, statuses = BODIES[format, form]
    assert shown(with_comments(body, format).replace("\n", end), format) == statuses


def test_the_table_is_complete() -> None:
    assert {(format, form) for format in ("markdown", "mdx", "html") for form in FORMS} <= set(BODIES)


def test_plain_text_has_no_comments() -> None:
    assert shown(with_comments("{next}\n\nA miracle. {line}\n", "plain"), "plain") == "o"


RANGES = [
    # [x and ]x begin and end a range of x; h: hype, s: speed, o: the group of both
    ("[h miracle ]h miracle", "so"),
    ("[h [h miracle ]h miracle ]h miracle", "sso"),
    ("[h miracle [s miracle instant ]h miracle instant ]s instant", "ssso so".replace(" ", "")),
    ("[o miracle ]h miracle instant ]s instant", "soso"),
    ("[o miracle instant ] miracle", "sso"),
    ("[h miracle ]h miracle [h miracle ]h", "sos"),
    ("[h miracle", "s"),
]


@pytest.mark.parametrize(("sketch", "statuses"), RANGES)
@pytest.mark.parametrize("format", ["markdown", "mdx", "html"])
def test_ranges_nest_and_overlap_by_rule(sketch: str, statuses: str, format: str) -> None:
    opening, closing = ("{/*", "*/}") if format == "mdx" else ("<!--", "-->")
    names = {"h": HYPE, "s": SPEED, "o": "overclaim", "": ""}
    words = []
    for word in sketch.split():
        verb = {"[": "disable", "]": "enable"}.get(word[0])
        words.append(f"{opening} copylint-{verb} {names[word[1:]]} -- why {closing}" if verb else word)
    text = " ".join(words)
    found = outcome(f"<p>{text}</p>" if format == "html" else f"Text: {text}\n", format)
    assert "".join(status[0] for rule, _, status in found if rule in (HYPE, SPEED)) == statuses


def test_the_first_reason_counts() -> None:
    text = (
        "---\ncopylint-disable: overclaim -- first\n---\n\n<!-- copylint-disable-next overclaim/hype -- second -->\n\n"
        "A miracle.\n"
    )
    document = parse(Source("copy", text), "markdown")
    (marked,) = apply(found_in(document), document, POLICY, lambda _: True)
    assert marked.reason == "first"


def test_who_decided_and_until_when_stand_with_the_reason() -> None:
    text = "<!-- copylint-disable-next overclaim/hype by J. Doe until 2027-03-01 -- a name -->\n\nA miracle.\n"
    document = parse(Source("copy", text), "markdown")
    (marked,) = apply(found_in(document), document, POLICY, lambda _: True, clock=lambda: TODAY)
    assert marked.reason == "a name; by J. Doe; until 2027-03-01"


def test_what_is_in_force_tells_what_it_hides() -> None:
    text = "<!-- copylint-disable-file overclaim -- why -->\n\nA miracle, instant.\n\n" + NEXT + "\n\nPlain.\n"
    document = parse(Source("copy", text), "markdown")
    (one,) = in_force(found_in(document), document, POLICY)
    assert (one.form, one.name.text, one.reason) == ("copylint-disable-file", "overclaim", "why")
    assert [finding.text for finding in one.hides] == ["miracle", "instant"]


UNTIL = "copylint-disable-next overclaim/hype until 2027-03-01 -- why"
DAYS = [("2027-02-28", "s"), ("2027-03-01", "s"), ("2027-03-02", "o"), ("2031-01-01", "o")]


@pytest.mark.parametrize(("today", "status"), DAYS)
def test_it_holds_until_its_last_day_is_over(today: str, status: str) -> None:
    *_, (_, _, found) = outcome(f"<!-- {UNTIL} -->\n\nA miracle.\n", today=today)
    assert found[0] == status


def test_without_a_date_nobody_asks_for_the_day() -> None:
    document = parse(Source("copy", f"{NEXT}\n\nA miracle.\n"), "markdown")

    def clock() -> str:
        raise AssertionError

    apply(found_in(document), document, POLICY, lambda _: True, clock=clock)


OPEN, HIDDEN = (HYPE, "miracle", "open"), (HYPE, "miracle", "suppressed")
MISUSE = [
    # The comment before "A miracle."; the notices on it and where they stand; whether it works all the same.
    ("copylint-disable-next overclaim/hyp -- why", [(UNKNOWN, "overclaim/hyp")], OPEN),
    ("copylint-disable-next overclam -- why", [(UNKNOWN, "overclam")], OPEN),
    ("copylint-disable-next overclaim/hype, x/y -- why", [(UNKNOWN, "x/y")], HIDDEN),
    ("copylint-disable-next promotion/plug -- why", [(UNUSED, "promotion/plug")], OPEN),
    ("copylint-disable-next overclaim/hype, promotion -- why", [(UNUSED, "promotion")], HIDDEN),
    ("copylint-disable-line overclaim/hype -- why", [(UNUSED, "overclaim/hype")], OPEN),
    ("copylint-disable-file promotion -- why", [(UNUSED, "promotion")], OPEN),
    ("copylint-disable-next overclaim/hype", [(NO_REASON, "disable-next")], HIDDEN),
    ("copylint-disable-next overclaim/hype --", [(NO_REASON, "disable-next")], HIDDEN),
    ("copylint-disable-file overclaim/hype", [(NO_REASON, "disable-file")], HIDDEN),
    ("copylint-disable-next -- why", [(INVALID, "disable-next")], OPEN),
    ("copylint-disable-file -- why", [(INVALID, "disable-file")], OPEN),
    ("copylint-disable-nxt overclaim/hype -- why", [(INVALID, "disable-nxt")], OPEN),
    ("copylint", [(INVALID, "copylint")], OPEN),
    ("copylint-disable-next overclaim/hype by -- why", [(INVALID, "by")], OPEN),
    ("copylint-disable-next overclaim/hype until -- why", [(NO_DATE, "until")], OPEN),
    ("copylint-disable-next overclaim/hype until 2027-02-30 -- why", [(NO_DATE, "2027-02-30")], OPEN),
    ("copylint-disable-next overclaim/hype until 1.3.2027 by X -- why", [(NO_DATE, "1.3.2027")], OPEN),
    ("copylint-disable-next overclaim/hype until 20270301 -- why", [(NO_DATE, "20270301")], OPEN),
    ("copylint-disable-next overclaim/hype until ２０２７-03-01 -- why", [(NO_DATE, "２０２７-03-01")], OPEN),
    ("copylint-disable-next overclaim/hype until 2026-11-29 -- why", [(EXPIRED, "2026-11-29")], OPEN),
    ("copylint-disable overclaim/hype until 2020-01-01 -- why", [(EXPIRED, "2020-01-01")], OPEN),
    ("copylint-disable-next x/y until 2020-01-01 -- why", [(UNKNOWN, "x/y"), (EXPIRED, "2020-01-01")], OPEN),
    ("copylint-disable overclaim/hype -- why", [(UNCLOSED, "overclaim/hype")], HIDDEN),
    ("copylint-disable overclaim -- why", [(UNCLOSED, "overclaim")], HIDDEN),
    ("copylint-disable -- why", [(INVALID, "disable")], OPEN),
    ("copylint-enable overclaim/hype", [(NOTHING_TO_END, "overclaim/hype")], OPEN),
    ("copylint-enable", [(NOTHING_TO_END, "enable")], OPEN),
    ("copylint-enable overclaim/hyp", [(UNKNOWN, "overclaim/hyp")], OPEN),
    ("a note on hype -- why", [], OPEN),
]


@pytest.mark.parametrize(("comment", "notices", "finding"), MISUSE)
@pytest.mark.parametrize("format", ["markdown", "mdx", "html"])
def test_misuse_is_told_at_its_own_place(
    comment: str, notices: list[tuple[str, str]], finding: tuple[str, str, str], format: str
) -> None:
    opened = f"{{/* {comment} */}}" if format == "mdx" else f"<!-- {comment} -->"
    text = f"{opened}\n<p>A miracle.</p>" if format == "html" else f"{opened}\n\nA miracle.\n"
    assert outcome(text, format) == [*((rule, words, "open") for rule, words in notices), finding]


ENTRIES = [
    ("overclaim/hyp -- why", [(UNKNOWN, "overclaim/hyp")], OPEN),
    ("promotion -- why", [(UNUSED, "promotion")], OPEN),
    ("overclaim/hype", [(NO_REASON, "overclaim/hype")], HIDDEN),
    ("overclaim/hype until 2020-01-01 -- why", [(EXPIRED, "2020-01-01")], OPEN),
    ("overclaim/hype until soon -- why", [(NO_DATE, "soon")], OPEN),
    ("'-- why'", [(INVALID, "-- why")], OPEN),
    ("{overclaim/hype: why}", [(INVALID, "{overclaim/hype: why}")], OPEN),
    ("true", [(UNKNOWN, "true"), (NO_REASON, "true")], OPEN),
]


@pytest.mark.parametrize(("entry", "notices", "finding"), ENTRIES)
@pytest.mark.parametrize("format", ["markdown", "mdx"])
def test_misuse_in_the_front_matter_is_told_there(
    entry: str, notices: list[tuple[str, str]], finding: tuple[str, str, str], format: str
) -> None:
    found = outcome(f"---\ncopylint-disable: {entry}\n---\n\nA miracle.\n", format)
    assert sorted(found) == sorted([*((rule, words, "open") for rule, words in notices), finding])


def test_each_entry_of_the_front_matter_answers_for_itself() -> None:
    text = "---\ncopylint-disable:\n  - overclaim/hype\n  - promotion -- why\n---\n\nA miracle.\n"
    assert outcome(text) == [(NO_REASON, "overclaim/hype", "open"), (UNUSED, "promotion", "open"), HIDDEN]


def test_another_key_of_the_front_matter_is_a_slip() -> None:
    text = "---\ncopylint-disabled: overclaim/hype -- why\n---\n\nA miracle.\n"
    assert outcome(text) == [(INVALID, "overclaim/hype -- why", "open"), OPEN]


def test_an_end_takes_neither_date_nor_name() -> None:
    text = (
        "<!-- copylint-disable overclaim/hype -- why -->\n\nA miracle.\n\n"
        "<!-- copylint-enable overclaim/hype until 2027-01-01 by X -->\n"
    )
    assert outcome(text) == [HIDDEN, (INVALID, "2027-01-01", "open"), (INVALID, "X", "open")]


def test_a_misdated_suppression_of_nothing_known_voids_no_other() -> None:
    first, second = "copylint-disable-file x/y until soon -- why", "copylint-disable-file overclaim -- why"
    assert outcome(f"<!-- {first} --><!-- {second} -->A miracle.\n")[-1] == HIDDEN


def test_an_expired_range_has_an_end_all_the_same() -> None:
    begin, end = "copylint-disable overclaim until 2020-01-01 -- why", "copylint-enable overclaim"
    assert outcome(f"<!-- {begin} -->\n\nA miracle.\n\n<!-- {end} -->\n") == [(EXPIRED, "2020-01-01", "open"), OPEN]


def test_reasons_need_not_be_asked_for() -> None:
    text = "<!-- copylint-disable-next overclaim/hype -->\n\nA miracle.\n"
    assert outcome(text, require_reason=False) == [HIDDEN]


def test_the_user_sets_the_severity_of_notices() -> None:
    document = parse(Source("copy", "<!-- copylint -->\n"), "markdown")
    (notice,) = apply([], document, POLICY, lambda _: True, severity_of={INVALID: "error"}.get)  # type: ignore[arg-type]
    assert notice.severity == "error"


def test_the_shipped_rules_word_every_notice() -> None:
    assert [rule for rule in NOTICES if rule not in load().rules] == []


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


SOON = 30
"""Seconds of processor time. What grows with the square of these inputs takes far longer, on any machine."""


def timed(text: str, format: str = "markdown") -> float:
    """Seconds of the processor for what is done with a document's comments."""
    document = parse(Source("copy", text), format)
    findings = found_in(document)
    start = time.process_time()
    apply(findings, document, POLICY, lambda _: True, clock=lambda: TODAY)
    return time.process_time() - start


MANY = [
    "<!-- copylint-disable-next overclaim/hype -- x -->\n\n",
    "<!-- copylint-disable-next overclaim/hyq -- x -->\n\n",
    "<!-- copylint-disable-line overclaim -- x --> ",
    "<!-- copylint-disable-file overclaim until 2030-01-01 by X -- x -->\n\n",
    "<!-- copylint-disable overclaim -- x -->\n\n",
    "<!-- copylint-disable overclaim -- x --><!-- copylint-enable overclaim/hype -->\n\n",
    "<!-- copylint-enable -->",
]


@pytest.mark.parametrize("comment", MANY)
def test_many_comments_over_many_findings_end_soon(comment: str) -> None:
    """If each comment looked at each finding, this would be 400 million looks."""
    assert timed(comment * 20_000 + "\n\n" + "- a miracle\n" * 20_000) < SOON


def test_a_hundred_thousand_comments_end_soon() -> None:
    assert timed("<!-- copylint-disable-next overclaim/hype -- x -->\n\n" * 100_000 + "A miracle.\n") < SOON


LONG = [
    " ".join(f"a{number}" for number in range(150_000)),
    "overclaim/hype -- " + "word " * 200_000,
    "x - " * 250_000,
    " " * 1_000_000,
    "overclaim by " + "J, " * 330_000 + "-- x",
    "overclaim until " + "2 " * 500_000,
    "overclaim " + "until by " * 110_000,
    "overclaim -- " + "*/ " * 330_000,
]


@pytest.mark.parametrize("inner", LONG)
def test_a_comment_of_a_megabyte_ends_soon(inner: str) -> None:
    assert timed(f"<!-- copylint-disable-next {inner} -->\n\nA miracle.\n") < SOON


def test_a_long_name_is_cut_in_messages() -> None:
    document = parse(Source("copy", f"<!-- copylint-disable-next {'a' * 1_000_000} -- x -->\n"), "markdown")
    (notice,) = apply([], document, POLICY, lambda _: True)
    assert len(notice.message) < 200
