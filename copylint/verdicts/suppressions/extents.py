"""What part of the source a directive covers: the next block, a line, the file.

Only places in the source decide, so a comment that a build step would move keeps its block.

"Next" is the first block after the comment: a paragraph, a heading, an item, a cell, with what stands inside of it (an
image's text). A comment inside of a block, before the first word of it, means that block. A comment before a list or a
table means all of it, since nobody can put a comment before each cell; one between two items means the item that
follows.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property
from itertools import accumulate

from copylint.documents.document import Document, Lines
from copylint.verdicts.suppressions.directives import Directive

Extent = tuple[int, int]
"""Source offsets start, end (exclusive)."""
NOWHERE: Extent = (0, 0)


class Extents:
    """The blocks, lists and lines of a document by their place in the source."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._length = len(document.source.text)

    def of(self, directive: Directive) -> Extent:
        """What a directive covers by itself; a range is paired elsewhere."""
        if directive.verb == "disable-file":
            return 0, self._length + 1
        if directive.verb == "disable-line":
            return self._lines.around(directive.start, directive.end)
        return self._next_block(directive)

    def rest(self, directive: Directive) -> Extent:
        """From the end of a directive to the end of the file."""
        return directive.end, self._length + 1

    @cached_property
    def _lines(self) -> Lines:
        return Lines(self._document.source.text)

    @cached_property
    def _blocks(self) -> list[tuple[int, int, int]]:
        """Source offsets and visible offset of each block; a block comes before those inside of it."""
        return sorted(
            ((block.source_start, block.source_end, block.start) for block in self._document.blocks),
            key=lambda block: (block[0], -block[1]),
        )

    @cached_property
    def _starts(self) -> list[int]:
        return [start for start, _, _ in self._blocks]

    @cached_property
    def _reaches(self) -> list[int]:
        """How far each block and those before it go."""
        return list(accumulate((end for _, end, _ in self._blocks), max))

    @cached_property
    def _group_starts(self) -> list[int]:
        return [group.source_start for group in self._document.groups]

    @cached_property
    def _ends_of_lists(self) -> frozenset[int]:
        return frozenset(group.source_end for group in self._document.groups if group.kind == "list")

    def _next_block(self, directive: Directive) -> Extent:
        first = bisect_left(self._starts, directive.end)
        if first and self._stands_at_the_head(directive, first - 1):
            start, end, _ = self._blocks[first - 1]
            return start, end
        if first == len(self._blocks):
            return NOWHERE
        start, end, _ = self._blocks[first]
        index = bisect_left(self._group_starts, directive.end)
        if index < len(self._group_starts) and self._group_starts[index] <= start and not self._goes_on(index, first):
            start, end = self._document.groups[index][1:]
        return start, max(end, start + 1)

    def _stands_at_the_head(self, directive: Directive, number: int) -> bool:
        """Whether a directive stands inside of this block, before all that a visitor sees of it."""
        start, end, visible = self._blocks[number]
        if not start <= directive.start < directive.end <= end:
            return False
        return self._document.source_span(visible, visible + 1)[0] >= directive.end

    def _goes_on(self, index: int, first: int) -> bool:
        """Whether this list of Markdown follows another one: a comment between two items parts them into two lists."""
        group = self._document.groups[index]
        if group.kind != "list" or self._document.source.text.startswith("<", group.source_start):
            return False
        return first > 0 and self._reaches[first - 1] in self._ends_of_lists
