"""HTML: what a visitor sees of a page, with its place in the source.

Read the way the HTML standard tells browsers to (https://html.spec.whatwg.org/#tokenization), in two layers: one
regular expression cuts the source into tags, text and character references, and a stack of open elements decides what
a piece of text is: its kind of block, hidden or not, quoted or not, no copy at all. Nothing recurses and every pattern
is possessive, so the time is linear in the length of the source, whatever it holds. Template tags (`{{ }}`, `{% %}`,
`<?php ?>`, `<% %>`) are seen before everything else, inside of attributes too, and are no copy.

`feed` and `Feeder` read the HTML inside of a larger source (Markdown), `attributes` a single tag.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache, partial
from html import unescape
from html.entities import html5
from string import ascii_letters
from typing import NamedTuple

from copylint.documents.document import BlockKind, Document, DocumentBuilder, GroupKind, Lines, OpenLink, Source
from copylint.documents.structured import feed as feed_structured_data

# --- The pieces of a source --------------------------------------------------------------------------------------

_TEMPLATE = re.compile(
    r"\{\{(?:(?!\}\}|\{\{|</s[ct])[\s\S]){0,2000}+\}\}\}?"
    r"|\{%(?:(?!%\}|\{%|</s[ct])[\s\S]){0,4000}+%\}"
    r"|\{\#(?:(?!\#\}|\{\#|</s[ct])[\s\S]){0,4000}+\#\}"
    r"|\{!!(?:(?!!!\}|\{!!|</s[ct])[\s\S]){0,2000}+!!\}"
    r"|<%(?:(?!%>|<%)[\s\S])*+%>"
    r"|<\?(?:php\b|=|\s)[\s\S]*?(?:\?>|\Z)"
)
"""Template tags. Each alternative stops at its own opening mark, so that an endless row of them stays linear, and the
braces stop at the end of a script, where they are common. PHP without an end tag runs to the end of the file."""
_TEMPLATE_MARKS = ("{{", "{%", "{#", "{!!", "<%", "<?")
_PRINTS = re.compile(r"\{\{|\{!!|<\?=|<%=")
_SILENT_REGION = re.compile(r"\{%-?\s*(comment|schema|javascript|stylesheet|style)\b")
_MASK = "\0"
"""Stands for each character of a template tag while the source is read. Browsers leave it out of text anyway."""

_SPACE = r"[\t\n\f\r ]"
_UNQUOTED = r"(?![\"'])[^\t\n\f\r >]++"
_ATTRIBUTES = (
    r"(?:[\t\n\f\r /]++"
    rf"|=?[^\t\n\f\r />=]++(?:{_SPACE}*+={_SPACE}*+(?:\"[^\"]*+\"|'[^']*+'|{_UNQUOTED})?+)?+"
    r"|=)*+"
)
_REFERENCE_FORM = r"&(?:\#[0-9]++;?|\#[xX][0-9a-fA-F]++;?|[A-Za-z][A-Za-z0-9]{0,31}+;?)"
_TOKEN = re.compile(
    r"((?:[^<&\0]++|<(?![A-Za-z/!?])|&(?![#A-Za-z]))++)"
    rf"|<(/?)([A-Za-z][^\t\n\f\r />]*+)({_ATTRIBUTES})>"
    rf"|({_REFERENCE_FORM})"
    r"|(\0+)"
)
_TEXT, _TAG, _REFERENCE, _TEMPLATE_TAG = 1, 4, 5, 6
"""The last group of _TOKEN that matched tells the kind of the token."""

_LOOSE_TAG = re.compile(r"<(/?)([A-Za-z][^\t\n\f\r /<>]*+)([^<>]*+)>?")
"""A tag of a source that runs out inside a tag: it ends at the next angle bracket."""

_ATTRIBUTE = re.compile(
    r"(=?[^\t\n\f\r />=]++)"
    rf"(?:{_SPACE}*+={_SPACE}*+(?:\"([^\"]*+)\"|'([^']*+)'|({_UNQUOTED}))?+)?+"
)
_TAG_NAME = re.compile(r"</?([A-Za-z][^\t\n\f\r />]*+)")
_VALUE_PIECE = re.compile(
    r"([^&\0 \t\n\f\r]++(?:[ ][^&\0 \t\n\f\r]++)*+)"
    rf"|([ \t\n\f\r]++)|({_REFERENCE_FORM})|(\0+)|(&)"
)
_FOLD = re.compile(r"[ \t\n\f\r]{2,}|[\t\n\f\r]")
_WHITE = " \t\n\f\r"
_COMMENT_END = re.compile(r"--!?>")
_FOOTNOTE = re.compile(
    r"\s*(?:<a\b[^<>]{0,400}>)?\s*\[?(?:\d{1,3}(?:\s*[,–-]\s*\d{1,3}){0,8}|\*{1,3}|[†‡§])\]?\s*(?:</a>)?\s*</sup\s*>",
    re.IGNORECASE,
)
_UNIT = re.compile(r"(?:\d|\b(?:[cmk]?m|in|ft))\s*$")
_ADDRESS = re.compile(
    r"(?:https?://|www\.)(?:[^\s<>\"'{}|\\^`&\0]++|&(?!quot|lt|gt|nbsp|[lr][ds]quo|\#))++", re.IGNORECASE
)
_UNSEEN_STYLE = re.compile(
    r"(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|(?:opacity|font-size)\s*:\s*0(?:\.0*)?(?:px|em|rem|%)?"
    r"\s*(?:[;!]|$))",
    re.IGNORECASE,
)

# --- What the elements mean --------------------------------------------------------------------------------------

_KINDS: dict[str, BlockKind] = {
    "h1": "heading", "h2": "heading", "h3": "heading", "h4": "heading", "h5": "heading", "h6": "heading",
    "li": "list-item", "dt": "list-item", "dd": "list-item", "td": "table-cell", "th": "table-cell",
    "caption": "caption", "figcaption": "caption", "button": "button",
    "label": "label", "legend": "label", "option": "label", "optgroup": "label",
}  # fmt: skip
"""Other block elements take the kind of the element around them: a div in a list item is the list item."""
_GROUPS: dict[str, GroupKind] = {"ul": "list", "ol": "list", "menu": "list", "dl": "list", "table": "table"}

_CLOSES_PARAGRAPH = frozenset(
    (
        "address", "article", "aside", "blockquote", "center", "details", "dialog", "dir", "div", "dl", "dd", "dt",
        "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header",
        "hgroup", "hr", "li", "listing", "main", "menu", "nav", "ol", "p", "pre", "search", "section", "summary",
        "table", "ul", "xmp",
    )
)  # fmt: skip
_BLOCKS = _CLOSES_PARAGRAPH | frozenset(
    (
        "body", "button", "caption", "frameset", "html", "label", "legend", "noframes", "noscript", "optgroup",
        "option", "select", "tbody", "td", "template", "tfoot", "th", "thead", "tr",
    )
)  # fmt: skip
_VOID = frozenset(
    (
        "area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "img", "input", "keygen",
        "link", "meta", "param", "source", "track", "wbr",
    )
)  # fmt: skip
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_TABLE_PARTS = {
    "caption": ("caption",), "td": ("td", "th"), "th": ("td", "th"), "tr": ("td", "th", "caption", "tr"),
    "tbody": ("td", "th", "caption", "tr", "tbody", "thead", "tfoot"),
    "thead": ("td", "th", "caption", "tr", "tbody", "thead", "tfoot"),
    "tfoot": ("td", "th", "caption", "tr", "tbody", "thead", "tfoot"),
}  # fmt: skip
"""A part of a table ends those parts of the same table that are still open."""
_BARRIERS = frozenset(("table", "td", "th", "caption", "template", "object", "button", "foreignobject"))
"""A tag inside of these ends nothing outside of them."""
_RAW = frozenset(("script", "style", "xmp", "iframe", "noembed", "title", "textarea"))
"""Elements whose content is no markup: it goes up to their own end tag."""
_SILENT = frozenset(("code", "pre", "kbd", "samp", "listing", "template", "svg", "math"))
"""Elements whose text is no copy."""
_FOREIGN = frozenset(("svg", "math"))
_ENDS_FOREIGN = frozenset(("b", "br", "em", "i", "img", "span", "strong"))
"""HTML that ends a drawing in which it stands, as every block element does."""
_SHOWS_BY_ITSELF = frozenset(("a", "br", "frameset", "q", "sup"))
_ENDS_NOTHING = (_VOID - {"hr"}) | {"html", "body", "head"}
_NEVER_SHOWN = frozenset(("noscript", "noframes", "audio", "video", "canvas", "object"))
"""What stands in these is shown only where something fails: copy, but hidden."""
_META = {
    "description": "description", "og:title": "title", "og:description": "description", "og:image:alt": "alt",
    "twitter:title": "title", "twitter:description": "description", "twitter:image:alt": "alt",
}  # fmt: skip


class Attribute(NamedTuple):
    """An attribute of a tag: its name in lower case, its value (character references resolved) and the source offsets
    of the value without its quotation marks (both are the end of the name if it has none).
    """

    name: str
    value: str
    value_start: int
    value_end: int


class _Context(NamedTuple):
    """What text directly inside of an element is."""

    kind: BlockKind = "paragraph"
    level: int = 0
    hidden: bool = False
    quoted: bool = False
    silent: bool = False
    foreign: bool = False


_Piece = tuple[str | None, int, int]
"""Visible text and its source offsets; None: it is the source's own, letter for letter."""
_Places = dict[str, tuple[int, int]]
"""Attribute names in lower case to the source offsets of their values."""


