"""Markdown: what is copy, of which kind, and where exactly it stands."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copylint.documents import format_of, parse
from copylint.documents.document import Document, Source


def read(text: str) -> Document:
    return parse(Source("page.md", text), "markdown")


def blocks(text: str) -> list[tuple[str, str]]:
    document = read(text)
    return [(block.kind, document.text[block.start : block.end]) for block in document.blocks]


@pytest.mark.parametrize(
    ("path", "format"),
    [
        ("a.md", "markdown"), ("b/a.MARKDOWN", "markdown"), ("a.mdx", "mdx"), ("a.txt", "plain"), ("a.htm", "html"),
        ("a.html", "html"), ("a.docx", None), ("md", None), ("a.md/readme", None), (".md", "markdown"),
    ],
)  # fmt: skip
def test_the_suffix_tells_the_format(path: str, format: str | None) -> None:
    assert format_of(path) == format


def test_an_unknown_format_is_an_error() -> None:
    with pytest.raises(ValueError, match="no such format"):
        parse(Source("a", "x"), "docx")


BLOCKS = [
    ("# One\n\nTwo *three* four.", [("heading", "One"), ("paragraph", "Two three four.")]),
    ("Head\n====\n\ntext", [("heading", "Head"), ("paragraph", "text")]),
    ("## Head {#anchor}\n", [("heading", "Head")]),
    ("- one\n- two\n  goes on\n", [("list-item", "one"), ("list-item", "two\ngoes on")]),
    ("1. one\n   - deep\n2. two\n", [("list-item", "one"), ("list-item", "deep"), ("list-item", "two")]),
    ("- one\n\n  more\n\n- two\n", [("list-item", "one"), ("list-item", "more"), ("list-item", "two")]),
    ("- [x] done it\n", [("list-item", "done it")]),
    ("| a | b |\n|---|---|\n| c \\| d | *e* |\n", [("table-cell", t) for t in ("a", "b", "c | d", "e")]),
    ("> quote\n> goes on\n", [("paragraph", "quote\ngoes on")]),
    ("Term\n: What it is\n", [("list-item", "Term"), ("list-item", "What it is")]),
    ("soft\r\nbreak\r\n\r\nnext", [("paragraph", "soft\nbreak"), ("paragraph", "next")]),
    ("soft\rbreak\r\rnext", [("paragraph", "soft\nbreak"), ("paragraph", "next")]),
    ("hard  \nbreak\\\nagain", [("paragraph", "hard\nbreak\nagain")]),
    ("a `code` b", [("paragraph", "a  b")]),
    ("```\ncode\n```\n\n    more code\n\ntext", [("paragraph", "text")]),
    ("~~old~~ new &amp; &#8220;good&#8221; \\*star\\*", [("paragraph", "old new & “good” *star*")]),
    ("a[^1] b\n\n[^1]: the note\n", [("paragraph", "a b"), ("paragraph", "the note")]),
    ("one ![an *alt* text](a.png) two", [("paragraph", "one  two"), ("alt", "an alt text")]),
    ('![alt](a.png "a title of words")', [("alt", "alt"), ("label", "a title of words")]),
    ('[text](a.md "a title of words") [b](c "short")', [("paragraph", "text b"), ("label", "a title of words")]),
    ('[a][r]\n\n[r]: /x "three word title"\n', [("paragraph", "a"), ("label", "three word title")]),
    ("one <!-- no copy --> two", [("paragraph", "one  two")]),
    ("one<br>two", [("paragraph", "one\ntwo")]),
    ("one <kbd>Ctrl</kbd> two", [("paragraph", "one  two")]),
    ('see <img src="x" alt="the alt"> it', [("paragraph", "see  it"), ("alt", "the alt")]),
    ("<h2>Head</h2>\n<p>Some <b>text</b> &amp; more</p>\n", [("heading", "Head"), ("paragraph", "Some text & more")]),
    ("<table><tr><td>\n\nin a *cell*\n\n</td></tr></table>", [("table-cell", "in a cell")]),
    ("> <div>a <b\n> title='the b'>b</b>\n> c</div>\n", [("paragraph", "a b\nc"), ("label", "the b")]),
    ("<script>var x = 'not copy'</script>\n\ntext", [("paragraph", "text")]),
    ("<style>\n\na {}\n\n</style>\n\ntext", [("paragraph", "text")]),
    ("> [!NOTE]\n> Mind this.\n", [("paragraph", "Mind this.")]),
    ("", []),
    ("\n \n", []),
]


@pytest.mark.parametrize(("text", "expected"), BLOCKS)
def test_blocks_and_their_kinds(text: str, expected: list[tuple[str, str]]) -> None:
    assert blocks(text) == expected


TEMPLATES = [
    ("{% if offer %}\nGet *it*.\n{% endif %}\n", [("paragraph", "Get it.")]),
    ("Come to {{ clinic.name | upcase }} now", [("paragraph", "Come to  now")]),
    ("{# a note #}Text", [("paragraph", "Text")]),
    ("{% comment %}\n\nhidden\n\n{% endcomment %}\nText", [("paragraph", "Text")]),
    ("{% highlight js %}x = 1{% endhighlight %}", []),
    ("{{< figure src='a.png' title='What it looks like' >}}", [("label", "What it looks like")]),
    ('{{% notice info "Read this first, please" %}}Inside{{% /notice %}}',
     [("paragraph", "Inside"), ("label", "Read this first, please")]),
    ("- one {% x %}\n- {{ y }} two\n", [("list-item", "one"), ("list-item", "two")]),
    ("- one\n{% x %}\n- two\n", [("list-item", "one"), ("list-item", "two")]),
    ("{% x %}\n# Head\n", [("heading", "Head")]),
    ("[cta link='/x' text='Book your visit now']Inside *it*[/cta]",
     [("paragraph", "Inside it"), ("label", "Book your visit now")]),
    ('[gallery ids="1,2"] text [contact-form-7 id="3"]', [("paragraph", "text")]),
    ('[et_pb_text admin_label="Text of the page"]\nCopy\n[/et_pb_text]', [("paragraph", "Copy")]),
    ('[vc_row][vc_column width="1/2"]Copy[/vc_column][/vc_row]', [("paragraph", "Copy")]),
    ("[button](/x) [faq]: not a definition [b][ref]", [("paragraph", "button [faq]: not a definition [b][ref]")]),
    ('[caption id="a"]<img alt="The alt"> The text[/caption]', [("paragraph", "The text"), ("alt", "The alt")]),
    ("# Head\n{: .no_toc #id}\n\n* toc\n{:toc}\n", [("heading", "Head"), ("list-item", "toc")]),
    (":::tip A title\nText here.\n:::\n", [("paragraph", "A title"), ("paragraph", "Text here.")]),
    ("::::warning\n\n- one\n\n::::", [("list-item", "one")]),
    ("[embed]https://x.example/a[/embed] text", [("paragraph", "text")]),
    ("[link](a) [ref] [^note] [x] and [/x]", [("paragraph", "link [ref] [^note]  and")]),
    ("- [ ] a box\n- [x] a tick\n", [("list-item", "a box"), ("list-item", "a tick")]),
    ("Opened {{ but never ended, 50 % of {% it", [("paragraph", "Opened {{ but never ended, 50 % of {% it")]),
    ("{{ a\n\nb }}", [("paragraph", "{{ a"), ("paragraph", "b }}")]),
    ('<p class="{% if a %}x{% endif %}">one {{ b }} two</p>', [("paragraph", "one  two")]),
    ('<img alt="{{ name }} of the clinic" src="{{ x }}">', [("alt", " of the clinic")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), TEMPLATES)
def test_template_tags_are_no_copy(text: str, expected: list[tuple[str, str]]) -> None:
    assert blocks(text) == expected


LINKS = [
    ("[our shop](https://x.example)", ("https://x.example", "", "our shop", "[our shop](https://x.example)")),
    ("[shop][s]\n\n[s]: https://x.example", ("https://x.example", "", "shop", "[shop][s]")),
    ("<https://x.example/a>", ("https://x.example/a", "", "https://x.example/a", "<https://x.example/a>")),
    ("<me@x.example>", ("mailto:me@x.example", "", "me@x.example", "<me@x.example>")),
    ("at https://x.example/a_b_c?d=e.", ("https://x.example/a_b_c?d=e", "", *["https://x.example/a_b_c?d=e"] * 2)),
    ("(see www.x.example/a)", ("www.x.example/a", "", "www.x.example/a", "www.x.example/a")),
    ('a <a href="/x?a&amp;b" rel="sponsored">deal</a>', ("/x?a&b", "sponsored", "deal",
                                                         '<a href="/x?a&amp;b" rel="sponsored">deal</a>')),
    ('<p><a href="/x" rel="ugc">deal</a></p>', ("/x", "ugc", "deal", '<a href="/x" rel="ugc">deal</a>')),
    ('<a href="/x">\n\na *deal*\n\n</a>', ("/x", "", "a deal", '<a href="/x">\n\na *deal*\n\n</a>')),
    ("[a {{ b }} c]({{ site.url }}/d)", ("{{ site.url }}/d", "", "a  c", "[a {{ b }} c]({{ site.url }}/d)")),
    ("[![alt](a.png)](/x)", ("/x", "", "", "[![alt](a.png)](/x)")),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), LINKS)
def test_links_keep_target_rel_text_and_place(text: str, expected: tuple[str, str, str, str]) -> None:
    document = read(text)
    (link,) = document.links
    found = (link.target, link.rel, document.text[link.start : link.end], text[link.source_start : link.source_end])
    assert found == expected


HIDDEN = [
    ("a <span hidden>b *c* d</span> e", [("a ", False), ("b c d", True), ("e", False)]),
    ('a <span style="display: none">b</span> c', [("a ", False), ("b", True), ("c", False)]),
    ("<div hidden>\n\nb\n\n- c\n\n</div>\n\nd", [("b", True), ("c", True), ("d", False)]),
    ("<div hidden>b</div>\n\nc", [("b", True), ("c", False)]),
    ("<div>\n<p hidden>\n\nb\n\n</p>\n\nc\n\n</div>", [("b", True), ("c", False)]),
    ("a </span> b", [("a  b", False)]),
]


@pytest.mark.parametrize(("text", "expected"), HIDDEN)
def test_hidden_text_is_told_apart(text: str, expected: list[tuple[str, bool]]) -> None:
    document = read(text)
    assert [(document.text[block.start : block.end], block.hidden) for block in document.blocks] == expected


def test_quotations_are_marked_and_notes_are_not() -> None:
    text = "> said\n> > again\n\nown\n\n> [!TIP]\n> own too\n\n<blockquote>\n\nsaid so\n\n</blockquote>\n"
    document = read(text)
    assert [(document.text[block.start : block.end], block.quoted) for block in document.blocks] == [
        ("said", True), ("again", True), ("own", False), ("own too", False), ("said so", True),
    ]  # fmt: skip


def test_comments_of_each_kind_are_kept_with_their_place() -> None:
    text = "<!-- one -->\n\na <!-- two\nlines --> b\n\n{# three #}\n\n{% comment %}four{% endcomment %}\n"
    found = [(comment.text, text[comment.source_start : comment.source_end]) for comment in read(text).comments]
    assert found == [
        ("one", "<!-- one -->"), ("two\nlines", "<!-- two\nlines -->"), ("three", "{# three #}"),
        ("four", "{% comment %}four{% endcomment %}"),
    ]  # fmt: skip


def test_footnote_marks_are_noted_where_they_stand() -> None:
    document = read("Proven[^1] twice[^b].\n\n[^1]: A\n[^b]: B\n")
    assert document.text.startswith("Proven twice.")
    assert document.footnotes == (6, 12)


def test_heading_levels() -> None:
    document = read("# a\n\n### b\n\nc\n\n<h4>d</h4>\n")
    assert [block.level for block in document.blocks] == [1, 3, 0, 4]


HOSTILE = {
    "nested quotes": "> " * 10_000 + "x",
    "nested lists": "- " * 10_000 + "x",
    "brackets": "[" * 100_000,
    "images": "![" * 50_000,
    "unclosed attributes": '<a x="' * 16_000,
    "unclosed attributes in HTML": "<div>" + '<a x="' * 16_000,
    "emphasis": "*a _b " * 170_000,
    "open elements": "<div>\n\n" * 20_000,
    "open links": "<a href=x>y" * 20_000,
    "end tags": "<b>" * 20_000 + "</i>" * 20_000,
    "comments": "a <!--" * 30_000,
    "scripts": "a <script>" * 30_000,
    "entities": "<p>" + "&amp;" * 50_000,
    "template tags": "{{" * 100_000,
    "comment tags": "{% comment %}" * 30_000,
    "shortcodes": '[a b="c"]' * 30_000,
    "addresses": "http://a" + ")" * 100_000,
    "references": "".join(f"[a{n}]: x 'a b c'\n" for n in range(10_000)),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_markup_ends_within_two_seconds(name: str) -> None:
    start = time.process_time()
    read(HOSTILE[name])
    assert time.process_time() - start < 2


# The generator writes the source piece by piece and remembers where it put each visible word.

FORMS = [
    ("{}", "{}"), ("😀{}", "😀{}"), ("é{}ü", "é{}ü"), ("a&amp;{}", "a&{}"), ("&eacute;{}&#8482;", "é{}™"),
    ("so\u00adft{}", "soft{}"), ("a\\*{}", "a*{}"), ("a**b**{}", "ab{}"), ("a*b*{}", "ab{}"), ("a<b>c</b>{}", "ac{}"),
    ("{}\u200b\u200dz", "{}z"), ("x{}&#x1F600;y", "x{}😀y"), ("a~~b~~{}", "ab{}"), ("{}’s", "{}’s"),
    ("a_b_{}", "a_b_{}"),
    ("a\\|{}", "a|{}"), ("a<!-- n -->{}", "a{}"), ("a{{{{ x }}}}{}", "a{}"), ('a<i title="">{}</i>b', "a{}b"),
]  # fmt: skip
WRAPS = [
    ("", ""), ("*", "*"), ("__", "__"), ("[", '](https://x.example/a "t")'), ("<b>", "</b>"), ("`code` ", ""),
    ("![", "](a.png)"), ('<a href="x&amp;y">', "</a>"), ("", " [^1]"), ("{% t 'a' %}", ""), ("", " <!-- c -->"),
]  # fmt: skip


class Writer:
    """Writes a source and remembers its visible words: (word, source start, source end)."""

    def __init__(self, newline: str) -> None:
        self.newline = newline
        self.parts: list[str] = []
        self.length = 0
        self.words: list[tuple[str, int, int]] = []

    def raw(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def word(self, written: str, visible: str) -> None:
        core = f"n{len(self.words)}k"
        start = self.length
        self.raw(written.format(core))
        self.words.append((visible.format(core), start, self.length))

    def line(self, prefix: str) -> None:
        self.raw(self.newline + prefix)


@st.composite
def written(draw: st.DrawFn) -> Writer:
    writer = Writer(draw(st.sampled_from(["\n", "\r\n", "\r"])))
    if draw(st.booleans()):
        writer.raw("---" + writer.newline)
        for key, opening, form, closing in draw(st.lists(st.sampled_from([
            ("title", "", ("{}", "{}"), ""), ("description", '"', ('a\\"{}', 'a"{}'), '"'),
            ("summary", "'", ("a''{}", "a'{}"), "'"), ("excerpt", '"', ("\\u00e9{}", "é{}"), '"'),
            ("lead", ">-" + writer.newline + "  ", ("😀{}", "😀{}"), writer.newline + "  and more"),
        ]), unique=True)):  # fmt: skip
            writer.raw(f"{key}: {opening}")
            for _ in range(3):
                writer.word(*form)
                writer.raw(" ")
            writer.raw("x" + closing + writer.newline)
        writer.raw("slug: a-b" + writer.newline + "---" + writer.newline)
    for _ in range(draw(st.integers(1, 4))):
        block(draw, writer, "", 0)
    return writer


def words(draw: st.DrawFn, writer: Writer, prefix: str, *, one_line: bool = False) -> None:
    for index in range(draw(st.integers(1, 5))):
        if index:
            if one_line or draw(st.booleans()):
                writer.raw(" ")
            else:
                writer.line(prefix)
        before, after = draw(st.sampled_from(WRAPS))
        writer.raw(before)
        writer.word(*draw(st.sampled_from(FORMS if before != "![" else FORMS[:6])))
        writer.raw(after)


def block(draw: st.DrawFn, writer: Writer, prefix: str, depth: int) -> None:
    """One block whose lines begin with prefix; the prefix of its first line is there already."""
    kinds = ["paragraph", "heading", "table", "html", "code"] + ["quote", "list", "div"] * (depth < 3)
    kind = draw(st.sampled_from(kinds))
    if kind == "paragraph":
        writer.raw("Text ")
        words(draw, writer, prefix)
    elif kind == "heading":
        writer.raw("#" * draw(st.integers(1, 6)) + " ")
        words(draw, writer, prefix, one_line=True)
    elif kind == "quote":
        writer.raw("> ")
        block(draw, writer, prefix + "> ", depth + 1)
    elif kind == "list":
        bullet = draw(st.sampled_from(["- ", "* ", "1. "]))
        for index in range(draw(st.integers(1, 3))):
            if index:
                writer.line(prefix)
            writer.raw(bullet)
            block(draw, writer, prefix + " " * len(bullet), depth + 1)
    elif kind == "table":
        writer.raw("| Head | Two |")
        writer.line(prefix + "|---|---|")
        for _ in range(2):
            writer.line(prefix + "| ")
            writer.word(*draw(st.sampled_from(FORMS)))
            writer.raw(" | ")
            writer.word(*draw(st.sampled_from([*FORMS[:8], ("a\\|{}", "a|{}")])))
            writer.raw(" |")
    elif kind == "html":
        writer.raw('<p class="a > b">')
        for _ in range(draw(st.integers(1, 3))):
            writer.word(*draw(st.sampled_from([form for form in FORMS if not set(form[0]) & set("*~\\{")] + FORMS[:6])))
            writer.raw(" <b>in</b>")
            writer.line(prefix)
        writer.raw("</p>")
    elif kind == "div":
        writer.raw(draw(st.sampled_from(["<div>", "<section hidden>", "{% if x %}"])))
        writer.line(prefix.rstrip())
        writer.line(prefix)
        block(draw, writer, prefix, depth + 1)
        writer.line(prefix)
        writer.raw("</div>")
    else:
        writer.raw("```")
        writer.line(prefix + "code")
        writer.line(prefix + "```")
    writer.line(prefix.rstrip())
    writer.line(prefix)


@settings(max_examples=150, deadline=None)
@given(written())
def test_every_visible_word_is_found_at_the_place_where_it_was_written(writer: Writer) -> None:
    document = read("".join(writer.parts))
    for visible, start, end in writer.words:
        assert document.text.count(visible) == 1, visible
        at = document.text.index(visible)
        assert document.source_span(at, at + len(visible)) == (start, end), visible


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [*"ab \n\r\t#>-*_`[]()!<>&;:|\\{}%=\"'/~^1.", "😀", "é", "\u00ad", "---\n", "<!--", "-->", "&amp;"]
        )
    )
)
def test_any_text_is_read_and_its_map_stays_inside_the_source(pieces: list[str]) -> None:
    text = "".join(pieces)
    document = read(text)
    assert [block.start for block in document.blocks] == sorted(block.start for block in document.blocks)
    for index in range(len(document.text)):
        start, end = document.source_span(index, index + 1)
        assert 0 <= start <= end <= len(text)
