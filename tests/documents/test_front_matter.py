"""Front matter: which values are copy, of which kind, and where they stand."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copylint.documents import parse
from copylint.documents.document import Document, Source


def read(text: str) -> Document:
    return parse(Source("page.md", text), "markdown")


YAML = [
    ("title: Say goodbye to fat", [("title", "Say goodbye to fat")]),
    ("title: Miracle", [("title", "Miracle")]),
    ("seo_title: a\nogTitle: b", [("title", "a"), ("title", "b")]),
    ("description: What it does\nsummary: 'It works'", [("description", "What it does"), ("description", "It works")]),
    ("lead: One two three", [("front-matter", "One two three")]),
    ("lead: Two words", []),
    ("slug: one two three\nimage: my nice picture\npermalink: /a b c/", []),
    ("lead: https://x.example/a b c\nnext: /a/b c d", []),
    ("date: 2026-01-02 10:00:00 +0000\nwhen: 12 March 2026\nlast: 2026-01-02", []),
    ("address: 1 Some Street, Town\nemail: me@x.example", []),
    ("tags: [one, two, three words here]", [("front-matter", "three words here")]),
    ("tags:\n  - one\n  - three words here\n", [("front-matter", "three words here")]),
    ("tags:\n- one two three\nlead: one more copy", [("front-matter", t) for t in ("one two three", "one more copy")]),
    ("lead: \"It's \\\"good\\\" & \\u00e9t\\u00e9\"", [("front-matter", "It's \"good\" & été")]),
    ("lead: 'It''s good for you'", [("front-matter", "It's good for you")]),
    ("lead: >-\n  folded over\n  two lines\n\n  and more to come\n",
     [("front-matter", "folded over\ntwo lines"), ("front-matter", "and more to come")]),
    ("lead: |\n  kept as it\n  is\n", [("front-matter", "kept as it\nis")]),
    ("lead: plain over\n  two lines\n", [("front-matter", "plain over\ntwo lines")]),
    ("lead: \"double over\n  two lines\"\n", [("front-matter", "double over\ntwo lines")]),
    ("seo:\n  title: Nested title\n  faq:\n    - question: Is it safe?\n      answer: Ask your doctor.\n",
     [("title", "Nested title"), ("front-matter", "Is it safe?"), ("front-matter", "Ask your doctor.")]),
    ("hero: {alt: A smiling face, src: a b c}", [("alt", "A smiling face")]),
    ("# a comment of words\nlead: one two three # a comment", [("front-matter", "one two three")]),
    ("lead: &a one two three\nmore: *a", [("front-matter", "one two three")]),
    ("draft: true\nweight: 3\nnothing:\n", []),
]  # fmt: skip


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(("yaml", "expected"), YAML)
def test_yaml_values_that_are_copy(yaml: str, expected: list[tuple[str, str]], newline: str) -> None:
    document = read(f"---\n{yaml.rstrip()}\n---\nBody.\n".replace("\n", newline))
    assert [(block.kind, document.text[block.start : block.end]) for block in document.blocks] == [
        *expected, ("paragraph", "Body."),
    ]  # fmt: skip
    assert document.notices == ()


TOML = [
    ('title = "Say \\"hi\\" to you"', [("title", 'Say "hi" to you')]),
    ("lead = 'one two three' # a comment 'of words here'", [("front-matter", "one two three")]),
    ('[params]\ndescription = """\nover two\nlines"""', [("description", "over two\nlines")]),
    ('tags = ["one", "two three four"]\ndate = 2026-01-02', [("front-matter", "two three four")]),
    ('hero = { alt = "A smiling face", src = "a b c" }', [("alt", "A smiling face")]),
]


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize(("toml", "expected"), TOML)
def test_toml_values_that_are_copy(toml: str, expected: list[tuple[str, str]], newline: str) -> None:
    document = read(f"+++\n{toml}\n+++\nBody.\n".replace("\n", newline))
    assert [(block.kind, document.text[block.start : block.end]) for block in document.blocks] == [
        *expected, ("paragraph", "Body."),
    ]  # fmt: skip
    assert document.notices == ()


BROKEN = [
    ("---\ntitle: [a\nlead: b: c d\n---\nBody.\n", "line 3: the front matter cannot be read (expected ',' or ']'"),
    ("---\na: b\n\ttab: c d e\n---\nBody.\n", "line 3: the front matter cannot be read ("),
    ("---\ntitle: 'never\n---\nBody.\n", "the front matter cannot be read ("),
    ("---\na: {b: \x01 c}\n---\nBody.\n", "line 1: the front matter cannot be read ("),
    ("---\na: " + "[" * 5_000 + "\n---\nBody.\n", "the front matter cannot be read ("),
    ("+++\ntitle = a b c\n+++\nBody.\n", "line 2: the front matter cannot be read (Invalid value"),
    ("---\ntitle: some words\n\nBody.\n", "line 1: the front matter is never closed"),
]


@pytest.mark.parametrize(("text", "notice"), BROKEN)
def test_broken_front_matter_is_told_and_the_text_is_read_all_the_same(text: str, notice: str) -> None:
    document = read(text)
    assert notice in document.notices[0]
    assert document.text.endswith("Body.")
    assert len(document.blocks) > 1


def test_text_between_rulers_is_no_front_matter() -> None:
    document = read("---\n\nJust text.\n\n---\n\nMore.\n")
    assert document.text == "Just text.\n\nMore."
    assert document.notices == ()


HOSTILE = {
    "aliases": "a0: &a0 [x y z]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 99)),
    "nested lists": "- " * 15_000,
    "nested brackets": "a: " + "[" * 15_000,
    "backslashes": 'a: "' + "\\" * 30_000,
    "keys": "a: b\n" * 10_000,
    "long": "a: b c d\n" * 50_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_front_matter_ends_within_two_seconds(name: str) -> None:
    start = time.process_time()
    document = read(f"---\ntitle: x\n{HOSTILE[name]}\n---\nBody.\n")
    assert time.process_time() - start < 2
    assert document.text.endswith("Body.")


VALUES = [
    ("", "", [("{}", "{}"), ("😀{}", "😀{}"), ("so\u00adft{}", "soft{}"), ("é{}", "é{}")]),
    ("'", "'", [("{}", "{}"), ("a''{}", "a'{}"), ("\\{}", "\\{}"), ('"{}"', '"{}"')]),
    ('"', '"', [("{}", "{}"), ('a\\"{}', 'a"{}'), ("\\u00e9{}", "é{}"), ("{}\\x41", "{}A"), ("a\\\\{}", "a\\{}")]),
    (">-|  ", "", [("{}", "{}"), ("'{}'", "'{}'"), ("#{}", "#{}"), ("😀{}:", "😀{}:")]),
    ("|@|  ", "", [("{}", "{}"), ('"{}"', '"{}"'), ("a\\{}", "a\\{}")]),
    ("|  - ", "", [("{}", "{}"), ("a’{}", "a’{}")]),
    ("|  deep: ", "", [("{}", "{}"), ("a&{}", "a&{}")]),
]  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.data(), st.sampled_from(["\n", "\r\n", "\r"]))
def test_every_word_is_found_at_the_place_where_it_was_written(data: st.DataObject, newline: str) -> None:
    source = "---" + newline
    placed: list[tuple[str, int, int]] = []
    for number in range(data.draw(st.integers(1, 4))):
        opening, closing, forms = data.draw(st.sampled_from(VALUES))
        source += f"{data.draw(st.sampled_from(['title', 'lead', 'summary']))}{number}: "
        source += opening.replace("|", newline).replace("@", "|") if opening != "|@|  " else "|" + newline + "  "
        for index in range(data.draw(st.integers(3, 6))):
            if index:
                source += newline + "  " if opening.startswith((">", "|@")) and data.draw(st.booleans()) else " "
            written, visible = data.draw(st.sampled_from(forms if index else forms[:1]))
            core = f"n{len(placed)}k"
            start = len(source)
            source += written.format(core)
            placed.append((visible.format(core), start, len(source)))
        source += closing + newline
    document = read(source + "---" + newline + "Body.")
    assert document.notices == ()
    for visible, start, end in placed:
        assert document.text.count(visible) == 1, visible
        at = document.text.index(visible)
        assert document.source_span(at, at + len(visible)) == (start, end), visible