class _Tag(NamedTuple):
    """A start tag: its name in lower case, its extent in the source, its attributes, whether it ends with a slash."""

    name: str
    start: int
    end: int
    places: _Places
    closed: bool


class _Frame(NamedTuple):
    """A block to be fed in one go: its kind, its extent in the source."""

    kind: BlockKind
    start: int
    end: int
    hidden: bool
    quoted: bool


def parse(source: Source) -> Document:
    """The document of an HTML page. Raises nothing: what could not be read is told in Document.notices."""
    builder = DocumentBuilder(source, "html")
    Feeder(builder).feed(0, len(source.text))
    return builder.finish()


def feed(builder: DocumentBuilder, start: int, end: int) -> None:
    """Feed the HTML fragment that stands at the offsets start..end of the builder's source."""
    Feeder(builder).feed(start, end)


def attributes(tag_text: str, at: int) -> list[Attribute]:
    """The attributes of a single tag (`<a href=...>`) that stands at the source offset `at`, each name once."""
    masked = _masked(tag_text)
    name = _TAG_NAME.match(masked)
    if name is None:
        return []
    end = len(tag_text) - 1 if tag_text.endswith(">") else len(tag_text)
    places = _places(masked, name.end(), end)
    return [
        Attribute(key, _resolved(tag_text, start, stop), at + start, at + stop) for key, (start, stop) in places.items()
    ]


