r"""JSON-LD: the text that search engines show of a page (frequent questions, descriptions), with its place.

The texts are strings of JSON that may hold HTML of their own, so a character on the screen can be written in three
layers: `<p>` as `\u003cp\u003e`, `’` as `\u2019` or `&rsquo;`. A string is first unescaped with the place of every
character kept, then its markup is taken away. The source need not be valid JSON: only strings and their keys are read.
"""

from __future__ import annotations

import re
from html import unescape

from copylint.documents.document import DocumentBuilder

TEXT_KEYS = frozenset(
    (
        "text", "description", "headline", "alternativeheadline", "abstract", "articlebody", "reviewbody", "slogan",
        "caption",
    )
)  # fmt: skip
"""Keys (lower case) whose value is copy; that of `name` is, too, where it is no mere name: three words, a question."""

_STRING = re.compile(r'"((?:[^"\\]++|\\[\s\S])*+)"(\s*+:)?')
_BETWEEN = re.compile(r"[\s\[]*+")
_ESCAPE = re.compile(r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|[\s\S])")
_SIMPLE = {"n": "\n", "t": "\t", "r": "\r", "b": " ", "f": " "}
_MARKUP = re.compile(
    r"</?([A-Za-z][^\s/<>]*+)[^<>]*+>|<!--[^<>]*+>"
    r"|(&(?:\#[0-9]{1,7}+;?|\#[xX][0-9a-fA-F]{1,6}+;?|[A-Za-z][A-Za-z0-9]{1,31}+;))"
    r"|(\{\{[^{}]{0,400}+\}\}|\{%[^{}]{0,400}+%\})"
    r"|(\s+)"
)
_INLINE = frozenset(
    (
        "a", "abbr", "b", "bdi", "bdo", "big", "cite", "em", "font", "i", "ins", "mark", "q", "s", "small", "span",
        "strong", "sub", "sup", "u", "wbr",
    )
)  # fmt: skip
_Piece = tuple[str | None, int, int]


def feed(builder: DocumentBuilder, start: int, end: int) -> None:
    """Feed the copy of the JSON-LD at the source offsets start..end, one block a text. No block may be open."""
    source = builder.source.text
    key, key_end = "", -1
    at = start
    while (at := source.find('"', at, end)) >= 0:
        match = _STRING.match(source, at, end)
        if match is None:
            return  # A string without an end: nothing after it can be told apart.
        at = match.end()
        first, last = match.span(1)
        if match.group(2):
            key, key_end = match.group(1).lower(), match.end()
            continue
        between = _BETWEEN.match(source, key_end, first) if key_end >= 0 else None
        if between is not None and between.end() == first - 1 and _is_copy(key, source[first:last]):
            _feed_text(builder, first, last)


def _is_copy(key: str, value: str) -> bool:
    if value.startswith(("http:", "https:", "http\\", "https\\", "/")):
        return False
    if key == "name":
        return len(value.split()) >= 3 or value.rstrip().endswith("?")
    return key in TEXT_KEYS


def _unescaped(source: str, start: int, end: int) -> tuple[str, list[int], list[int]]:
    """The characters of a JSON string and the source offsets where each begins and ends."""
    characters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    at = start
    while at < end:
        mark = source.find("\\", at, end)
        stop = end if mark < 0 else mark
        characters.append(source[at:stop])
        starts.extend(range(at, stop))
        ends.extend(range(at + 1, stop + 1))
        at = stop
        escape = _ESCAPE.match(source, at, end) if mark >= 0 else None
        if escape is None:
            if mark >= 0:
                at += 1
            continue
        written = escape.group()
        if len(written) == 12:
            high, low = int(written[2:6], 16), int(written[8:], 16)
            character = chr(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))
        elif len(written) == 6:
            number = int(written[2:], 16)
            character = "\ufffd" if 0xD800 <= number <= 0xDFFF else chr(number)
        else:
            character = _SIMPLE.get(written[1], written[1])
        characters.append(character)
        starts.append(at)
        at = escape.end()
        ends.append(at)
    return "".join(characters), starts, ends


def _feed_text(builder: DocumentBuilder, start: int, end: int) -> None:
    """Feed one string; a block element in it, or a `<br>`, begins a new block."""
    text, starts, ends = _unescaped(builder.source.text, start, end)
    pieces: list[_Piece] = []
    white: _Piece | None = None
    at = 0

    def add(piece: _Piece) -> None:
        nonlocal white
        if white is not None and pieces:
            pieces.append(white)
        white = None
        pieces.append(piece)

    def add_plain(first: int, last: int) -> None:
        # Characters that the source writes as they are go as one run, the others one by one.
        run = first
        for index in range(first, last):
            if ends[index] - starts[index] > 1 or (index > run and starts[index] != ends[index - 1]):
                if index > run:
                    add((None, starts[run], ends[index - 1]))
                run = index
            if ends[index] - starts[index] > 1:
                add((text[index], starts[index], ends[index]))
                run = index + 1
        if last > run:
            add((None, starts[run], ends[last - 1]))

    for match in _MARKUP.finditer(text):
        first, last = match.span()
        add_plain(at, first)
        at = last
        name, reference, _, space = match.groups()
        if reference:
            visible = unescape(reference)
            if visible != reference:
                add((visible, starts[first], ends[last - 1]))
            else:
                add_plain(first, last)
        elif space:
            white = white or (" ", starts[first], ends[last - 1])
        elif name and name.lower() not in _INLINE:
            _flush(builder, pieces)
            white = None
    add_plain(at, len(text))
    _flush(builder, pieces)


def _flush(builder: DocumentBuilder, pieces: list[_Piece]) -> None:
    if not pieces:
        return
    builder.open("structured-data", pieces[0][1])
    for visible, start, end in pieces:
        if visible is None:
            builder.text(start, end)
        else:
            builder.replaced(visible, start, end)
    builder.close(pieces[-1][2])
    pieces.clear()
