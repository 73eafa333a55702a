"""Directives: what a comment or an entry of the front matter asks for, and where each word of it stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copylint.documents import parse
from copylint.documents.document import Source
from copylint.verdicts.suppressions.directives import Directive, directives


def read(text: str, format: str = "markdown") -> list[Directive]:
    return list(directives(parse(Source("copy", text), format)))


def shown(directive: Directive) -> tuple[str, str, str | None, str | None, str]:
    names = ",".join(word.text for word in directive.names)
    until = directive.until.text if directive.until else None
    by = directive.by.text if directive.by else None
    return directive.verb, names, until, by, directive.reason


DAY = "2027-03-01"
GRAMMAR = [
    ("copylint-disable-next a/b -- why", ("disable-next", "a/b", None, None, "why")),
    ("copylint-disable-next a/b, c d/e -- why", ("disable-next", "a/b,c,d/e", None, None, "why")),
    ("copylint-disable-next a/b a/b -- why", ("disable-next", "a/b", None, None, "why")),
    ("COPYLINT-Disable-Next a/b — why", ("disable-next", "a/b", None, None, "why")),
    ("copylint: disable-next a/b – why", ("disable-next", "a/b", None, None, "why")),
    ("copylint disable-next a/b --why -- not", ("disable-next", "a/b", None, None, "why -- not")),
    (f"copylint-disable a/b until {DAY} -- why", ("disable", "a/b", DAY, None, "why")),
    (f"copylint-disable a/b until {DAY} by J. Doe -- why", ("disable", "a/b", DAY, "J. Doe", "why")),
    (f"copylint-disable a/b, by Doe, J., until {DAY} -- why", ("disable", "a/b", DAY, "Doe, J.", "why")),
    ("copylint-disable a/b until 1 March 2027 -- why", ("disable", "a/b", "1 March 2027", None, "why")),
    ("copylint-disable a/b until by -- why", ("disable", "a/b", "", "", "why")),
    ("copylint-disable a/b -- until then, by all means", ("disable", "a/b", None, None, "until then, by all means")),
    ("copylint-disable a/bystander", ("disable", "a/bystander", None, None, "")),
    ("copylint-enable", ("enable", "", None, None, "")),
    ("copylint", ("", "", None, None, "")),
    ("copylint-disable-next\n  a/b,\n  c/d\n  -- one\n  two", ("disable-next", "a/b,c/d", None, None, "one two")),
]


@pytest.mark.parametrize(("comment", "expected"), GRAMMAR)
def test_the_grammar(comment: str, expected: tuple[str, str, str | None, str | None, str]) -> None:
    (directive,) = read(f"<!-- {comment} -->\n")
    assert shown(directive) == expected


OPENINGS = [
    ("<!-- %s -->", "markdown"),
    ("<!--%s-->", "markdown"),
    ("<!--\n\n%s\n-->", "markdown"),
    ("A word, <!-- %s --> and more.", "markdown"),
    ("{# %s #}", "markdown"),
    ("{%% comment %%}%s{%% endcomment %%}", "markdown"),
    ("{{/* %s */}}", "markdown"),
    ("{/* %s */}", "mdx"),
    ("A word, {/* %s */} and more.", "mdx"),
    ("<!-- %s -->", "mdx"),
    ("<p><!-- %s --></p>", "html"),
    ("<!-- %s --!>", "html"),
    ("<!--" + " " * 200 + "%s -->", "html"),
]


@pytest.mark.parametrize(("form", "format"), OPENINGS)
def test_every_kind_of_comment_is_read(form: str, format: str) -> None:
    (directive,) = read(form % "copylint-disable-next a/b -- why", format)
    assert shown(directive) == ("disable-next", "a/b", None, None, "why")


NO_COMMENTS = [
    ("`<!-- copylint-disable-next a/b -- why -->`\n", "markdown"),
    ("```\n<!-- copylint-disable-next a/b -- why -->\n```\n", "markdown"),
    ("```\n{/* copylint-disable-next a/b -- why */}\n```\n", "mdx"),
    ("<script>/* x */ <!-- copylint-disable-next a/b -- why --></script>", "html"),
    ("<!-- copylint-disable-next a/b -- why -->", "plain"),
    ("<!-- copylinting is fun -->", "html"),
    ("<!-- see copylint-disable-next a/b -- why -->", "html"),
]


@pytest.mark.parametrize(("text", "format"), NO_COMMENTS)
def test_what_only_looks_like_one_is_none(text: str, format: str) -> None:
    assert read(text, format) == []


FRONT_MATTER = [
    ("copylint-disable: a/b -- why", [("a/b", "why")]),
    ("copylint-disable: a/b, c -- why", [("a/b,c", "why")]),
    ("copylint-disable: 'a/b -- it''s a name: really'", [("a/b", "it's a name: really")]),
    ('copylint-disable: "a/b -- a \\"name\\""', [("a/b", 'a "name"')]),
    ("copylint-disable:\n  - a/b -- why\n  - c -- because", [("a/b", "why"), ("c", "because")]),
    ("copylint-disable:\n- a/b -- why\n- 'c -- because'", [("a/b", "why"), ("c", "because")]),
    ("copylint-disable: [a/b -- why, c -- because]", [("a/b", "why"), ("c", "because")]),
    ("copylint-disable: >\n  a/b,\n  c\n  -- why\n", [("a/b,c", "why")]),
    ("copylint-disable-file: a/b -- why", [("a/b", "why")]),
    ("copylint_disable: a/b -- why", [("a/b", "why")]),
    ("params:\n  copylint-disable: a/b -- why", [("a/b", "why")]),
    ("copylint-disable: []", []),
    ("copylint-disable:", []),
]


@pytest.mark.parametrize(("lines", "expected"), FRONT_MATTER)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("format", ["markdown", "mdx"])
def test_the_front_matter_speaks_of_the_file(
    lines: str, expected: list[tuple[str, str]], end: str, format: str
) -> None:
    text = f"---\ntitle: Ä page\n{lines}\n---\n\nText.\n".replace("\n", end)
    found = read(text, format)
    assert [(",".join(word.text for word in one.names), one.reason) for one in found] == expected
    assert all(one.verb == "disable-file" for one in found)
    assert all(text[word.start : word.end] == word.text for one in found for word in one.names)


@pytest.mark.parametrize(
    "lines",
    [
        'copylint-disable = "a/b -- why"',
        "copylint-disable = ['a/b -- why']",
        '[params]\ncopylint-disable = """\na/b -- why"""',
    ],
)
def test_toml_does_too(lines: str) -> None:
    text = f'+++\ntitle = "A page"\n{lines}\n+++\n\nText.\n'
    (directive,) = read(text)
    assert shown(directive) == ("disable-file", "a/b", None, None, "why")
    (name,) = directive.names
    assert text[name.start : name.end] == "a/b"


@pytest.mark.parametrize(
    "text",
    [
        "---\ncopylint-disable:\n  a/b: why\n---\n",
        "---\ncopylint-disable: {a/b: why}\n---\n",
        "---\ncopylint-disable:\n  - a/b: why\n---\n",
        "+++\ncopylint-disable = true\n+++\n",
    ],
)
def test_a_table_in_the_front_matter_names_nothing(text: str) -> None:
    (directive,) = read(text)
    assert directive.verb == "disable-file"
    assert directive.names == ()
    assert directive.head.text == "copylint-disable"


def test_entries_of_the_front_matter_are_no_copy() -> None:
    text = "---\ncopylint-disable: a/b -- a miracle, as the product is called\n---\n\nText.\n"
    assert parse(Source("copy", text), "markdown").text == "Text."


def test_escapes_leave_places_alone() -> None:
    text = "---\ncopylint-disable: 'a/b by Mary O''Hara -- it''s fine'\n---\n"
    (directive,) = read(text)
    assert directive.by is not None
    assert (directive.by.text, directive.reason) == ("Mary O'Hara", "it's fine")
    assert text[directive.by.start : directive.by.end] == "Mary O''Hara"


WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\r\n-*{}<>#%'\"\\:&!|`[]?@,"), max_size=12)


@given(
    before=WORDS,
    names=st.lists(st.from_regex(r"\A[a-z]{3,6}(/[a-z]{3,6})?\Z"), min_size=1, max_size=4, unique=True).filter(
        lambda names: "until" not in names
    ),
    comma=st.sampled_from([", ", " ", ",", "\n"]),
    by=st.sampled_from(["", "Jörg Doe", "the  team"]),
    until=st.sampled_from(["", DAY, "späť"]),
    reason=WORDS,
)
def test_every_word_stands_where_it_says(
    before: str, names: list[str], comma: str, by: str, until: str, reason: str
) -> None:
    more = (f" until {until}" if until else "") + (f" by {by}" if by else "")
    text = f"<p>{before}<!-- copylint-disable-line {comma.join(names)}{more} -- {reason} --></p>"
    (directive,) = read(text, "html")
    assert [word.text for word in directive.names] == names
    assert all(text[word.start : word.end] == word.text for word in directive.names)
    assert text[directive.head.start : directive.head.end] == "disable-line"
    for word, given_text in ((directive.until, until), (directive.by, by)):
        assert (word is not None) == bool(given_text)
        assert word is None or " ".join(text[word.start : word.end].split()) == word.text
    assert directive.reason == " ".join(reason.split())


@given(st.text(max_size=60), st.sampled_from(["markdown", "mdx", "html"]))
def test_no_comment_is_too_odd(inner: str, format: str) -> None:
    opening, closing = ("{/*", "*/}") if format == "mdx" else ("<!--", "-->")
    text = f"{opening} copylint-disable-next {inner} {closing}\n\nText.\n"
    for directive in read(text, format):
        assert all(text[word.start : word.end] == word.text for word in directive.names)
