"""HTML: what a visitor sees of a page, with its place in the source.

Read the way the HTML standard tells browsers to (https://html.spec.whatwg.org/#tokenization), in two layers: one
regular expression cuts the source into tags, text and character references, and a stack of open elements decides what
a piece of text is: its kind of block, hidden or not, quoted or not, no copy at all. Nothing recurses and every pattern
is possessive, so the time is linear in the length of the source, whatever it holds. Template tags (`{{ }}`, `{% %}`,
`<?php ?>`, `<% %>`) are seen before everything else, inside of attributes too, and are no copy.

Markdown uses the same reader: `Feeder` for the HTML blocks of a larger source, `attributes` and `copy_of` for a single
tag.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from html import unescape
from html.entities import html5
from typing import NamedTuple

from copylint.documents.document import BlockKind, Document, DocumentBuilder, Lines, Source
from copylint.documents.structured import feed as feed_structured_data

# --- The pieces of a source --------------------------------------------------------------------------------------

_TEMPLATE = (
    r"\{\{(?:(?!\}\}|\{\{)[\s\S]){0,2000}+\}\}\}?"
    r"|\{%(?:(?!%\}|\{%)[\s\S]){0,4000}+%\}"
    r"|\{\#(?:(?!\#\}|\{\#)[\s\S]){0,4000}+\#\}"
    r"|\{!!(?:(?!!!\}|\{!!)[\s\S]){0,2000}+!!\}"
    r"|<%(?:(?!%>|<%)[\s\S])*+%>"
    r"|<\?(?:(?!\?>|<\?)[\s\S])*+\?>"
)
"""Template tags. Each alternative stops at its own opening mark, so that an endless row of them stays linear."""

_NAME = rf"(?:[^\t\n\f\r />=<{{]++|{_TEMPLATE}|[<{{])++"
_QUOTED = rf"\"(?:[^\"<{{]++|{_TEMPLATE}|[<{{])*+\"|'(?:[^'<{{]++|{_TEMPLATE}|[<{{])*+'"
_UNQUOTED = rf"(?![\"'])(?:[^\t\n\f\r ><{{]++|{_TEMPLATE}|[<{{])++"
_ATTRIBUTES = (
    rf"(?:[\t\n\f\r /]++|=?{_NAME}(?:[\t\n\f\r ]*+=[\t\n\f\r ]*+(?:{_QUOTED}|{_UNQUOTED})?+)?+|=)*+"
)
_TOKEN = re.compile(
    r"((?:[^<&{]++|<(?![A-Za-z/!?%])|&(?![#A-Za-z])|\{(?![{%#!]))++)"
    rf"|<([A-Za-z][^\t\n\f\r />]*+)({_ATTRIBUTES})>"
    rf"|</([A-Za-z][^\t\n\f\r />]*+){_ATTRIBUTES}>"
    r"|(&(?:\#[0-9]++;?|\#[xX][0-9a-fA-F]++;?|[A-Za-z][A-Za-z0-9]{0,31}+;?))"
    rf"|({_TEMPLATE})"
)
_TEXT, _START_TAG, _END_TAG, _REFERENCE, _TEMPLATE_TAG = 1, 3, 4, 5, 6
"""The last group of _TOKEN that matched tells the kind of the token."""

_LOOSE_TAG = re.compile(r"<(/?)([A-Za-z][^\t\n\f\r /<>]*+)([^<>]*+)>?")
"""A tag of a source that runs out inside a tag: it ends at the next angle bracket."""

_ATTRIBUTE = re.compile(
    rf"(=?(?:[^\t\n\f\r />=<{{]++|(?!{_TEMPLATE})[<{{])++)"
    r"(?:[\t\n\f\r ]*+=[\t\n\f\r ]*+"
    rf"(?:\"((?:[^\"<{{]++|{_TEMPLATE}|[<{{])*+)\"|'((?:[^'<{{]++|{_TEMPLATE}|[<{{])*+)'|({_UNQUOTED}))?+)?+"
    rf"|{_TEMPLATE}"
)
_TAG_NAME = re.compile(r"</?([A-Za-z][^\t\n\f\r />]*+)")
_VALUE_PIECE = re.compile(
    r"((?:[^&<{ \t\n\f\r]++|[ ](?![ \t\n\f\r]))++)|([ \t\n\f\r]++)"
    r"|(&(?:\#[0-9]++;?|\#[xX][0-9a-fA-F]++;?|[A-Za-z][A-Za-z0-9]{0,31}+;?))"
    rf"|({_TEMPLATE})|([&<{{])"
)
_FOLD = re.compile(r"[ \t\n\f\r]{2,}|[\t\n\f\r]")
_WHITE = " \t\n\f\r"
_COMMENT_END = re.compile(r"--!?>")
_SILENT_REGION = re.compile(r"\{%-?\s*(comment|schema|javascript|stylesheet|style)\b")
_FOOTNOTE = re.compile(
    r"\s*(?:<a\b[^<>]{0,400}>)?\s*\[?(?:\d{1,3}(?:\s*[,–-]\s*\d{1,3}){0,8}|\*{1,3}|[†‡§])\]?\s*(?:</a>)?\s*</sup\s*>",
    re.IGNORECASE,
)
_UNIT = re.compile(r"(?:\d|\b(?:[cmk]?m|in|ft))\s*$")
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\"'{}|\\^`]+", re.IGNORECASE)
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

_CLOSES_PARAGRAPH = frozenset(
    "address article aside blockquote center details dialog dir div dl dd dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hgroup hr li listing main menu nav ol p pre search section summary table ul xmp".split()
)
_BLOCKS = _CLOSES_PARAGRAPH | frozenset(
    "body button caption frameset html label legend noframes noscript optgroup option select tbody td template tfoot "
    "th thead tr".split()
)
_VOID = frozenset(
    "area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr".split()
)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_TABLE_PARTS = {
    "caption": ("caption",), "td": ("td", "th"), "th": ("td", "th"), "tr": ("td", "th", "caption", "tr"),
    "tbody": ("td", "th", "caption", "tr", "tbody", "thead", "tfoot"),
    "thead": ("td", "th", "caption", "tr", "tbody", "thead", "tfoot"),
    "tfoot": ("td", "th", "caption", "tr", "tbody", "thead", "tfoot"),
}  # fmt: skip
"""A part of a table ends those parts of the same table that are still open."""
_BARRIERS = frozenset("table td th caption template object button svg math foreignobject".split())
"""A tag inside of these ends nothing outside of them."""
_RAW = frozenset("script style xmp iframe noembed title textarea".split())
"""Elements whose content is no markup: it goes up to their own end tag."""
_SILENT = frozenset("code pre kbd samp listing template svg math".split())
_FOREIGN = frozenset(("svg", "math"))
_NEVER_SHOWN = frozenset("noscript noframes audio video canvas object".split())
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


class _Link:
    """An open link. start is the visible offset of its text, None as long as none was shown."""

    __slots__ = ("rel", "source_start", "start", "target")

    def __init__(self, target: str, rel: str, source_start: int) -> None:
        self.target = target
        self.rel = rel
        self.source_start = source_start
        self.start: int | None = None


_Piece = tuple[str | None, int, int]
"""Visible text and its source offsets; None: it is the source's own, letter for letter."""
_Places = dict[str, tuple[int, int]]
"""Attribute names in lower case to the source offsets of their values."""


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
    name = _TAG_NAME.match(tag_text)
    if name is None:
        return []
    end = len(tag_text) - 1 if tag_text.endswith(">") else len(tag_text)
    places = _places(tag_text, name.end(), end)
    return [
        Attribute(key, _resolved(tag_text, start, stop), at + start, at + stop) for key, (start, stop) in places.items()
    ]


