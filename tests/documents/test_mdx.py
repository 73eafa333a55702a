"""MDX: JSX, expressions and modules inside Markdown."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copylint.documents import parse
from copylint.documents.document import Document, Source


def read(text: str) -> Document:
    return parse(Source("post.mdx", text), "mdx")


CASES = [
    ("import A from './a'\nimport B from './b'\n\n# Head", [("heading", "Head")]),
    ("export const meta = {\n  title: 'Not read here',\n\n  a: 1,\n}\n\nText", [("paragraph", "Text")]),
    ("Imports and\nimport duty are text.", [("paragraph", "Imports and\nimport duty are text.")]),
    ("Hello {props.name}, welcome", [("paragraph", "Hello , welcome")]),
    ("{list.map(x => <li>{x.title + '}'}</li>)}\n\nText", [("paragraph", "Text")]),
    ("Price \\{ and more", [("paragraph", "Price { and more")]),
    ("`{code}` and text", [("paragraph", " and text")]),
    ("```js\nexport const a = {\n```\n\nText {x}", [("paragraph", "Text ")]),
    ("<Callout>\nText with *stress*\n</Callout>", [("paragraph", "Text with stress")]),
    ("<Box type='x' title='Some copy for you'>text</Box>", [("paragraph", "text"), ("label", "Some copy for you")]),
    ("<Hero\n  heading=\"The look you want\"\n  onClick={() => a > b}\n  size={2}\n/>\n\nText",
     [("label", "The look you want"), ("paragraph", "Text")]),
    ("<Cta label={'Book your visit now'} href={url}>Go</Cta>", [("paragraph", "Go"), ("label", "Book your visit now")]),
    ("<Cta className='one two three' title='two words'>Go</Cta>", [("paragraph", "Go")]),
    ("a <Image src={x} alt='An alt'/> b", [("paragraph", "a  b"), ("alt", "An alt")]),
    ("<Tabs>\n  <Tab>\n    Text in a tab\n  </Tab>\n</Tabs>", [("paragraph", "Text in a tab")]),
    ("<>\n- one\n- two\n</>", [("list-item", "one"), ("list-item", "two")]),
    ("a < b and c > d", [("paragraph", "a < b and c > d")]),
    ("<Quote.Body>said</Quote.Body>", [("paragraph", "said")]),
    ("{`a ${b} }`} text", [("paragraph", "text")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_text_is_copy_and_code_is_not(text: str, expected: list[tuple[str, str]]) -> None:
    document = read(text)
    assert document.format == "mdx"
    found = [(block.kind, document.text[block.start : block.end]) for block in document.blocks]
    assert [(kind, shown.strip()) for kind, shown in found] == [(kind, shown.strip()) for kind, shown in expected]


def test_hidden_elements_hide_the_markdown_inside() -> None:
    document = read("<div hidden>\nSponsored *post*\n</div>\n\nShown")
    assert [(document.text[b.start : b.end], b.hidden) for b in document.blocks] == [
        ("Sponsored post", True), ("Shown", False),
    ]  # fmt: skip


def test_comments_are_kept_with_their_place() -> None:
    text = "{/* copylint-disable-next overclaim -- ok */}\n\nText {/* two */} more\n"
    document = read(text)
    assert [(c.text, text[c.source_start : c.source_end]) for c in document.comments] == [
        ("copylint-disable-next overclaim -- ok", "{/* copylint-disable-next overclaim -- ok */}"),
        ("two", "{/* two */}"),
    ]
    assert document.text == "Text  more"


def test_a_brace_that_never_closes_is_told_and_the_text_is_read() -> None:
    document = read("# Head\n\nText {a and more\n\nThe end.")
    assert document.notices[0].startswith("line 3: a { is never closed")
    assert "Text {a and more" in document.text
    assert document.text.endswith("The end.")


HOSTILE = {
    "braces": "{" * 200_000,
    "pairs of braces": "{}" * 100_000,
    "template strings": "{`" * 100_000,
    "comments": "{/*" * 100_000,
    "attributes": '<A x="' * 16_000,
    "attribute expressions": "<A x={" * 50_000,
    "tags": "<A>\n" * 30_000,
    "tags on one line": "<A>" * 30_000,
    "imports": "import x\n\n" * 30_000,
    "exports": "export {\n\n" * 30_000,
    "backticks": "`" * 100_000,
    "growing backticks": "".join("`" * n + " " for n in range(1_000)),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_markup_ends_within_two_seconds(name: str) -> None:
    start = time.process_time()
    read(HOSTILE[name])
    assert time.process_time() - start < 2


# The generator writes the source piece by piece and remembers where it put each visible word.

WORDS = [
    "{}",
    "😀{}",
    "a**b**{}",
    "a&amp;{}",
    "so\u00adft{}",
    "a<b>c</b>{}",
    "a{{x}}{}",
    "a{{/* n */}}{}",
    "a{{`}}`}}{}",
]
SEEN = ["{}", "😀{}", "ab{}", "a&{}", "soft{}", "ac{}", "a{}", "a{}", "a{}"]
OPENINGS = [
    "", "import A from 'a'|export const b = {{ c: '}}' }}||", "<A>|", "<A b={{1 > 2}} c='d > e'>|", "<A|  b={{c}}|>|",
    "{{/* no copy */}}||", "> ", "- ", "## ", "<A>", "text <B c={{d}}/> ", "{{f('x')}} ", "<A>|  <B>|    ", "|",
]  # fmt: skip


@st.composite
def written(draw: st.DrawFn) -> tuple[str, list[tuple[str, int, int]]]:
    newline = draw(st.sampled_from(["\n", "\r\n", "\r"]))
    source = ""
    placed: list[tuple[str, int, int]] = []
    for opening in draw(st.lists(st.sampled_from(OPENINGS), min_size=1, max_size=6)):
        source += opening.replace("{{", "{").replace("}}", "}").replace("|", newline)
        choices = [0, 1, 4] if opening.endswith("    ") else range(len(WORDS))
        for form in draw(st.lists(st.sampled_from(choices), min_size=1, max_size=4)):
            core = f"n{len(placed)}k"
            start = len(source)
            source += WORDS[form].format(core)
            placed.append((SEEN[form].format(core), start, len(source)))
            source += draw(st.sampled_from([" ", " {x} ", " <i>y</i> "]))
        if draw(st.booleans()):
            source += f"{newline}{newline}<C"
            source += draw(st.sampled_from(["", newline + "  ", " d={1} "])) + " title='"
            start = len(source)
            source += f"t{len(placed)}t of words'{newline}/>"
            placed.append((f"t{len(placed)}t of words", start, start + len(f"t{len(placed)}t of words")))
        source += newline * 2
    return source, placed


@settings(max_examples=150, deadline=None)
@given(written())
def test_every_visible_word_is_found_at_the_place_where_it_was_written(
    case: tuple[str, list[tuple[str, int, int]]],
) -> None:
    source, placed = case
    document = read(source)
    for visible, start, end in placed:
        assert document.text.count(visible) == 1, visible
        at = document.text.index(visible)
        assert document.source_span(at, at + len(visible)) == (start, end), visible


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.sampled_from([*"aB \n\r{}<>/=\"'`*-\\.", "import ", "export ", "/*", "*/", "é", "```", "<A ", "{/*"]))
)
def test_any_text_is_read_and_its_map_stays_inside_the_source(pieces: list[str]) -> None:
    text = "".join(pieces)
    document = read(text)
    for index in range(len(document.text)):
        start, end = document.source_span(index, index + 1)
        assert 0 <= start <= end <= len(text)