class Feeder:
    """Feeds HTML into a builder. The elements that a fragment leaves open stay open for the next one."""

    def __init__(self, builder: DocumentBuilder) -> None:
        self._builder = builder
        self._source = _masked(builder.source.text)
        self._context = _Context()
        self._stack: list[tuple[str, _Context]] = [("", self._context)]
        # Where in the stack the elements of a name stand, and those of two roles: so an end tag finds its start
        # without a walk, however deep the stack is.
        self._open: dict[str, list[int]] = {}
        self._barriers = [0]
        self._blocks = [0]
        self._block_start: int | None = None
        self._pending: tuple[str, int, int] | None = None
        self._link: OpenLink | None = None
        self._link_ended = -1
        self._later: list[Callable[[], None]] = []
        self._aside: list[_Piece] | None = None
        self._aside_depth = 0
        self._pending_outside: tuple[str, int, int] | None = None
        self._aside_start = 0
        self._loose = False
        self._without_end: set[str] = set()

    @property
    def hidden(self) -> bool:
        """Whether an element that is still open hides what follows."""
        return self._context.hidden

    @property
    def quoted(self) -> bool:
        """Whether a quotation block is still open."""
        return self._context.quoted

    @property
    def silent(self) -> bool:
        """Whether an element is still open whose text is no copy (a template, code)."""
        return self._context.silent

    def feed(self, start: int, end: int) -> None:
        """Feed the source from start to end. A block of the builder that is still open ends before it."""
        source = self._source
        match = _TOKEN.match
        self._builder.close(start)
        self._loose = False
        self._without_end.clear()
        at = start
        while at < end:
            token = None if self._loose and _LOOSE_TAG.match(source, at, end) else match(source, at, end)
            if token is None:
                at = self._odd(at, end)
                continue
            kind = token.lastindex
            stop = token.end()
            if kind == _TEXT:
                at = stop if self._context.silent else self._text(at, stop, end)
            elif kind == _TAG:
                name = token.group(3).lower()
                if token.group(2):
                    self._end_tag(name, at, stop)
                    at = stop
                else:
                    at = self._start_tag(_tag(source, name, token, 4), end)
            elif kind == _REFERENCE:
                at = self._reference(at, stop)
            else:
                if _PRINTS.search(self._builder.source.text, at, stop):
                    self._separate(at)
                at = stop
        self._close_link(end)
        self._end_block(end)

    # --- Tokens that are no plain text

    def _odd(self, at: int, end: int) -> int:
        """Read what the grammar of tags leaves over: comments, declarations, stray marks, a tag without an end."""
        source = self._source
        if source.startswith("<!--", at):
            return self._comment(at, end)
        following = source[at + 1 : at + 2] if at + 1 < end else ""
        if source[at] == "<" and following:
            if following in "!?" or (following == "/" and at + 2 < end and source[at + 2] not in ascii_letters):
                stop = -1 if ">" in self._without_end else source.find(">", at, end)
                if stop >= 0:
                    return stop + 1
                self._without_end.add(">")
            elif (tag := _LOOSE_TAG.match(source, at, end)) is not None:
                if not self._loose:
                    self._loose = True
                    self._notice(at, "a tag is never closed; from here on a tag ends at the next < or >")
                name = tag.group(2).lower()
                if not tag.group(1):
                    return self._start_tag(_tag(source, name, tag, 3), end)
                self._end_tag(name, at, tag.end())
                return tag.end()
        if not self._context.silent:
            self._text(at, at + 1, at + 1)
        return at + 1

    def _comment(self, at: int, end: int) -> int:
        source = self._source
        for empty in ("<!-->", "<!--->"):
            if source.startswith(empty, at):
                return at + len(empty)
        closing = _COMMENT_END.search(source, at + 4, end)
        if closing is None:
            self._notice(at, "a comment is never closed; nothing after it was read")
            return end
        self._builder.comment(self._builder.source.text[at + 4 : closing.start()], at, closing.end())
        return closing.end()

    def _reference(self, at: int, stop: int) -> int:
        if self._context.silent:
            return stop
        visible, end = _character(self._source, at, stop, attribute=False)
        if not visible and end == at:
            self._text(at, stop, stop)
            return stop
        if visible and visible in _WHITE:
            if self._pending is None:
                self._pending = (" ", at, end)
        else:
            self._show(visible, at, end)
        return end

    # --- Text

    def _text(self, start: int, stop: int, end: int) -> int:
        """Show source text; return where to go on (beyond stop, if an address with `&amp;` runs on)."""
        if self._link is None and self._aside is None:
            piece = self._source[start:stop]
            if ("://" in piece or "www." in piece) and _ADDRESS.search(piece):
                return self._addresses(start, stop, end)
        self._plain(start, stop)
        return stop

    def _plain(self, start: int, stop: int) -> None:
        """Show source text; white space is folded as browsers do it."""
        source = self._source
        kept = source[start:stop].lstrip(_WHITE)
        first = stop - len(kept)
        if first > start and self._pending is None:
            self._pending = (" ", start, first)
        if not kept:
            return
        last = first + len(kept.rstrip(_WHITE))
        for white in _FOLD.finditer(source, first, last):
            self._show(None, first, white.start())
            self._show(" ", white.start(), white.end())
            first = white.end()
        self._show(None, first, last)
        if last < stop:
            self._pending = (" ", last, stop)

    def _addresses(self, start: int, stop: int, end: int) -> int:
        """Show text that holds addresses, and note each as a link. Return where to go on."""
        source = self._source
        at = start
        while at < stop and (address := _ADDRESS.search(source, at, stop)) is not None:
            first = address.start()
            # The address itself may run on over character references; marks that end a sentence are none of it.
            whole = _ADDRESS.match(source, first, end) or address
            last = first + len(whole.group().rstrip(".,;:!?)]*&"))
            self._plain(at, first)
            self._link = OpenLink(_resolved(source, first, last), "", first)
            for visible, piece_start, piece_end in _pieces(source, first, last, attribute=True):
                self._show(visible, piece_start, piece_end)
            self._close_link(last)
            at = last
        if at < stop:
            self._plain(at, stop)
        return max(at, stop)

    def _show(self, visible: str | None, start: int, end: int) -> None:
        """Add a piece of visible text, and the white space before it, to the block; open one if need be."""
        pending = self._pending
        builder = self._builder
        if self._aside is not None:
            if pending is not None and self._aside:
                self._aside.append(pending)
            self._pending = None
            self._aside.append((visible, start, end))
            return
        if not builder.is_open:
            kind, level, hidden, quoted, _, _ = self._context
            place = start if self._block_start is None else self._block_start
            builder.open(kind, place, level=level, hidden=hidden, quoted=quoted)
        elif pending is not None:
            if pending[2] - pending[1] == 1 and self._source[pending[1]] == pending[0]:
                builder.text(pending[1], pending[2])
            else:
                builder.replaced(*pending)
        self._pending = None
        if self._link is not None and self._link.start is None:
            self._link.start = builder.position
        if visible is None:
            builder.text(start, end)
        else:
            builder.replaced(visible, start, end)

    def _line_break(self, at: int, stop: int) -> None:
        """A `<br>`; two in a row end the block, as writers of plain HTML mean them to."""
        if self._context.silent:
            return
        if self._pending is not None and self._pending[0] == "\n":
            self._end_block(at)
            self._block_start = None
        else:
            self._pending = ("\n", at, stop)

    def _end_block(self, source_end: int) -> None:
        self._end_aside()
        self._pending = None
        self._block_start = None
        self._builder.close(source_end)
        if self._later:
            waiting, self._later = self._later, []
            for action in waiting:
                action()

    def _defer(self, action: Callable[[], None]) -> None:
        """Feed a block from inside of a paragraph after the paragraph, so that it splits no sentence."""
        if self._builder.is_open or self._aside is not None:
            self._later.append(action)
        else:
            action()

    def _begin_aside(self, at: int) -> None:
        """Hidden text inside of a paragraph: kept apart from here on, to become a block of its own."""
        self._aside = []
        self._aside_depth = len(self._stack)
        self._aside_start = at
        self._pending_outside, self._pending = self._pending, None

    def _end_aside(self) -> None:
        pieces = self._aside
        if pieces is None:
            return
        self._aside = None
        self._pending = self._pending_outside
        if pieces:
            context = self._context
            frame = _Frame(context.kind, self._aside_start, pieces[-1][2], hidden=True, quoted=context.quoted)
            self._defer(partial(_feed_pieces, self._builder, frame, pieces))

    # --- Elements

    def _start_tag(self, tag: _Tag, limit: int) -> int:
        """Open an element. Return where to go on reading, at most `limit`."""
        name = tag.name
        if self._context.foreign:
            if name not in _BLOCKS and name not in _ENDS_FOREIGN:
                return self._foreign_tag(tag, limit)
            self._pop_to(max(self._top("svg"), self._top("math"), 1))
        if name in _RAW:
            return self._raw(tag, limit)
        block = name in _BLOCKS
        if block:
            self._end_implied(name)
            self._end_block(tag.start)
            self._block_start = tag.start
        context = self._context
        if not context.silent and (tag.places or name in _SHOWS_BY_ITSELF):
            go_on = self._visible_tag(tag, limit)
            if go_on != tag.end:
                return go_on
        if name in _VOID or (tag.closed and name in _FOREIGN):
            return tag.end
        inner = self._inner(tag, context, block)
        if inner is not context and not block:
            if inner.silent:
                if name not in _FOREIGN:
                    self._separate(tag.start)
            elif inner.hidden and not context.hidden:
                self._begin_aside(tag.start)
        if name in _GROUPS:
            self._builder.begin_group(_GROUPS[name], tag.start)
        self._push(name, inner)
        return tag.end

    def _inner(self, tag: _Tag, context: _Context, block: bool) -> _Context:
        """The context inside of an element."""
        name, places = tag.name, tag.places
        kind, level, hidden, quoted, silent, foreign = context
        if block:
            if name in _KINDS:
                kind = _KINDS[name]
                level = int(name[1]) if kind == "heading" else 0
            elif name == "p" and kind == "table-cell":
                kind = "paragraph"
            quoted = quoted or name == "blockquote"
        if not hidden and (places or name == "dialog" or name in _NEVER_SHOWN):
            hidden = self._hides(tag)
        if name in _SILENT:
            silent = True
            foreign = name in _FOREIGN
        inner = _Context(kind, level, hidden, quoted, silent, foreign)
        return context if inner == context else inner

    def _visible_tag(self, tag: _Tag, limit: int) -> int:
        """What a start tag shows by itself: attributes that are copy, line breaks, marks. Return where to go on."""
        name, at, stop, places, _ = tag
        if name == "br":
            self._line_break(at, stop)
        elif name == "a":
            self._open_link(tag)
        elif name == "area" and "href" in places:
            target, rel = self._value(places, "href").strip(), self._value(places, "rel")
            self._builder.link(target, rel, self._builder.position, at, stop)
        elif name == "q":
            self._show("“", at, stop)
        elif name == "sup":
            mark = _FOOTNOTE.match(self._source, stop, limit)
            if mark is not None and self._builder.is_open and not _UNIT.search(self._source, max(at - 8, 0), at):
                self._builder.footnote()
                return mark.end()
        elif name == "frameset":
            self._notice(at, "the pages inside of a frameset are not read")
        if places:
            self._attributes(tag)
        return stop

    def _attributes(self, tag: _Tag) -> None:
        """Feed the attributes that are copy, as blocks of their own."""
        frame = self._frame("alt", tag)
        for kind, first, last in _copy(tag.name, tag.places, partial(self._value, tag.places)):
            pieces = _pieces(self._source, first, last, attribute=True)
            self._defer(partial(_feed_pieces, self._builder, frame._replace(kind=kind), pieces))

    def _open_link(self, tag: _Tag) -> None:
        self._close_link(tag.start)
        if "href" in tag.places:
            if self._link_ended == tag.start:
                self._separate(tag.start)  # Two links side by side are two words: a menu, a row of buttons.
            target = self._value(tag.places, "href").strip()
            self._link = OpenLink(target, self._value(tag.places, "rel"), tag.start)

    def _end_tag(self, name: str, at: int, stop: int) -> None:
        if _MASK in name:
            name = "h2" if name[0] == "h" else "div"
        if name == "br":
            self._line_break(at, stop)
        if name in _ENDS_NOTHING:
            return
        if name == "a" and not self._context.foreign:
            self._close_link(stop)
            self._link_ended = stop
        elif name == "q" and self._top("q") > self._blocks[-1] and not self._context.silent:
            self._show("”", at, stop)
        silent = self._context.silent
        if name in _BLOCKS:
            self._end_block(stop)
        place = max(map(self._top, _HEADINGS)) if name in _HEADINGS else self._top(name)
        if place > self._floor(name):
            if self._aside is not None and place <= self._aside_depth:
                self._end_aside()
            self._pop_to(place)
            if silent and not self._context.silent and name not in _FOREIGN:
                self._separate(stop)

    def _floor(self, name: str) -> int:
        """An end tag of this name ends no element at or below this place of the stack."""
        if name in _TABLE_PARTS:
            return self._top("table")
        floor = self._top("table") if name == "table" else self._barriers[-1]
        if name in _BARRIERS:
            floor = max(floor - 1, 0)
        return floor if name in _BLOCKS else max(self._blocks[-1], floor)

    def _end_implied(self, name: str) -> None:
        """End the elements that a start tag ends by itself: a paragraph, a list item, a table cell."""
        barrier = self._barriers[-1]
        if name in _CLOSES_PARAGRAPH:
            self._pop_above("p", barrier)
        if name == "li":
            self._pop_above("li", max(barrier, self._top("ul"), self._top("ol"), self._top("menu")))
        elif name in ("dt", "dd"):
            for part in ("dt", "dd"):
                self._pop_above(part, max(barrier, self._top("dl")))
        elif name in ("option", "optgroup"):
            self._pop_above("option", barrier)
            if name == "optgroup":
                self._pop_above("optgroup", barrier)
        elif name in _TABLE_PARTS:
            for part in _TABLE_PARTS[name]:
                self._pop_above(part, self._top("table"))
        elif name in _HEADINGS and self._stack[-1][0] in _HEADINGS:
            self._pop_to(len(self._stack) - 1)
        elif name == "button":
            self._pop_above("button", self._top("template"))

    def _foreign_tag(self, tag: _Tag, limit: int) -> int:
        """A tag of a drawing or a formula: no copy; HTML inside of a foreignObject is."""
        if tag.closed:
            return tag.end
        if tag.name in ("script", "style"):
            return self._raw(tag, limit)
        context = self._context
        if tag.name == "foreignobject":
            context = self._stack[max(self._top("svg"), self._top("math")) - 1][1]
        self._push(tag.name, context)
        return tag.end

    def _raw(self, tag: _Tag, limit: int) -> int:
        """An element whose content is no markup. Return the place after its end tag."""
        source = self._source
        name = tag.name
        inner = after = limit
        closing = None
        if name not in self._without_end:
            closing = re.compile(rf"</{name}(?=[\t\n\f\r />])", re.IGNORECASE).search(source, tag.end, limit)
        if closing is not None:
            inner = closing.start()
            token = _TOKEN.match(source, inner, limit)
            after = token.end() if token is not None else limit
        else:
            if name not in self._without_end:
                self._without_end.add(name)
                read = (
                    "it was read up to the next tag" if name in ("title", "textarea") else "nothing after it was read"
                )
                self._notice(tag.start, f"<{name}> is never closed; {read}")
            if name in ("title", "textarea"):
                following = source.find("<", tag.end, limit)
                inner = after = limit if following < 0 else following
        if not self._context.silent:
            if name == "script" and "ld+json" in self._value(tag.places, "type").lower():
                self._defer(partial(feed_structured_data, self._builder, tag.end, inner))
            elif name in ("title", "textarea"):
                frame = self._frame("title" if name == "title" else "label", tag)._replace(end=after)
                pieces = _pieces(source, tag.end, inner, attribute=False)
                self._defer(partial(_feed_pieces, self._builder, frame, pieces))
        return after

    # --- The stack of open elements

    def _push(self, name: str, context: _Context) -> None:
        place = len(self._stack)
        self._stack.append((name, context))
        self._open.setdefault(name, []).append(place)
        if name in _BARRIERS:
            self._barriers.append(place)
        if name in _BLOCKS:
            self._blocks.append(place)
        self._context = context

    def _pop_to(self, place: int) -> None:
        """End all elements from this place of the stack on."""
        stack = self._stack
        while len(stack) > place:
            name, _ = stack.pop()
            self._open[name].pop()
            if name in _GROUPS:
                self._builder.end_group()
            if self._barriers[-1] == len(stack):
                self._barriers.pop()
            if self._blocks[-1] == len(stack):
                self._blocks.pop()
        self._context = stack[-1][1]

    def _pop_above(self, name: str, floor: int) -> None:
        place = self._top(name)
        if place > floor:
            self._pop_to(place)

    def _top(self, name: str) -> int:
        """The place in the stack of the innermost open element of a name, 0 if there is none."""
        places = self._open.get(name)
        return places[-1] if places else 0

    # --- Small things

    def _separate(self, at: int) -> None:
        """What stands on both sides of a place without white space are words of their own."""
        if self._pending is None:
            self._pending = (" ", at, at)

    def _frame(self, kind: BlockKind, tag: _Tag) -> _Frame:
        context = self._context
        return _Frame(kind, tag.start, tag.end, context.hidden or self._hides(tag), context.quoted)

    def _hides(self, tag: _Tag) -> bool:
        """Whether an element is not shown: by its name, its attributes or its style."""
        name, places = tag.name, tag.places
        if "hidden" in places or name in _NEVER_SHOWN or (name == "dialog" and "open" not in places):
            return True
        return "style" in places and _UNSEEN_STYLE.search(self._value(places, "style")) is not None

    def _close_link(self, source_end: int) -> None:
        link = self._link
        if link is not None:
            self._link = None
            start = self._builder.position if link.start is None else link.start
            self._builder.link(link.target, link.rel, start, link.source_start, source_end)

    def _value(self, places: _Places, name: str) -> str:
        place = places.get(name)
        return _resolved(self._builder.source.text, *place) if place else ""

    def _notice(self, at: int, what: str) -> None:
        line, _ = Lines(self._source).position(at)
        self._builder.notices.append(f"line {line}: {what}")


