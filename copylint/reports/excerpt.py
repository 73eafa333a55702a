"""The line of the source in which a finding stands, with carets under it, as compilers print it."""

from __future__ import annotations

import re

from copylint.record import Record
from copylint.reports.visible import text_width, visible_character

CUT = "…"
TAB = "    "
_LINE_END = re.compile(r"[\r\n]")


class Excerpt(Record):
    """text: the line, or the part of it around the span. indent, carets: columns. more: the span goes on below."""

    text: str
    indent: int
    carets: int
    more: bool


def excerpt(source: str, start: int, end: int, column: int, columns: int) -> Excerpt:
    """The line of source[start:end] in at most so many columns; of a longer line, the part around the span.

    column: of the start in its line, from 1. Takes time for the columns, however long the line is.
    """
    columns = max(columns, 8)
    line_start = start - (column - 1)
    left = max(line_start, start - columns)
    right = min(len(source), start + columns)
    line_end = _LINE_END.search(source, start, right)
    stop = line_end.start() if line_end else right
    cut_right = line_end is None and right < len(source)
    before = _cells(source[left:start])
    inside = _cells(source[start : min(end, stop)])
    after = _cells(source[min(end, stop) : stop])
    more = line_end is not None and end > stop and bool(source[stop:end].strip())

    if left > line_start or cut_right or _width(before) + _width(inside) + _width(after) > columns:
        room = columns - 2 * len(CUT)
        inside, span_cut = _first(inside, room)
        rest = room - _width(inside)
        share = max(rest // 2, rest - _width(after))
        kept, cut_left = _first(before[::-1], share)
        before = kept[::-1]
        after, after_cut = _first(after, rest - _width(before))
        if span_cut:
            after = []
        before = [CUT, *before] if cut_left or left > line_start else before
        after = [*after, CUT] if span_cut or after_cut or cut_right else after
    carets = max(_width(inside), 1)
    return Excerpt("".join([*before, *inside, *after]).rstrip(), _width(before), carets, more)


def _cells(text: str) -> list[str]:
    if text.isprintable():
        return list(text)
    return [TAB if character == "\t" else visible_character(character) for character in text]


def _width(cells: list[str]) -> int:
    return text_width("".join(cells))


def _first(cells: list[str], columns: int) -> tuple[list[str], bool]:
    """The first cells that fit into so many columns, and whether any is left out."""
    if _width(cells) <= columns:
        return cells, False
    used = 0
    for index, cell in enumerate(cells):
        used += text_width(cell)
        if used > columns:
            return cells[:index], True
    return cells, False
