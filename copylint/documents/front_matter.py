"""Front matter: the title, description and other copy that stands before a Markdown body, in YAML or TOML.

Simple front matter (`key: value` lines, lists of plain words) is read here; anything harder by the YAML or TOML
library, which is imported only then. Either way places come from the source itself, quotation marks and escapes taken
apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from copylint.documents import plain
from copylint.documents.document import BlockKind, DocumentBuilder

_OPENING = re.compile(r"(---|\+\+\+)[ \t]*(?:\r\n|\r|\n)")
_YAML_END = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\r\n|\n|\Z)", re.MULTILINE)
_TOML_END = re.compile(r"^\+\+\+[ \t]*(?:\r\n|\n|\Z)", re.MULTILINE)
_LONE_RETURN = re.compile(r"\r(?!\n)")
_KEY_LINE = re.compile(r"^[\"']?[A-Za-z_][\w .-]{0,60}[\"']?[ \t]*[:=](?:[ \t\r\n]|\Z)", re.MULTILINE)
_LINE = re.compile(r"[^\r\n]+")
_SIMPLE = re.compile(r"(?:([A-Za-z_][\w-]*):|([ ]{0,4}-)(?=[ ]))(?:[ ]+(.*))?")
_PLAIN_VALUE = re.compile(r"[^\s\[\]{}&*!|>%@`\"'#,?:-](?:(?!: |:$| #)[^\t])*")
_QUOTED_VALUE = re.compile(r"\"[^\"\\\t]*\"|'[^'\t]*'")
_FLOW = re.compile(r"\[[\w ,-]*\]")
_FLOW_ITEM = re.compile(r"[^\[\],]+")

_TITLE = re.compile(r".*(?:title|headline)\Z|h1\Z", re.IGNORECASE)
_DESCRIPTION = re.compile(r".*(?:description|desc|excerpt|summary|abstract|teaser)\Z", re.IGNORECASE)
_ALT = re.compile(r"(?:.*[_-])?alt\Z|.*Alt\Z")
_NOT_COPY = re.compile(
    r"(?:.*[_-])?(?:slug|url|uri|urls|permalink|link|href|canonical|alias|aliases|redirect_from|path|paths|file|files|src"
    r"|image|images|img|thumbnail|cover|icon|video|audio|date|dates|lastmod|updated|published|modified|created|time"
    r"|layout|template|type|id|ids|uuid|email|phone|tel|address|street|postcode|location|css|class|style|script|scripts"
    r"|head|locale|lang|weight|sitemap|robots|license|copyright)\Z",
    re.IGNORECASE,
)
_LIKE_DATE = re.compile(r"\d{4}-\d\d?-\d\d?(?:[T ].*)?\Z|(?:[A-Z][a-z]{2}, )?\d{1,2}\.? \w+ \d{4}(?: .*)?\Z")
_LIKE_ADDRESS = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?//\S|[./]{0,2}/\S+/|mailto:|tel:|www\.", re.IGNORECASE)
_ESCAPE = re.compile(
    r"\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|\r\n[ \t]*|[\r\n][ \t]*|.)|[ \t]*(?:\r\n|\r|\n)\s*"
)
_SINGLE_ESCAPE = re.compile(r"''|[ \t]*(?:\r\n|\r|\n)\s*")
_LINES = re.compile(r"[ \t]*(?:\r\n|\r|\n)\s*")
_ESCAPED = {
    "n": "\n", "t": "\t", "r": "\r", "0": "", "a": "", "b": "", "e": "", "v": " ", "f": " ", "N": "\x85", "_": "\xa0",
    "L": "\n", "P": "\n",
}  # fmt: skip
_TOML_TOKEN = re.compile(
    r"(?P<comment>\#[^\r\n]*)|(?P<long>\"\"\"(?:[^\"\\]|\\.|\"(?!\"\"))*\"\"\"|'''(?:(?!''').)*''')"
    r"|(?P<key>(?:[A-Za-z0-9_.-]+|\"[^\"\\\r\n]*\")\s*=)|(?P<basic>\"(?:[^\"\\\r\n]|\\.)*\")|(?P<literal>'[^'\r\n]*')",
    re.DOTALL,
)
_TOML_OTHER = re.compile(r"[ \t]*(?P<value>[^\s\"'\[#][^\r\n]*)")
"""A TOML value that is neither text nor a list."""
_PROPERTIES = re.compile(r"(?:[&!]\S*\s+)+")
"""An anchor or a tag before a YAML value."""
_LONGEST = 64_000
"""Characters of front matter that are read; more is not written by hand."""

_MOST_BRACKETS = 1_000
"""The time that PyYAML takes grows with the square of their depth."""

_Value = tuple[str, int, int, str]
"""A value: its key, its source offsets without quotation marks, and how it is written: plain, single, double, block,
folded; "other" for a value under a key of ours that is neither text nor a list of texts."""
_OURS = re.compile(r"copylint(?:[-_].*)?\Z", re.IGNORECASE)
"""Keys that speak to copylint."""


class _BrokenError(ValueError):
    """What is wrong, and in which line of the front matter (from 0)."""

    def __init__(self, what: str, line: int | None) -> None:
        super().__init__(what)
        self.what = what
        self.line = line


def feed(builder: DocumentBuilder) -> int:
    """Feed the copy of the front matter into the builder; return the source offset where the body begins.

    0 without front matter. Broken front matter gives a notice, and its lines are fed as plain text.
    """
    text = builder.source.text
    if "\r" in text:
        text = _LONE_RETURN.sub("\n", text)  # As long, and the one line end less that re and YAML differ on.
    opening = _OPENING.match(text)
    if opening is None:
        return 0
    is_yaml = opening[1] == "---"
    start = opening.end()
    closing = (_YAML_END if is_yaml else _TOML_END).search(text, start)
    if closing is None:
        if _KEY_LINE.match(text, start):
            builder.notices.append(
                f"line 1: the front matter is never closed, so it was read as text; end it with a line {opening[1]}"
            )
        return 0
    end = closing.start()
    if end > start and not _KEY_LINE.search(text, start, end) and not text[start:end].isspace():
        return 0  # A ruler, text, and another ruler: no front matter.
    try:
        if end - start > _LONGEST:
            raise _BrokenError(f"it is longer than {_LONGEST:,} characters", None)
        if text.count("[", start, end) + text.count("{", start, end) > _MOST_BRACKETS:
            raise _BrokenError(f"it has more than {_MOST_BRACKETS:,} opening brackets", None)
        values = _yaml_values(text, start, end) if is_yaml else _toml_values(text, start, end)
    except _BrokenError as error:
        place = "line 1" if error.line is None else f"line {error.line + 2}"
        builder.notices.append(
            f"{place}: the front matter cannot be read ({error.what}), so its lines were read as plain text"
        )
        plain.feed(builder, start, end)
        return closing.end()
    for key, first, last, style in values:
        _feed_value(builder, key, first, last, style)
    return closing.end()


def _yaml_values(text: str, start: int, end: int) -> list[_Value]:
    simple = _simple_values(text, start, end)
    return list(_composed_values(text, start, end)) if simple is None else simple


def _simple_values(text: str, start: int, end: int) -> list[_Value] | None:
    """The values where each line is `key: value`, `key:` or `- value`; None where it takes a parser to know."""
    values: list[_Value] = []
    seen: set[str] = set()
    key = ""
    takes_items = False
    for line in _LINE.finditer(text, start, end):
        content = line.group()
        if content.startswith("#") or content.isspace():
            continue
        match = _SIMPLE.fullmatch(content)
        if match is None:
            return None
        value = (match[3] or "").rstrip()
        if match[1]:
            key = match[1]
            if key in seen:
                return None
            seen.add(key)
            takes_items = not value
        elif not takes_items or not value:
            return None
        if not value:
            continue
        first = line.start() + match.start(3)
        last = first + len(value)
        if _QUOTED_VALUE.fullmatch(value):
            values.append((key, first + 1, last - 1, "plain"))
        elif _PLAIN_VALUE.fullmatch(value):
            values.append((key, first, last, "plain"))
        elif _FLOW.fullmatch(value):
            for item in _FLOW_ITEM.finditer(value):
                stripped = item.group().strip()
                item_start = first + item.start() + len(item.group()) - len(item.group().lstrip())
                values.append((key, item_start, item_start + len(stripped), "plain"))
        else:
            return None
    return values


def _composed_values(text: str, start: int, end: int) -> Iterator[_Value]:
    """The values as PyYAML finds them. Nothing is constructed, so aliases cost nothing."""
    import yaml

    try:
        root = yaml.compose(text[start:end], Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise _BrokenError(error.problem or error.context or "no YAML", mark.line if mark else None) from None
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        what = "too deeply nested" if isinstance(error, RecursionError) else str(error).splitlines()[0]
        raise _BrokenError(what, None) from None
    if root is None:
        return
    if not isinstance(root, yaml.MappingNode):
        raise _BrokenError("it is no list of `key: value` lines", 0)
    seen: set[int] = set()
    waiting: list[tuple[str, yaml.Node]] = [("", root)]
    while waiting:
        key, node = waiting.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            if _OURS.match(key):
                yield key, start + node.start_mark.index, start + node.end_mark.index, "other"
                continue
            waiting.extend((str(name.value), value) for name, value in reversed(node.value))
        elif isinstance(node, yaml.SequenceNode):
            waiting.extend((key, item) for item in reversed(node.value))
        elif isinstance(node, yaml.ScalarNode):
            first, last = start + node.start_mark.index, start + node.end_mark.index
            if text[first : first + 1] in ("&", "!") and (properties := _PROPERTIES.match(text, first, last)):
                first = properties.end()
            if node.style in ("'", '"'):
                yield key, first + 1, last - 1, "single" if node.style == "'" else "double"
            elif node.style in ("|", ">"):
                header = _LINE.match(text, first, last)
                yield key, header.end() if header else first, last, "block"
            elif text[first:last].strip():
                yield key, first, first + len(text[first:last].rstrip()), "folded"


def _toml_values(text: str, start: int, end: int) -> list[_Value]:
    import tomllib

    try:
        tomllib.loads(text[start:end].replace("\r\n", "\n"))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        what, _, place = str(error).partition(" (at line ")
        line = place.partition(",")[0]
        raise _BrokenError(what or "too deeply nested", int(line) - 1 if line.isdigit() else None) from None
    values: list[_Value] = []
    key = ""
    for match in _TOML_TOKEN.finditer(text, start, end):
        kind = match.lastgroup
        if kind == "key":
            key = match.group().rstrip("= \t").strip('"').rpartition(".")[2]
            if _OURS.match(key) and (other := _TOML_OTHER.match(text, match.end(), end)):
                values.append((key, *other.span("value"), "other"))
        elif kind == "long":
            style = "double" if match.group().startswith('"') else "block"
            values.append((key, match.start() + 3, match.end() - 3, style))
        elif kind in ("basic", "literal"):
            values.append((key, match.start() + 1, match.end() - 1, "double" if kind == "basic" else "plain"))
    return values


def _feed_value(builder: DocumentBuilder, key: str, start: int, end: int, style: str) -> None:
    """One value as a block of its own, if it is copy; a block scalar with empty lines as several."""
    text = builder.source.text
    while start < end and text[start].isspace():
        start += 1
    end = start + len(text[start:end].rstrip())
    name = key.strip()
    if _OURS.match(name):
        builder.comment("" if style == "other" else _resolved(text, start, end, style), start, end, name)
        return
    kind: BlockKind = "front-matter"
    if _TITLE.match(name):
        kind = "title"
    elif _DESCRIPTION.match(name):
        kind = "description"
    elif _ALT.match(name):
        kind = "alt"
    elif _NOT_COPY.match(name):
        return
    value = text[start:end]
    if (kind == "front-matter" and len(value.split()) < 3) or _LIKE_DATE.match(value) or _LIKE_ADDRESS.match(value):
        return
    if not any(character.isalpha() for character in value):
        return
    builder.open(kind, start)
    at = start
    for match in _escapes(style).finditer(text, start, end):
        builder.text(at, match.start())
        at = match.end()
        if style == "block" and _is_empty_line(match.group()):
            builder.open(kind, at)
            continue
        visible = _shown(match.group())
        if visible:
            builder.replaced(visible, match.start(), match.end())
    builder.text(at, end)
    builder.close(end)


def _escapes(style: str) -> re.Pattern[str]:
    """What does not stand for itself in a value written in this style."""
    return _ESCAPE if style == "double" else _SINGLE_ESCAPE if style == "single" else _LINES


def _resolved(text: str, start: int, end: int, style: str) -> str:
    """The value as its author means it."""
    return _escapes(style).sub(lambda match: _shown(match.group()), text[start:end])


def _is_empty_line(white: str) -> bool:
    return white.replace("\r\n", "\n").replace("\r", "\n").count("\n") > 1


def _shown(written: str) -> str:
    """What an escape, a doubled quotation mark or a line end in a scalar stands for."""
    if written == "''":
        return "'"
    if not written.startswith("\\"):
        return "\n"
    letter = written[1]
    if letter in "xuU" and len(written) > 2:
        code = int(written[2:], 16)
        return chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
    if letter.isspace():
        return " " if letter in " \t" else ""
    return _ESCAPED.get(letter, letter)