# --- Template tags -----------------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _masked(text: str) -> str:
    """The source with its template tags overwritten, so that neither their quotes nor their angle brackets are read.

    Servers read templates before there is any HTML; so do we. Every offset stays what it was.
    """
    if not any(mark in text for mark in _TEMPLATE_MARKS):
        return text
    pieces: list[str] = []
    without_end: set[str] = set()
    at = 0
    while (tag := _TEMPLATE.search(text, at)) is not None:
        start, stop = tag.span()
        region = _SILENT_REGION.match(text, start, stop)
        if region is not None and region.group(1) not in without_end:
            closing = re.compile(rf"\{{%-?\s*end{region.group(1)}\b[^%]{{0,100}}%\}}").search(text, stop)
            if closing is not None:
                stop = closing.end()
            else:
                without_end.add(region.group(1))
        pieces.append(text[at:start])
        pieces.append(_MASK * (stop - start))
        at = stop
    pieces.append(text[at:])
    return "".join(pieces)


# --- Attributes and values ---------------------------------------------------------------------------------------


def _tag(source: str, name: str, match: re.Match[str], group: int) -> _Tag:
    """A start tag from its match; the group holds the attributes."""
    first, last = match.span(group)
    if _MASK in name:
        name = "h2" if name[0] == "h" else "div"  # The level of a heading is a variable of the template.
    places = _places(source, first, last) if last > first else {}
    return _Tag(name, match.start(), match.end(), places, last > first and source[last - 1] == "/")


