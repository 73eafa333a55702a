"""What a comment covers in documents that nobody has thought of."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from copylint.documents import parse
from copylint.documents.document import Document, Lines, Source
from copylint.verdicts.suppressions.directives import directives
from copylint.verdicts.suppressions.extents import Extents

PIECES = st.lists(
    st.sampled_from(
        ["Text.\n", "\n", "# Head\n", "- item\n", "  - inner\n", "1. first\n", "> quote\n", "| a | b |\n",
         "|---|---|\n", "![an alt text](x.png)\n", "<ul>", "</ul>\n", "<li>x", "<table><tr>", "<td>y", "</table>\n",
         "<p>", "</p>\n", "<dl>", "<dt>z", "<div hidden>", "</div>\n", "[^1]: note\n", "```\n", "Term\n: what it is\n",
         "ä "]
    ),
    max_size=14,
).map("".join)  # fmt: skip
COMMENT = "<!-- copylint-disable-next a/b -- why -->"
FORMATS = st.sampled_from(["markdown", "mdx", "html"])


def read(text: str, format: str) -> Document:
    return parse(Source("copy", text), format)


@given(PIECES, FORMATS)
def test_lists_and_tables_begin_and_end_with_their_blocks(text: str, format: str) -> None:
    document = read(text, format)
    starts = [group.source_start for group in document.groups]
    assert starts == sorted(starts)
    for group in document.groups:
        assert 0 <= group.source_start < group.source_end <= len(text)
        assert any(group.source_start <= block.source_start < group.source_end for block in document.blocks)


@given(PIECES, st.booleans(), PIECES, FORMATS)
def test_what_is_next_begins_with_a_block_and_ends_with_one(before: str, apart: bool, after: str, format: str) -> None:
    gap = "\n\n" if apart else ""
    document = read(before + gap + COMMENT + gap + after, format)
    for directive in directives(document):
        start, end = Extents(document).of(directive)
        if (start, end) == (0, 0):
            assert not any(block.source_start >= directive.end for block in document.blocks)
            continue
        covered = [block for block in document.blocks if start <= block.source_start < end]
        assert covered
        assert end in {max(block.source_end, block.source_start + 1) for block in covered}
        # Nothing that is shown before the comment is covered, and of what follows it nothing is passed over.
        places = [document.source_span(block.start, block.start + 1)[0] for block in covered]
        assert min(places) >= directive.end or start >= directive.end
        following = [block.source_start for block in document.blocks if block.source_start >= directive.end]
        assert start <= min(following, default=start)


@given(st.text("ab\r\n", max_size=30), st.data())
def test_a_line_is_what_editors_call_a_line(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    marked = f"{text[:start]}x{text[start:]}"
    lines = Lines(marked)
    first, last = lines.around(start, start + 1)
    number = lines.position(start)[0]
    assert [at for at in range(len(marked) + 1) if lines.position(at)[0] == number] == list(range(first, last))
