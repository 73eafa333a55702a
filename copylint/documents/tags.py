"""The HTML that stands between Markdown, tag by tag.

CommonMark cuts HTML into fragments (<div>, then Markdown, then </div>), so there is no tree to ask: this reads one tag,
comment or run of text after the other, in one pass over the fragment, and never goes back further than one tag. What
tags and attributes mean is told as the html module tells it, which reads whole pages and whole elements.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from copylint.documents.document import BlockKind, GroupKind

VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr")
)
"""Elements without content."""
NO_COPY = frozenset(
    ("script", "style", "template", "svg", "math", "iframe", "code", "pre", "kbd", "samp", "listing", "xmp", "noembed")
)
"""Elements whose content is no copy."""
BLOCK_KINDS: dict[str, BlockKind] = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "heading"),
    **dict.fromkeys(("li", "dt", "dd"), "list-item"),
    **dict.fromkeys(("td", "th"), "table-cell"),
    **dict.fromkeys(("figcaption", "caption"), "caption"),
    "button": "button",
    "title": "title",
    **dict.fromkeys(("label", "legend", "option", "optgroup", "textarea"), "label"),
    **dict.fromkeys(
        ("address", "article", "aside", "blockquote", "body", "center", "details", "dialog", "div", "dl", "fieldset",
         "figure", "footer", "form", "header", "html", "main", "menu", "nav", "ol", "p", "search", "section",
         "summary", "table", "tbody", "tfoot", "thead", "tr", "ul"),
        "paragraph",
    ),
}  # fmt: skip
"""Elements that begin a block, and its kind."""
GROUPS: dict[str, GroupKind] = {**dict.fromkeys(("ul", "ol", "menu", "dl"), "list"), "table": "table"}
"""Elements that hold items or cells; each of them begins a block too."""

_NEVER_SHOWN = frozenset(("noscript", "noframes", "audio", "video", "canvas", "object"))
_HIDING_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)"
    r"|(?:opacity|font-size)\s*:\s*0(?:\.0*)?(?:px|em|rem|%)?\s*(?:[;!]|$)",
    re.IGNORECASE,
)
_LABELS = frozenset(("aria-label", "aria-description", "title", "placeholder"))
_RAW = frozenset(("script", "style", "iframe", "xmp", "noembed"))
_NAME = re.compile(r"</?(?:([A-Za-z][\w.:-]*)(?=[\s/>])|(?=>))")
_ATTRIBUTE = re.compile(
    r"""[\s/]+([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?|\s*(/?>)""",
)
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")

Attribute = tuple[str, int, int]


class Token(NamedTuple):
    """A piece of HTML. kind: text, comment, open, close or other. Offsets count in the text that was scanned.

    name is in lower case unless the tag is a component (JSX: a capital or a dot). attributes: name and the extent of
    the value; an attribute without a value has an empty one.
    """

    kind: str
    start: int
    end: int
    name: str = ""
    attributes: tuple[Attribute, ...] = ()
    closed: bool = False


def tokens(text: str) -> Iterator[Token]:
    """The pieces of an HTML fragment, in order and without gaps."""
    at = text_start = 0
    length = len(text)
    while (start := text.find("<", at)) >= 0:
        token: Token | None = None
        if text.startswith("<!--", start):
            end = text.find("-->", start + 4)
            token = Token("comment", start, length if end < 0 else end + 3)
        elif text.startswith(("<!", "<?"), start):
            end = text.find(">", start)
            token = Token("other", start, length if end < 0 else end + 1)
        else:
            token = _tag(text, start)
        if token is None:
            at = start + 1
            continue
        if start > text_start:
            yield Token("text", text_start, start)
        yield token
        at = text_start = token.end
        if token.kind == "open" and token.name in _RAW and not token.closed:
            end_tag = re.compile(rf"</{token.name}\b", re.IGNORECASE).search(text, at)
            at = text_start = end_tag.start() if end_tag else length
    if length > text_start:
        yield Token("text", text_start, length)


def _tag(text: str, start: int) -> Token | None:
    match = _NAME.match(text, start)
    if match is None:
        return None
    name = match[1] or ""
    if name.islower() or ("." not in name and not name[:1].isupper()) or name.isupper():
        name = name.lower()
    closing = text.startswith("</", start)
    attributes: list[Attribute] = []
    at = match.end()
    while (part := _ATTRIBUTE.match(text, at)) is not None:
        at = part.end()
        if part[5]:
            closed = part[5] == "/>" or name in VOID
            return Token("close" if closing else "open", start, at, name, tuple(attributes), closed)
        group = part.lastindex or 1
        first, last = part.span(group) if group > 1 else (at, at)
        attributes.append((part[1], first, last))
    return None


def hides(text: str, token: Token) -> bool:
    """Whether the element that a start tag opens is not shown to a visitor."""
    name = token.name
    if name in _NEVER_SHOWN:
        return True
    names = {attribute.lower() for attribute, _, _ in token.attributes}
    if "hidden" in names or (name == "dialog" and "open" not in names):
        return True
    return "style" in names and _HIDING_STYLE.search(value_of(text, token.attributes, "style")) is not None


def copy_of(text: str, token: Token) -> Iterator[tuple[BlockKind, int, int]]:
    """The attributes of a start tag that a visitor reads: kind and offsets of the value."""
    is_component = not token.name.islower()
    for name, start, end in token.attributes:
        lowered = name.lower()
        if not text[start:end].strip():
            continue
        if lowered == "alt" and (is_component or token.name in ("img", "area", "input")):
            yield "alt", start, end
        elif is_component:
            from copylint.documents.templates import is_label

            if is_label(name, text[start:end]):
                yield "label", start, end
        elif lowered in _LABELS or (lowered == "label" and token.name in ("option", "optgroup")):
            yield "label", start, end
        elif (
            lowered == "value"
            and token.name == "input"
            and value_of(text, token.attributes, "type").lower() in ("submit", "button", "reset")
        ):
            yield "button", start, end


def value_of(text: str, attributes: tuple[Attribute, ...], name: str) -> str:
    """The value of an attribute, entities decoded; "" without it."""
    for attribute, start, end in attributes:
        if attribute.lower() == name:
            return decoded(text[start:end])
    return ""


def decoded(text: str) -> str:
    """The text with its entities decoded."""
    if "&" not in text:
        return text
    from html import unescape

    return unescape(text)


def pieces(text: str, start: int, end: int) -> Iterator[tuple[str | None, int, int]]:
    """text[start:end] as (None, start, end) where it is shown as it is written, (shown, start, end) for an entity."""
    at = start
    if text.find("&", start, end) >= 0:
        for match in _ENTITY.finditer(text, start, end):
            shown = decoded(match.group())
            if shown == match.group():
                continue
            if match.start() > at:
                yield None, at, match.start()
            yield shown, match.start(), match.end()
            at = match.end()
    if end > at:
        yield None, at, end