def _places(text: str, start: int, end: int) -> _Places:
    """The attributes between two offsets and where their values stand. Of two of a name the first counts."""
    places: _Places = {}
    for match in _ATTRIBUTE.finditer(text, start, end):
        group = match.lastindex
        assert group is not None
        name = match.group(1).replace(_MASK, "").lower()
        if name and name not in places:
            places[name] = match.span(group) if group > 1 else (match.end(1), match.end(1))
    return places


def _copy(name: str, places: _Places, value: Callable[[str], str]) -> Iterator[tuple[BlockKind, int, int]]:
    """The attributes that are copy, with their kind and the place of their value."""
    if name == "meta":
        key = (value("name") or value("property") or value("itemprop")).strip().lower()
        if key in _META and "content" in places:
            kind: BlockKind = _META[key]  # type: ignore[assignment]
            yield kind, *places["content"]
        return
    if name == "input":
        purpose = value("type").strip().lower()
        if purpose == "hidden":
            return
        if purpose in ("submit", "button", "reset") and "value" in places:
            yield "button", *places["value"]
    if "alt" in places and name in ("img", "area", "input"):
        yield "alt", *places["alt"]
    for key in ("aria-label", "aria-description", "title", "placeholder"):
        if key in places:
            yield "label", *places[key]
    if name in ("optgroup", "option") and "label" in places:
        yield "label", *places["label"]


