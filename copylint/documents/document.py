"""What a visitor sees, and where each character of it stands in the source.

A format's parser feeds a DocumentBuilder from the first to the last character of the source: every visible piece is
handed over together with the place that it came from. So the offset map is right by construction, and no match is
ever searched for in the source afterwards.

All offsets count characters (code points) from 0; ends are exclusive. "Visible" offsets count in Document.text,
"source" offsets in Source.text.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import Literal, NamedTuple

from copylint.record import Record

BlockKind = Literal[
    "paragraph", "heading", "list-item", "table-cell", "caption", "button",
    "title", "description", "alt", "label", "front-matter", "structured-data",
]  # fmt: skip

GroupKind = Literal["list", "table"]

GAP = "\n\n"
"""Stands between two blocks of the visible text; it has no place in the source."""

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]+")
"""Soft hyphens, zero-width characters and direction marks: they split no word for a visitor, so none for us."""
_LINE_END = re.compile(r"\r\n|\r|\n")


class ParseError(ValueError):
    """A source that the parser of its format cannot read. The message says what is wrong, without the path."""


class Source(Record):
    """One decoded file: its path as it is shown to the user, its text after the byte-order mark, newlines untouched."""

    path: str
    text: str
    notices: tuple[str, ...] = ()


class Block(Record):
    """A run of visible text that reads as one: a paragraph, a heading, a cell.

    start and end are visible offsets. source_start and source_end are the extent of the block in the source with its
    own markup. hidden: not shown to a visitor (`hidden`, `display:none`). quoted: inside a quotation block. level: of
    a heading, 1 to 6, else 0.
    """

    kind: BlockKind
    start: int
    end: int
    source_start: int
    source_end: int
    level: int = 0
    hidden: bool = False
    quoted: bool = False


class Link(Record):
    """A link or a bare address: where it leads and what is shown. Visible and source offsets both."""

    target: str
    rel: str
    start: int
    end: int
    source_start: int
    source_end: int


class OpenLink:
    """A link that a parser is inside of. start: visible offset of its text, None as long as none was shown."""

    __slots__ = ("rel", "source_start", "start", "target")

    def __init__(self, target: str, rel: str, source_start: int) -> None:
        self.target = target
        self.rel = rel
        self.source_start = source_start
        self.start: int | None = None


class Comment(Record):
    """A comment of the source's own kind (<!-- ... -->, {/* ... */}), its inner text and source offsets.

    key: of an entry in the front matter that speaks to copylint (`copylint-disable: ...`), else empty. Such an entry is
    placed without its quotation marks, and its text has the escapes resolved.
    """

    text: str
    source_start: int
    source_end: int
    key: str = ""


class Group(NamedTuple):
    """A list or a table: the source offsets from its start to the end of its last block. None is without a block."""

    kind: GroupKind
    source_start: int
    source_end: int


class OffsetMap:
    """Runs of visible text and where each stands in the source, in visible order.

    A run: (visible start, visible end, source start, source end, verbatim). In a verbatim run the characters are the
    source's own, one for one; another stands for its source as a whole.
    """

    __slots__ = ("_runs", "_starts")

    def __init__(self, runs: list[tuple[int, int, int, int, bool]]) -> None:
        self._runs = runs
        self._starts = [run[0] for run in runs]

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """The place in the source of the visible characters start..end."""
        if not self._runs:
            return 0, 0
        first = max(bisect_right(self._starts, start) - 1, 0)
        if start >= self._runs[first][1] and first + 1 < len(self._runs):
            first += 1
        visible_start, visible_end, source_start, _, verbatim = self._runs[first]
        if verbatim:
            source_start += min(max(start - visible_start, 0), visible_end - visible_start)
        if end <= start:
            return source_start, source_start
        visible_start, visible_end, last_start, source_end, verbatim = self._runs[
            max(bisect_left(self._starts, end) - 1, 0)
        ]
        if verbatim and end < visible_end:
            source_end = last_start + end - visible_start
        return source_start, max(source_start, source_end)


class Document(Record):
    """The visible text of a source, its blocks in reading order, and the exact map back."""

    source: Source
    format: str
    text: str
    blocks: tuple[Block, ...]
    links: tuple[Link, ...]
    comments: tuple[Comment, ...]
    footnotes: tuple[int, ...]
    """Visible offsets at which a footnote mark stands (the mark itself is no visible text)."""
    notices: tuple[str, ...]
    offsets: OffsetMap
    groups: tuple[Group, ...] = ()
    """Lists and tables by their start, outer ones first."""

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """The place in the source of the visible characters start..end.

        A character that stands for several of the source (an entity) takes them whole. Markup between two visible
        characters lies inside the span; markup before the first and after the last does not.
        """
        return self.offsets.source_span(start, end)


class DocumentBuilder:
    """Collects the visible text in reading order, with its places. One builder makes one document."""

    def __init__(self, source: Source, format: str) -> None:
        self.source = source
        self.format = format
        self.notices: list[str] = []
        self._pieces: list[str] = []
        self._length = 0
        self._runs: list[tuple[int, int, int, int, bool]] = []
        self._blocks: list[Block] = []
        self._links: list[Link] = []
        self._comments: list[Comment] = []
        self._footnotes: list[int] = []
        self._groups: list[Group] = []
        self._open_groups: list[tuple[GroupKind, int, int]] = []
        self._ending_groups: list[tuple[GroupKind, int, int]] = []
        self._reach = 0
        self._open: tuple[BlockKind, int, int, bool, bool] | None = None
        self._start = 0
        self._first_piece = 0

    @property
    def position(self) -> int:
        """The visible offset that the next piece of text gets."""
        if self._open is not None and self._start == self._length and self._length:
            return self._length + len(GAP)
        return self._length

    @property
    def is_open(self) -> bool:
        """Whether a block takes text at the moment."""
        return self._open is not None

    def open(
        self, kind: BlockKind, source_start: int, *, level: int = 0, hidden: bool = False, quoted: bool = False
    ) -> None:
        """Begin a block; one that is still open ends here."""
        self.close(source_start)
        self._open = (kind, source_start, level, hidden, quoted)
        self._start = self._length
        self._first_piece = len(self._pieces)

    def close(self, source_end: int) -> None:
        """End the open block, if any. One without visible text but white space leaves no trace."""
        if self._open is not None:
            opened, self._open = self._open, None
            self._keep(opened, source_end)
            self._finish_groups()

    def _keep(self, opened: tuple[BlockKind, int, int, bool, bool], source_end: int) -> None:
        """The block that has ended here, unless it shows nothing."""
        kind, source_start, level, hidden, quoted = opened
        if self._length == self._start:
            return
        start = self._start + (len(GAP) if self._start else 0)
        if not "".join(self._pieces[self._first_piece :]).strip():
            return
        source_end = max(source_end, source_start)
        self._blocks.append(Block(kind, start, self._length, source_start, source_end, level, hidden, quoted))
        self._reach = max(self._reach, source_end)

    def text(self, source_start: int, source_end: int) -> None:
        """Visible text that is the source's own, letter for letter; invisible characters are left out."""
        piece = self.source.text[source_start:source_end]
        if piece.isascii():
            self._add(piece, source_start, source_end, verbatim=True)
            return
        at = 0
        for match in _INVISIBLE.finditer(piece):
            self._add(piece[at : match.start()], source_start + at, source_start + match.start(), verbatim=True)
            at = match.end()
        self._add(piece[at:], source_start + at, source_end, verbatim=True)

    def replaced(self, visible: str, source_start: int, source_end: int) -> None:
        """Visible text that the source writes in another way: an entity, an escape, a line break."""
        self._add(_INVISIBLE.sub("", visible), source_start, source_end, verbatim=False)

    def link(self, target: str, rel: str, start: int, source_start: int, source_end: int) -> None:
        """A link whose visible text began at visible offset `start` and ends here."""
        self._links.append(Link(target, rel, start, max(start, self._length), source_start, source_end))

    def comment(self, text: str, source_start: int, source_end: int, key: str = "") -> None:
        """A comment, or an entry of the front matter under `key`: no copy, but it may switch rules off."""
        self._comments.append(Comment(text, source_start, source_end, key))

    def begin_group(self, kind: GroupKind, source_start: int) -> None:
        """A list or a table begins; the block before it is closed by then."""
        self._open_groups.append((kind, source_start, len(self._blocks)))

    def end_group(self) -> None:
        """The innermost list or table ends; a block that is still open is its last."""
        self._ending_groups.append(self._open_groups.pop())
        if not self.is_open:
            self._finish_groups()

    def _finish_groups(self) -> None:
        for kind, source_start, blocks in self._ending_groups:
            if len(self._blocks) > blocks:
                self._groups.append(Group(kind, source_start, self._reach))
        self._ending_groups.clear()

    def footnote(self) -> None:
        """A footnote mark stands here."""
        self._footnotes.append(self.position)

    def finish(self) -> Document:
        """The document; the builder is spent."""
        self.close(len(self.source.text))
        while self._open_groups:
            self.end_group()
        return Document(
            self.source, self.format, "".join(self._pieces), tuple(self._blocks), tuple(self._links),
            tuple(sorted(self._comments, key=lambda comment: comment.source_start)), tuple(self._footnotes),
            (*self.source.notices, *self.notices), OffsetMap(self._runs),
            tuple(sorted(self._groups, key=lambda group: (group.source_start, -group.source_end))),
        )  # fmt: skip

    def _add(self, piece: str, source_start: int, source_end: int, *, verbatim: bool) -> None:
        if not piece:
            return
        if self._open is None:
            raise RuntimeError("text outside a block")
        if self._start == self._length and self._length:
            self._pieces.append(GAP)
            self._length += len(GAP)
            self._start = self._length - len(GAP)
        at = self._length
        self._pieces.append(piece)
        self._length += len(piece)
        if verbatim and self._runs:
            v_start, v_end, s_start, s_end, same = self._runs[-1]
            if same and v_end == at and s_end == source_start:
                self._runs[-1] = (v_start, self._length, s_start, source_end, True)
                return
        self._runs.append((at, self._length, source_start, source_end, verbatim))


class Lines:
    """Offsets of a source to lines and columns, both from 1. Lines end at LF, CR LF and CR, at nothing else."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(match.end() for match in _LINE_END.finditer(text))]
        self._length = len(text)

    def position(self, offset: int) -> tuple[int, int]:
        """The line and the column of a source offset."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def around(self, start: int, end: int) -> tuple[int, int]:
        """The source offsets of the whole lines that start..end (not empty) stands on, the last line end included.

        After the last line of the source there is one more place: for what stands at its very end.
        """
        first, last = bisect_right(self._starts, start) - 1, bisect_left(self._starts, end)
        return self._starts[first], self._starts[last] if last < len(self._starts) else self._length + 1