def hides(name: str, found: list[Attribute]) -> bool:
    """Whether an element of this name with these attributes is not shown to a visitor."""
    values = {attribute.name: attribute.value for attribute in found}
    return _hides(name.lower(), values.keys(), values.get("style", ""))


def copy_of(name: str, found: list[Attribute]) -> Iterator[tuple[BlockKind, int, int]]:
    """The attributes of a tag that are copy: kind and source offsets of the value. feed_value() takes them."""
    places = {attribute.name: (attribute.value_start, attribute.value_end) for attribute in found}
    values = {attribute.name: attribute.value for attribute in found}
    yield from _copy(name.lower(), places, lambda key: values.get(key, ""))


def feed_value(
    builder: DocumentBuilder, kind: BlockKind, start: int, end: int, *, hidden: bool = False, quoted: bool = False
) -> None:
    """Feed an attribute value at the source offsets start..end as a block of its own; an open block ends."""
    _feed_pieces(builder, kind, _pieces(builder.source.text, start, end, attribute=True), start, end, hidden, quoted)


class Feeder:
    """Feeds HTML into a builder. The elements that a fragment leaves open stay open for the next one."""

    def __init__(self, builder: DocumentBuilder) -> None:
        self._builder = builder
        self._source = builder.source.text
        self._context = _Context()
        self._stack: list[tuple[str, _Context]] = [("", self._context)]
        # Where in the stack the elements of a name stand, and those of two roles: so an end tag finds its start
        # without a walk, however deep the stack is.
        self._open: dict[str, list[int]] = {}
        self._barriers = [0]
        self._blocks = [0]
        self._block_start: int | None = None
        self._pending: tuple[str, int, int] | None = None
        self._link: _Link | None = None
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
        at = start
        while at < end:
            token = match(source, at, end)
            if token is None:
                at = self._odd(at, end)
                continue
            kind = token.lastindex
            if kind == _TEXT:
                stop = token.end()
                if not self._context.silent:
                    stop = self._text(at, stop, end)
                at = stop
            elif kind == _START_TAG:
                if self._loose:
                    at = self._loose_tag(at, end)
                    continue
                stop = token.end()
                at = self._start_tag(token.group(2).lower(), at, stop, token.start(3), token.end(3), end)
            elif kind == _END_TAG:
                if self._loose:
                    at = self._loose_tag(at, end)
                    continue
                self._end_tag(token.group(4).lower(), at, token.end())
                at = token.end()
            elif kind == _REFERENCE:
                at = self._reference(at, token.end())
            else:
                at = self._template(at, token.end(), end)
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
            if following == "?" and re.compile(r"\?(?:php|=|\s)", re.IGNORECASE).match(source, at + 1, end):
                return end  # PHP without an end tag runs to the end of the file.
            if following in "!?" or (following == "/" and at + 2 < end and not source[at + 2].isalpha()):
                stop = -1 if ">" in self._without_end else source.find(">", at, end)
                if stop >= 0:
                    return stop + 1
                self._without_end.add(">")
            elif following != "%":
                tag = _LOOSE_TAG.match(source, at, end)
                if tag is not None and not (self._loose and tag.end() == at):
                    if not self._loose:
                        self._loose = True
                        self._notice(at, "a tag is never closed; from here on a tag ends at the next < or >")
                    return self._loose_tag(at, end)
        if not self._context.silent:
            self._text(at, at + 1, at + 1)
        return at + 1

    def _loose_tag(self, at: int, end: int) -> int:
        tag = _LOOSE_TAG.match(self._source, at, end)
        if tag is None:
            return at + 1
        name = tag.group(2).lower()
        if tag.group(1):
            self._end_tag(name, at, tag.end())
            return tag.end()
        return self._start_tag(name, at, tag.end(), tag.start(3), tag.end(3), end)

    def _comment(self, at: int, end: int) -> int:
        source = self._source
        for empty in ("<!-->", "<!--->"):
            if source.startswith(empty, at):
                return at + len(empty)
        closing = _COMMENT_END.search(source, at + 4, end)
        if closing is None:
            self._notice(at, "a comment is never closed; nothing after it was read")
            return end
        self._builder.comment(source[at + 4 : closing.start()], at, closing.end())
        return closing.end()

    def _template(self, at: int, stop: int, end: int) -> int:
        """A template tag shows nothing that we know; one that prints separates words."""
        source = self._source
        region = _SILENT_REGION.match(source, at, stop)
        if region is not None:
            name = "{% end" + region.group(1)
            if name not in self._without_end:
                closing = re.compile(r"\{%-?\s*end" + region.group(1) + r"\b[^%]{0,100}%\}").search(source, stop, end)
                if closing is not None:
                    return closing.end()
                self._without_end.add(name)
        if source.startswith(("{{", "<?=", "<%=", "{!!"), at) and self._pending is None:
            self._pending = (" ", at, at)
        return stop

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
        source = self._source
        piece = source[start:stop]
        if self._link is None and ("://" in piece or "www." in piece) and self._aside is None:
            address = _ADDRESS.search(source, start, stop)
            if address is not None:
                return self._addresses(start, stop, end)
        kept = piece.lstrip(_WHITE)
        first = stop - len(kept)
        if first > start and self._pending is None:
            self._pending = (" ", start, first)
        if not kept:
            return stop
        last = first + len(kept.rstrip(_WHITE))
        for white in _FOLD.finditer(source, first, last):
            self._show(None, first, white.start())
            self._show(" ", white.start(), white.end())
            first = white.end()
        self._show(None, first, last)
        if last < stop:
            self._pending = (" ", last, stop)
        return stop

    def _addresses(self, start: int, stop: int, end: int) -> int:
        """Show text that holds addresses, and note each as a link."""
        source = self._source
        at = start
        while (address := _ADDRESS.search(source, at, stop)) is not None:
            first = address.start()
            # The address itself may run on over character references; marks that end a sentence are none of it.
            whole = _ADDRESS.match(source, first, end)
            last = first + len((whole or address).group().rstrip(".,;:!?)]*&"))
            self._link = link = _Link(_resolved(source, first, last), "", first)
            self._text(at, first, first)
            link.start = None
            for visible, piece_start, piece_end in _pieces(source, first, last, attribute=True):
                self._show(visible, piece_start, piece_end)
            self._close_link(last)
            self._link_ended = -1
            at = last
            if at >= stop:
                return at
        self._link = _Link("", "", at)  # Text after the last address holds none.
        self._text(at, stop, stop)
        self._link = None
        return stop

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
            kind, _, _, quoted, _, _ = self._context
            self._defer(
                partial(_feed_pieces, self._builder, kind, pieces, self._aside_start, pieces[-1][2], True, quoted)
            )

    # --- Elements

    def _start_tag(self, name: str, at: int, stop: int, first: int, last: int, end: int) -> int:
        """Open an element. first..last are its attributes. Return where to go on reading."""
        source = self._source
        places = _places(source, first, last) if last > first else {}
        if self._context.foreign:
            if name in _BLOCKS or name in ("img", "br", "span", "b", "i", "em", "strong"):
                self._pop_to(max(self._top("svg"), self._top("math"), 1))
            else:
                return self._foreign_tag(name, at, stop, last, end)
        if "{" in name:
            name = "h2" if name.startswith("h{") else "div"
        if name in _RAW:
            return self._raw(name, places, at, stop, end)
        block = name in _BLOCKS
        if block:
            self._end_implied(name)
            self._end_block(at)
            self._block_start = at
        context = self._context
        if not context.silent and (places or name in ("br", "q", "sup", "frameset", "a")):
            go_on = self._visible_tag(name, places, at, stop, end)
            if go_on != stop:
                return go_on
        if name in _VOID:
            return stop
        inner = self._inner(name, places, context, block)
        if inner is not context:
            if inner.silent and not context.silent and self._pending is None and not block and name not in _FOREIGN:
                self._pending = (" ", at, at)
            if inner.hidden and not context.hidden and not block and not inner.silent:
                self._begin_aside(at)
        self._push(name, inner)
        return stop

    def _inner(self, name: str, places: _Places, context: _Context, block: bool) -> _Context:
        """The context inside of an element."""
        kind, level, hidden, quoted, silent, foreign = context
        if block:
            if name in _KINDS:
                kind = _KINDS[name]
                level = int(name[1]) if kind == "heading" else 0
            elif name == "p" and kind == "table-cell":
                kind = "paragraph"
            quoted = quoted or name == "blockquote"
        if not hidden and (places or name == "dialog" or name in _NEVER_SHOWN):
            style = self._source[slice(*places["style"])] if "style" in places else ""
            hidden = _hides(name, places.keys(), style)
        if name in _SILENT:
            silent = True
            foreign = name in _FOREIGN
        inner = _Context(kind, level, hidden, quoted, silent, foreign)
        return context if inner == context else inner

    def _visible_tag(self, name: str, places: _Places, at: int, stop: int, end: int) -> int:
        """What a start tag shows by itself: attributes that are copy, line breaks, marks. Return where to go on."""
        source = self._source
        if name == "br":
            self._line_break(at, stop)
        elif name == "a":
            self._close_link(at)
            if "href" in places:
                if self._link_ended == at and self._pending is None:
                    self._pending = (" ", at, at)  # Two links side by side are two words: a menu, a row of buttons.
                self._link = _Link(self._value(places, "href").strip(), self._value(places, "rel"), at)
        elif name == "area" and "href" in places:
            self._builder.link(
                self._value(places, "href").strip(), self._value(places, "rel"), self._builder.position, at, stop
            )
        elif name == "q":
            self._show("“", at, stop)
        elif name == "sup":
            mark = _FOOTNOTE.match(source, stop, end)
            if mark is not None and self._builder.is_open and not _UNIT.search(source, max(at - 8, 0), at):
                self._builder.footnote()
                return mark.end()
        elif name == "frameset":
            self._notice(at, "the pages inside of a frameset are not read")
        if places:
            hidden = self._context.hidden or _hides(name, places.keys(), self._value(places, "style"))
            quoted = self._context.quoted
            for kind, first, last in _copy(name, places, lambda key: self._value(places, key)):
                pieces = _pieces(source, first, last, attribute=True)
                self._defer(partial(_feed_pieces, self._builder, kind, pieces, at, stop, hidden, quoted))
        return stop

    def _end_tag(self, name: str, at: int, stop: int) -> None:
        if "{" in name:
            name = "h2" if name.startswith("h{") else "div"
        if name == "br":
            self._line_break(at, stop)
            return
        if name in ("html", "body", "head") or (name in _VOID and name != "hr"):
            return
        if name == "a":
            self._close_link(stop)
            self._link_ended = stop
        elif name == "q" and self._top("q") > self._blocks[-1] and not self._context.silent:
            self._show("”", at, stop)
        if name in _HEADINGS:
            place = max(map(self._top, _HEADINGS))
        else:
            place = self._top(name)
        if name in _BLOCKS:
            floor = self._top("table") - (name == "table") if name in _TABLE_PARTS or name == "table" else None
            if floor is None:
                floor = self._barriers[-1] - (name in _BARRIERS)
            if not self._context.silent or name == "template":
                self._end_block(stop)
        else:
            floor = max(self._blocks[-1], self._barriers[-1] - (name in _BARRIERS))
        if place > floor:
            silent = self._context.silent
            if self._aside is not None and place <= self._aside_depth:
                self._end_aside()
            self._pop_to(place)
            if silent and not self._context.silent and name not in _FOREIGN and self._pending is None:
                self._pending = (" ", stop, stop)

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

    def _foreign_tag(self, name: str, at: int, stop: int, last: int, end: int) -> int:
        """A tag of a drawing or a formula: no copy; HTML inside of a foreignObject is."""
        if self._source[last - 1] == "/":
            return stop
        if name in ("script", "style"):
            return self._raw(name, {}, at, stop, end)
        context = self._context
        if name == "foreignobject":
            place = max(self._top("svg"), self._top("math"))
            context = self._stack[place - 1][1]
        self._push(name, context)
        return stop

    def _raw(self, name: str, places: _Places, at: int, stop: int, end: int) -> int:
        """An element whose content is no markup. Return the place after its end tag."""
        source = self._source
        closing = None
        if name not in self._without_end:
            closing = re.compile(rf"</{name}(?=[\t\n\f\r />])", re.IGNORECASE).search(source, stop, end)
        inner = end
        if closing is not None:
            inner = closing.start()
        else:
            if name not in self._without_end:
                self._without_end.add(name)
                self._notice(at, f"<{name}> is never closed")
            if name in ("title", "textarea"):
                inner = source.find("<", stop, end)
                inner = end if inner < 0 else inner
        if not self._context.silent:
            if name == "script" and "ld+json" in self._value(places, "type").lower():
                self._defer(partial(feed_structured_data, self._builder, stop, inner))
            elif name in ("title", "textarea"):
                kind: BlockKind = "title" if name == "title" else "label"
                hidden = self._context.hidden or _hides(name, places.keys(), self._value(places, "style"))
                pieces = _pieces(source, stop, inner, attribute=False)
                self._defer(
                    partial(_feed_pieces, self._builder, kind, pieces, at, inner, hidden, self._context.quoted)
                )
        if closing is None:
            return inner
        token = _TOKEN.match(source, inner, end)
        return token.end() if token is not None else end

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

    def _close_link(self, source_end: int) -> None:
        link = self._link
        if link is not None:
            self._link = None
            start = self._builder.position if link.start is None else link.start
            self._builder.link(link.target, link.rel, start, link.source_start, source_end)

    def _value(self, places: _Places, name: str) -> str:
        place = places.get(name)
        return _resolved(self._source, *place) if place else ""

    def _notice(self, at: int, what: str) -> None:
        line, _ = Lines(self._source).position(at)
        self._builder.notices.append(f"line {line}: {what}")