def _character(text: str, at: int, end: int, *, attribute: bool) -> tuple[str, int]:
    """The visible text of the character reference at..end and where it really ends; ("", at) if it is none.

    Names without a semicolon count as in browsers: the longest known one, in an attribute only if no letter, digit or
    `=` follows (https://html.spec.whatwg.org/#named-character-reference-state).
    """
    name = text[at + 1 : end]
    if name[0] == "#":
        digits = name[1:].lstrip("xX").lstrip("0")
        return ("\ufffd" if len(digits) > 9 else unescape(text[at:end])), end
    for length in range(len(name), 1, -1):
        known = html5.get(name[:length])
        if known is not None:
            stop = at + 1 + length
            follows = text[stop : stop + 1]
            if attribute and text[stop - 1] != ";" and (follows == "=" or (follows.isascii() and follows.isalnum())):
                break
            return known, stop
    return "", at


def _pieces(text: str, start: int, end: int, *, attribute: bool) -> list[_Piece]:
    """The visible pieces of text without markup: an attribute value, a title. White space is folded and trimmed."""
    pieces: list[_Piece] = []
    white: _Piece | None = None
    at = start
    while at < end:
        match = _VALUE_PIECE.match(text, at, end)
        if match is None:
            break
        kind = match.lastindex
        stop = match.end()
        piece: _Piece | None = (None, at, stop)
        if kind == 2:
            piece = None
            white = white or (None if match.group() == " " else " ", at, stop)
        elif kind == 3:
            visible, last = _character(text, at, stop, attribute=attribute)
            if last > at:
                stop = last
                piece = (visible, at, last)
                if visible and visible in _WHITE:
                    piece, white = None, white or (" ", at, last)
        elif kind == 4:
            piece = None
        if piece is not None:
            if white is not None and pieces:
                pieces.append(white)
            white = None
            pieces.append(piece)
        at = stop
    return pieces


def _resolved(text: str, start: int, end: int) -> str:
    """The value of an attribute as a string, character references resolved, template tags left as they are."""
    value = text[start:end]
    if "&" not in value:
        return value
    resolved: list[str] = []
    at = 0
    while (mark := value.find("&", at)) >= 0:
        resolved.append(value[at:mark])
        match = _VALUE_PIECE.match(value, mark)
        visible, stop = "&", mark + 1
        if match is not None and match.lastindex == 3:
            found, last = _character(value, mark, match.end(), attribute=True)
            if last > mark:
                visible, stop = found, last
        resolved.append(visible)
        at = stop
    resolved.append(value[at:])
    return "".join(resolved)


def _feed_pieces(builder: DocumentBuilder, frame: _Frame, pieces: list[_Piece]) -> None:
    """Feed pieces as a block of their own."""
    if not pieces:
        return
    builder.open(frame.kind, frame.start, hidden=frame.hidden, quoted=frame.quoted)
    for visible, piece_start, piece_end in pieces:
        if visible is None:
            builder.text(piece_start, piece_end)
        else:
            builder.replaced(visible, piece_start, piece_end)
    builder.close(frame.end)
