"""Plain text: blocks from lines.

A blank line ends a block. A single newline ends one too, because copy is mostly written one paragraph a line, unless
the paragraph is hard-wrapped: most of its lines end between 60 and 100 characters and go on in mid-sentence. Lines that
begin like a bullet are list items; a short line without final punctuation before a longer one is a heading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from copylint.documents.document import BlockKind, Document, DocumentBuilder, Source

_LINE = re.compile(r"[^\r\n]+")
_BULLET = re.compile(r"(?:[-*+•‣◦▪●·–—]|\(?\d{1,3}[.)])[ \t\u00a0]+(?=\S)")
_RULER = re.compile(r"[-=_*~#+. \t]+\Z")
_FIRST_WORD = re.compile(r"\S+")

ADDRESS = re.compile(r"(?<![\w/@.])(?:https?://|www\.)[^\s<>\[\]{}\"'`|\\^]+", re.IGNORECASE)
"""A bare web address, with the punctuation that may follow it; address_end cuts that off."""

_WRAP_FROM, _WRAP_TO = 60, 100
_HEADING_LENGTH = 80

_Line = tuple[int, int]


def parse(source: Source) -> Document:
    """Read a plain text. Every string is one: this raises nothing."""
    builder = DocumentBuilder(source, "plain")
    feed(builder, 0, len(source.text))
    return builder.finish()


def feed(builder: DocumentBuilder, start: int, end: int) -> None:
    """Feed source[start:end] (characters) into the builder as plain text."""
    text = builder.source.text
    blocks: list[tuple[BlockKind, list[_Line]]] = []
    for paragraph in _paragraphs(text, start, end):
        blocks.extend(_blocks(text, paragraph))
    addresses = ADDRESS.search(text, start, end) is not None
    first = True
    for index, (kind, lines) in enumerate(blocks):
        level = 0
        if kind == "paragraph" and len(lines) == 1 and index + 1 < len(blocks):
            following = blocks[index + 1][1]
            if _is_heading(text, lines[0], following[-1][1] - following[0][0]):
                kind, level = "heading", 1 if first else 2  # noqa: PLW2901
        first = False
        builder.open(kind, lines[0][0], level=level)
        _feed_lines(builder, lines, addresses)
        builder.close(lines[-1][1])


def address_end(text: str, start: int, end: int) -> int:
    """Where the bare address text[start:end] ends once sentence punctuation after it is cut off."""
    unopened = text.count(")", start, end) - text.count("(", start, end)
    while end > start:
        last = text[end - 1]
        if last == ")" and unopened > 0:
            unopened -= 1
        elif last not in ".,;:!?*_~'\"’”":
            break
        end -= 1
    return end


def feed_addresses(builder: DocumentBuilder, start: int, end: int) -> None:
    """Feed source[start:end] letter for letter and note each bare address in it as a link."""
    text = builder.source.text
    at = start
    for match in ADDRESS.finditer(text, start, end):
        link_start, link_end = match.start(), address_end(text, match.start(), match.end())
        builder.text(at, link_start)
        visible = builder.position
        builder.text(link_start, link_end)
        builder.link(text[link_start:link_end], "", visible, link_start, link_end)
        at = link_end
    builder.text(at, end)


def _paragraphs(text: str, start: int, end: int) -> Iterator[list[_Line]]:
    """The lines, trimmed, in groups that blank lines part; rulers count as blank."""
    group: list[_Line] = []
    previous_end = start
    for match in _LINE.finditer(text, start, end):
        gap = text[previous_end : match.start()]
        previous_end = match.end()
        if len(gap) > 1 and gap != "\r\n" and group:
            yield group
            group = []
        line = match.group()
        stripped = line.strip()
        if not stripped or (len(stripped) > 2 and _RULER.match(stripped)):
            if group:
                yield group
                group = []
            continue
        line_start = match.start() + len(line) - len(line.lstrip())
        group.append((line_start, line_start + len(stripped)))
    if group:
        yield group


def _blocks(text: str, lines: list[_Line]) -> Iterator[tuple[BlockKind, list[_Line]]]:
    """One paragraph's lines as blocks: bullets apart, wrapped lines joined, others one by one."""
    wrapped = _is_wrapped(text, lines)
    width = max(end - start for start, end in lines)
    block: list[_Line] = []
    kind: BlockKind = "paragraph"
    for line in lines:
        start, end = line
        bullet = _BULLET.match(text, start, end)
        if block and (bullet or not wrapped or _ends_early(text, block[-1], line, width)):
            yield kind, block
            block = []
        if not block:
            kind = "list-item" if bullet else "paragraph"
            block = [(bullet.end(), end) if bullet else line]
        else:
            block.append(line)
    if block:
        yield kind, block


def _is_wrapped(text: str, lines: list[_Line]) -> bool:
    if len(lines) < 2:
        return False
    width = max(end - start for start, end in lines)
    if width > _WRAP_TO + 20:
        return False
    wraps = 0
    for (start, end), (next_start, next_end) in pairwise(lines):
        if not _WRAP_FROM <= end - start <= _WRAP_TO or _BULLET.match(text, next_start, next_end):
            continue
        if text[next_start].islower():
            wraps += 1
            continue
        word = _FIRST_WORD.match(text, next_start, next_end)
        # A line that still had room for the next word was ended on purpose.
        fits = word is not None and end - start + 1 + len(word.group()) <= width
        if not fits and text[end - 1] not in ".!?:":
            wraps += 1
    pairs = sum(1 for start, end in lines[1:] if not _BULLET.match(text, start, end))
    return wraps > 0 and wraps * 2 >= pairs


def _ends_early(text: str, line: _Line, following: _Line, width: int) -> bool:
    """Whether a line of a wrapped paragraph was ended on purpose: short, and the next one begins anew."""
    start, end = line
    return end - start < width * 0.6 and not text[following[0]].islower()


def _is_heading(text: str, line: _Line, following_length: int) -> bool:
    start, end = line
    length = end - start
    return (
        length <= _HEADING_LENGTH
        and following_length > length
        and text[end - 1] not in ".!:;,…”\"'’)"
        and any(character.isalpha() for character in text[start:end])
        and not ADDRESS.match(text, start, end)
    )


def _feed_lines(builder: DocumentBuilder, lines: list[_Line], addresses: bool) -> None:
    feed_line = feed_addresses if addresses else DocumentBuilder.text
    text = builder.source.text
    previous_end: int | None = None
    for start, end in lines:
        if previous_end is not None:
            line_end = previous_end
            while text[line_end] not in "\r\n":
                line_end += 1
            if text[line_end] == "\n":
                builder.text(line_end, line_end + 1)
            else:
                builder.replaced("\n", line_end, line_end + (2 if text.startswith("\r\n", line_end) else 1))
        feed_line(builder, start, end)
        previous_end = end
