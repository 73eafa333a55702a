"""Plain text: blocks from lines, and the exact place of every word."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copylint.documents import html, parse
from copylint.documents.document import Document, ParseError, Source


def read(text: str) -> Document:
    return parse(Source("copy.txt", text), "plain")


LONG = "This line is long enough to be the body of some article, for it goes on and on and on and on until it ends."
WRAPPED = """\
This paragraph was wrapped by hand at some seventy characters a line, so
a single newline in it is nothing but a space. Every line but the last
one goes on in mid-sentence, as they do in letters and in old mail. It
ends here."""

BLOCKS = [
    ("One.\nTwo.", [("paragraph", "One."), ("paragraph", "Two.")]),
    ("One.\r\n\r\nTwo.", [("paragraph", "One."), ("paragraph", "Two.")]),
    ("One.\rTwo.", [("paragraph", "One."), ("paragraph", "Two.")]),
    (WRAPPED, [("paragraph", WRAPPED)]),
    (WRAPPED.replace("\n", "\r\n"), [("paragraph", WRAPPED)]),
    (f"A heading\n\n{LONG}", [("heading", "A heading"), ("paragraph", LONG)]),
    (f"A heading\n{LONG}", [("heading", "A heading"), ("paragraph", LONG)]),
    (f"Does it hurt?\n{LONG}", [("heading", "Does it hurt?"), ("paragraph", LONG)]),
    (f"A heading\n{WRAPPED}", [("heading", "A heading"), ("paragraph", WRAPPED)]),
    (f"It does not hurt.\n{LONG}", [("paragraph", "It does not hurt."), ("paragraph", LONG)]),
    (f"{LONG}\nThe end", [("paragraph", LONG), ("paragraph", "The end")]),
    (f"{LONG}\n{LONG}", [("paragraph", LONG), ("paragraph", LONG)]),
    ("- one\n* two\n• three\n1. four\n2) five", [("list-item", text) for text in "one two three four five".split()]),
    ("- one\n\n  - two", [("list-item", "one"), ("list-item", "two")]),
    ("-5 degrees\n1.5 ml", [("paragraph", "-5 degrees"), ("paragraph", "1.5 ml")]),
    ("  indented  \n\n\t tabbed\t", [("paragraph", "indented"), ("paragraph", "tabbed")]),
    ("One.\n-----\nTwo.\n=====", [("paragraph", "One."), ("paragraph", "Two.")]),
    ("", []),
    (" \n\t\n\r\n", []),
]


@pytest.mark.parametrize(("text", "expected"), BLOCKS)
def test_blocks_and_their_kinds(text: str, expected: list[tuple[str, str]]) -> None:
    document = read(text)
    assert [(block.kind, document.text[block.start : block.end]) for block in document.blocks] == expected


LINKS = [
    ("See https://x.example/a?b=c.", "https://x.example/a?b=c"),
    ("(www.x.example/a_(b))", "www.x.example/a_(b)"),
    ("http://x.example, then", "http://x.example"),
    ("mail me@www.x.example now", None),
    ("x.example is no address that we know", None),
]


@pytest.mark.parametrize(("text", "address"), LINKS)
def test_bare_addresses_are_links_and_stay_visible(text: str, address: str | None) -> None:
    document = read(text)
    assert document.text == text
    assert [link.target for link in document.links] == ([address] if address else [])
    for link in document.links:
        assert document.text[link.start : link.end] == text[link.source_start : link.source_end] == address


def test_a_source_that_its_parser_gives_up_on_is_read_as_plain_text(monkeypatch: pytest.MonkeyPatch) -> None:
    def give_up(source: Source) -> Document:
        raise ParseError("line 3: something is wrong")

    monkeypatch.setattr(html, "parse", give_up)
    document = parse(Source("a.html", "Some text.", ("earlier",)), "html")
    assert (document.format, document.text) == ("plain", "Some text.")
    assert document.notices == ("earlier", "line 3: something is wrong; the file was read as plain text")


HOSTILE = {
    "newlines": "\n" * 500_000,
    "returns": "a\r" * 50_000,
    "bullets": "- a\n" * 50_000,
    "one line": "word " * 200_000,
    "addresses": "http://a.b " * 50_000,
    "brackets after an address": "http://a" + ")" * 300_000,
    "rulers": "- - - " * 50_000,
    "spaces": " " * 500_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_ends_within_two_seconds(name: str) -> None:
    start = time.process_time()
    read(HOSTILE[name])
    assert time.process_time() - start < 2


WORDS = [
    ("{}", "{}"), ("😀{}", "😀{}"), ("so\u00adft{}", "soft{}"), ("{}\u200b’s", "{}’s"), ("&amp;{}", "&amp;{}"),
    ("é{},", "é{},"),
]  # fmt: skip
SPACES = [
    " ",
    " ",
    " ",
    "\t",
    ". ",
    "\n",
    "\r\n",
    "\r",
    "\n\n",
    "\r\n\r\n",
    "\n- ",
    "\n  ",
    " \n \n",
    " https://x.example/a ",
]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(SPACES)), min_size=1, max_size=60))
def test_every_word_is_found_at_the_place_where_it_was_written(pieces: list[tuple[tuple[str, str], str]]) -> None:
    source = ""
    placed = []
    for index, ((form, visible), space) in enumerate(pieces):
        start = len(source)
        source += form.format(f"n{index}k")
        placed.append((visible.format(f"n{index}k"), start, len(source)))
        source += space
    document = read(source)
    for visible, start, end in placed:
        assert document.text.count(visible) == 1
        at = document.text.index(visible)
        assert document.source_span(at, at + len(visible)) == (start, end)