# --- Attributes and values ---------------------------------------------------------------------------------------


def _places(text: str, start: int, end: int) -> _Places:
    """The attributes between two offsets and where their values stand. Of two of a name the first counts."""
    places: _Places = {}
    for match in _ATTRIBUTE.finditer(text, start, end):
        group = match.lastindex
        if group is None:
            continue
        name = match.group(1).lower()
        if name not in places:
            places[name] = match.span(group) if group > 1 else (match.end(1), match.end(1))
    return places


def _hides(name: str, names: object, style: str) -> bool:
    """Whether an element is not shown: by its name, the names of its attributes, or its style."""
    assert hasattr(names, "__contains__")
    return (
        "hidden" in names
        or name in _NEVER_SHOWN
        or (name == "dialog" and "open" not in names)
        or (bool(style) and _UNSEEN_STYLE.search(style) is not None)
    )


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
            white = white or (" ", at, stop)
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


def _feed_pieces(
    builder: DocumentBuilder, kind: BlockKind, pieces: list[_Piece], start: int, end: int, hidden: bool, quoted: bool
) -> None:
    """Feed pieces as a block of their own."""
    if not pieces:
        return
    builder.open(kind, start, hidden=hidden, quoted=quoted)
    for visible, piece_start, piece_end in pieces:
        if visible is None:
            builder.text(piece_start, piece_end)
        else:
            builder.replaced(visible, piece_start, piece_end)
    builder.close(end)
