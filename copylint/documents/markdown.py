"""Markdown (CommonMark, tables, footnotes) and MDX, with HTML and template tags inside.

pyromark (pulldown-cmark) says what each byte range of the source is; this turns its events into blocks. Template tags
are masked before (see templates, mdx), HTML is read tag by tag on the way (see tags), front matter comes first (see
front_matter). Places are taken from the events as they come, never searched for.

The modules for what a plain article lacks (templates, mdx, tags, html) are imported where they are needed: compiling
their patterns takes longer than reading the article.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pyromark

from copylint.documents.document import BlockKind, Document, DocumentBuilder, OpenLink, Source
from copylint.documents.plain import feed_addresses

if TYPE_CHECKING:
    from copylint.documents import tags
    from copylint.documents.templates import Masked

_OPTIONS = (
    pyromark.Options.ENABLE_TABLES
    | pyromark.Options.ENABLE_FOOTNOTES
    | pyromark.Options.ENABLE_STRIKETHROUGH
    | pyromark.Options.ENABLE_TASKLISTS
    | pyromark.Options.ENABLE_HEADING_ATTRIBUTES
    | pyromark.Options.ENABLE_DEFINITION_LIST
    | pyromark.Options.ENABLE_GFM
)
_LONE_RETURN = re.compile(r"\r(?!\n)")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_LINK_TITLE = re.compile(r"\]\(\s*(?:<[^<>\r\n]*>|\S+)\s+([\"'(])(.*)[\"')]\s*\)\Z", re.DOTALL)
_DEFINITION_TITLE = re.compile(r"\s([\"'(])((?:(?!\1).)*)[\"')]\s*\Z", re.DOTALL)
_BACKSLASH = re.compile(r"\\([!-/:-@\[-`{-~])")
_BUTTON_CLASS = re.compile(r"(?:^|[\s_-])(?:btn|button|cta)(?:$|[\s_-])", re.IGNORECASE)
_WORDS_OF_A_LABEL = 3
_MOST_OPEN_LINKS = 100
_MAY_HOLD_TAGS = re.compile(r"\{[{%#:]|:::|\[/?[A-Za-z][\w-]*(?:[ \t\r\n]+[\w-]+=|[ ]*/?\](?![(\[:]))").search

Piece = tuple[str | None, int, int]
"""What is shown (None: the source as it is written) and its source offsets."""


def parse(source: Source, *, is_mdx: bool = False) -> Document:
    """Read a Markdown or MDX source. Every string is one: this raises nothing."""
    return _Reader(DocumentBuilder(source, "mdx" if is_mdx else "markdown"), is_mdx).read()


class _Element:
    """An HTML element that is open."""

    __slots__ = ("hidden", "kind", "level", "link", "name", "quoted", "skipped")

    def __init__(self, name: str) -> None:
        self.name = name
        self.hidden = self.skipped = self.quoted = False
        self.kind: BlockKind | None = None
        self.level = 0
        self.link: OpenLink | None = None


class _Reader:
    def __init__(self, builder: DocumentBuilder, is_mdx: bool) -> None:
        self.builder = builder
        self.text = self.masked = self.tag_text = builder.source.text
        self.is_mdx = is_mdx
        # The block that text goes into, opened when the first text comes.
        self.kind: BlockKind = "paragraph"
        self.level = 0
        self.block_start = 0
        self.kinds: list[BlockKind] = []
        self.quoted = self.hidden = self.skipped = 0
        # Source text not yet handed over: events that touch become one piece.
        self.run_start = self.run_end = 0
        self.line_break: tuple[int, int] | None = None
        self.links: list[OpenLink] = []
        self.waiting: list[OpenLink] = []
        self.elements: list[_Element] = []
        self.open_names: dict[str, int] = {}
        self.element_kinds: list[tuple[BlockKind, int]] = []
        self.alt: list[Piece] | None = None
        self.alt_depth = 0
        self.html: list[tuple[int, int]] | None = None
        self.later: list[tuple[BlockKind, list[Piece], int, bool, bool]] = []
        self.labels: list[tuple[int, int]] = []
        self.hidden_ranges: tuple[tuple[int, int], ...] = ()
        self.hidden_starts: list[int] = []
        self.has_addresses = "://" in self.text or "www." in self.text.lower()
        self.last_end = 0
        self.starts: dict[str, Callable[[Any, int, int], None]] = {
            "Paragraph": self.start_paragraph, "Heading": self.start_heading, "Item": self.start_item,
            "List": self.start_list, "BlockQuote": self.start_quote, "FootnoteDefinition": self.start_footnote,
            "TableCell": self.start_cell, "DefinitionListTitle": self.start_item,
            "DefinitionListDefinition": self.start_item, "CodeBlock": self.start_code, "HtmlBlock": self.start_html,
            "Link": self.start_link, "Image": self.start_image, "Table": self.start_table,
            "DefinitionList": self.start_list,
        }  # fmt: skip
        self.ends: dict[str, Callable[[Any, int, int], None]] = {
            "Paragraph": self.end_block, "Heading": self.end_block, "Item": self.end_container, "List": self.end_list,
            "BlockQuote": self.end_quote, "FootnoteDefinition": self.end_container, "TableCell": self.end_block,
            "DefinitionListTitle": self.end_container, "DefinitionListDefinition": self.end_container,
            "CodeBlock": self.end_code, "HtmlBlock": self.end_html, "Link": self.end_link, "Image": self.end_image,
            "Table": self.end_list, "DefinitionList": self.end_list,
        }  # fmt: skip
        self.inlines: dict[str, Callable[[Any, int, int], None]] = {
            "Html": self.html_line, "InlineHtml": self.inline_html, "FootnoteReference": self.footnote,
        }  # fmt: skip

    def read(self) -> Document:
        """The whole way from the source to the document."""
        builder, text = self.builder, self.text
        body = 0
        if text.startswith(("---", "+++")):
            from copylint.documents import front_matter

            body = front_matter.feed(builder)
        if "\r" in text:
            # A line end to Markdown, but not in all of pyromark (fences); as long either way.
            text = self.masked = self.tag_text = _LONE_RETURN.sub("\n", text)
        if self.is_mdx:
            from copylint.documents import mdx

            self.take_masks(mdx.mask(text, body))
        elif _MAY_HOLD_TAGS(text):
            from copylint.documents import templates

            self.take_masks(templates.mask(text, body))
        markdown = self.masked[body:]
        offset = _offsets(markdown, body)
        if "]:" in markdown:
            self.definition_titles(markdown, offset)
        self.labels.sort(reverse=True)
        self.walk(markdown, offset)
        self.end_block(None, len(text), len(text))
        for link in reversed(self.links):
            self.close_link(link, len(text))
        return builder.finish()

    def take_masks(self, masks: Masked) -> None:
        """What is code for the site's generator, not text for its visitors."""
        self.masked, self.tag_text = masks.text, masks.tags
        self.builder.notices.extend(masks.notices)
        self.labels.extend(masks.labels)
        for comment in masks.comments:
            self.builder.comment(comment.text, comment.source_start, comment.source_end)
        self.hidden_ranges = masks.hidden
        self.hidden_starts = [start for start, _ in masks.hidden]

    def walk(self, markdown: str, offset: Callable[[int], int] | int) -> None:
        """The event loop: text first, because most events are text."""
        text = self.masked
        shift = offset if isinstance(offset, int) else None
        starts, ends, inlines = self.starts, self.ends, self.inlines
        for event, place in pyromark.events_with_range(markdown, options=_OPTIONS):
            if shift is not None:
                start, end = place["start"] + shift, place["end"] + shift
            else:
                start, end = offset(place["start"]), offset(place["end"])  # type: ignore[operator]
            if event.__class__ is str:
                if event != "Rule":
                    self.break_line(start, end)
                    self.last_end = end
                continue
            for name, value in event.items():  # type: ignore[union-attr]
                if name == "Text":
                    if self.skipped:
                        pass
                    elif self.alt is not None:
                        self.alt.append((None if value == text[start:end] else value, start, end))  # type: ignore[arg-type]
                    elif value == text[start:end]:
                        if start == self.run_end:
                            self.run_end = end
                        else:
                            if self.run_end > 0:
                                self.flush()
                            self.run_start, self.run_end = start, end
                    else:
                        self.replaced(value, start, end)  # type: ignore[arg-type]
                    self.last_end = end
                elif name in ("Start", "End"):
                    tag: Any = value if value.__class__ is str else next(iter(value))  # type: ignore[arg-type]
                    handler = (starts if name == "Start" else ends).get(tag)
                    if handler is not None:
                        handler(value, start, end)
                    if name == "End":
                        self.last_end = end
                else:
                    handler = inlines.get(name)
                    if handler is not None:
                        handler(value, start, end)
                    elif name == "Code" and self.alt is not None:
                        self.alt.append((value, start, end))  # type: ignore[arg-type]
                    self.last_end = end

    # Text into the builder.

    def say(self, start: int, end: int) -> None:
        """Visible text, as the source writes it."""
        if start != self.run_end:
            self.flush()
            self.run_start = start
        self.run_end = end

    def flush(self, *, at_end: bool = False) -> None:
        """Hand over the text that was collected, without what is masked."""
        start, end = self.run_start, self.run_end
        self.run_start = self.run_end = -1
        if start >= end or self.skipped:
            return
        pieces = self.shown(start, end) if self.hidden_ranges else [(start, end)]
        while at_end and pieces:
            # A block does not end in white space, nor in what only masked tags would follow.
            start, end = pieces.pop()
            end = start + len(self.text[start:end].rstrip())
            if end > start:
                pieces.append((start, end))
                break
        for first, last in pieces:
            self.hand_over(first, last)

    def shown(self, start: int, end: int) -> list[tuple[int, int]]:
        """What of the source start..end is not masked."""
        found: list[tuple[int, int]] = []
        index = max(bisect_right(self.hidden_starts, start) - 1, 0)
        while index < len(self.hidden_ranges):
            hidden_start, hidden_end = self.hidden_ranges[index]
            if hidden_start >= end:
                break
            if hidden_start > start:
                found.append((start, hidden_start))
            start = max(start, hidden_end)
            index += 1
        if end > start:
            found.append((start, end))
        return found

    def hand_over(self, start: int, end: int) -> None:
        builder = self.builder
        if not builder.is_open:
            piece = self.text[start:end].lstrip()
            if not piece:
                return
            start = end - len(piece)
        elif start >= end:
            return
        self.before_text(start)
        if self.has_addresses and not self.links:
            piece = self.text[start:end]
            if "://" in piece or "www." in piece.lower():
                feed_addresses(builder, start, end)
                return
        builder.text(start, end)

    def before_text(self, start: int) -> None:
        """What has to happen before visible text: open the block, break the line, begin the links."""
        builder = self.builder
        if not builder.is_open:
            kind, level = self.kind, self.level
            if kind == "paragraph" and self.element_kinds:
                kind, level = self.element_kinds[-1]
            self.line_break = None
            block_start = self.block_start if 0 <= self.block_start <= start else start
            builder.open(kind, block_start, level=level, hidden=self.hidden > 0, quoted=self.quoted > 0)
            self.block_start = -1
        if self.line_break is not None:
            first, last = self.line_break
            self.line_break = None
            if self.text[first:last] == "\n":
                builder.text(first, last)
            else:
                builder.replaced("\n", first, last)
        if self.waiting:
            for link in self.waiting:
                link.start = builder.position
            self.waiting.clear()

    def replaced(self, visible: str, start: int, end: int) -> None:
        """Visible text that the source writes in another way."""
        self.flush()
        if self.skipped or (not self.builder.is_open and not visible.strip()):
            return
        if self.hidden_ranges and self.shown(start, end) != [(start, end)]:
            return
        self.before_text(start)
        self.builder.replaced(visible, start, end)

    def break_line(self, start: int, end: int) -> None:
        """A soft or hard break: one newline, at the place of the source's own."""
        text = self.text
        if self.alt is not None:
            self.alt.append((" ", start, end))
            return
        first = end - 1
        if text.startswith("\r\n", end - 2):
            first = end - 2
        if first == self.run_end and text[first] == "\n":
            self.run_end = end
            return
        self.flush()
        if self.builder.is_open:
            self.line_break = (first, end) if text[first] in "\r\n" else (start, end)

    # Blocks.

    def begin_block(self, kind: BlockKind, start: int, level: int = 0) -> None:
        """Text from here on is a block of this kind."""
        self.end_block(None, start, start)
        self.kind, self.level, self.block_start = kind, level, start

    def end_block(self, _: Any, start: int, end: int) -> None:
        """The open block ends; what stands in it but is shown apart (alt texts, labels) follows it."""
        self.flush(at_end=True)
        self.line_break = None
        self.builder.close(end)
        self.block_start = -1
        self.kind = self.kinds[-1] if self.kinds else "paragraph"
        self.level = 0
        if self.later:
            self.tell_later()
        while self.labels and self.labels[-1][0] < end:
            first, last = self.labels.pop()
            self.tell("label", _unescaped(self.text, first, last), first, self.hidden > 0, masked=True)

    def tell_later(self) -> None:
        """Alt texts and labels of the block that has ended."""
        waiting, self.later = self.later, []
        for kind, pieces, start, hidden, masked in waiting:
            self.tell(kind, pieces, start, hidden, masked=masked)

    def tell(self, kind: BlockKind, pieces: list[Piece], start: int, hidden: bool, *, masked: bool = False) -> None:
        """A block of its own from pieces of the source (masked: from inside of a masked tag)."""
        builder = self.builder
        builder.open(kind, start, hidden=hidden, quoted=self.quoted > 0)
        last = start
        for visible, first, last in pieces:
            if visible is None and masked:
                builder.text(first, last)
            elif visible is None:
                for shown_start, shown_end in self.shown(first, last):
                    builder.text(shown_start, shown_end)
            else:
                builder.replaced(visible, first, last)
        builder.close(last)

    def start_paragraph(self, _: Any, start: int, end: int) -> None:
        """A paragraph takes the kind of what it stands in."""
        self.begin_block(self.kinds[-1] if self.kinds else "paragraph", start)

    def start_heading(self, value: Any, start: int, end: int) -> None:
        """A heading, level H1 to H6."""
        self.begin_block("heading", start, int(value["Heading"]["level"][1]))

    def start_cell(self, _: Any, start: int, end: int) -> None:
        """A table cell."""
        self.begin_block("table-cell", start)

    def start_list(self, _: Any, start: int, end: int) -> None:
        """A list inside an item ends the item's own text."""
        self.end_block(None, start, start)
        self.builder.begin_group("list", start)

    def start_table(self, _: Any, start: int, end: int) -> None:
        """A table."""
        self.end_block(None, start, start)
        self.builder.begin_group("table", start)

    def end_list(self, _: Any, start: int, end: int) -> None:
        """The end of a list or of a table."""
        self.end_block(None, end, end)
        self.builder.end_group()

    def start_item(self, _: Any, start: int, end: int) -> None:
        """A list item, or a term or definition of a definition list."""
        self.kinds.append("list-item")
        self.begin_block("list-item", start)

    def start_footnote(self, _: Any, start: int, end: int) -> None:
        """A footnote's text is a paragraph."""
        self.kinds.append("paragraph")
        self.begin_block("paragraph", start)

    def end_container(self, _: Any, start: int, end: int) -> None:
        """The end of an item, a definition or a footnote."""
        if self.kinds:
            self.kinds.pop()
        self.end_block(None, end, end)

    def start_quote(self, value: Any, start: int, end: int) -> None:
        """A quotation, or a note ([!NOTE]), which quotes nobody."""
        self.end_block(None, start, start)
        self.kinds.append("paragraph")
        if value["BlockQuote"] is None:
            self.quoted += 1

    def end_quote(self, value: Any, start: int, end: int) -> None:
        """The end of a quotation."""
        self.end_container(None, start, end)
        if value["BlockQuote"] is None:
            self.quoted -= 1

    def start_code(self, value: Any, start: int, end: int) -> None:
        """Code is no copy; but MDX knows no indented code: there it is text inside an element."""
        if self.is_mdx and value["CodeBlock"] == "Indented":
            self.begin_block(self.kinds[-1] if self.kinds else "paragraph", start)
            return
        self.end_block(None, start, start)
        self.skipped += 1

    def end_code(self, value: Any, start: int, end: int) -> None:
        """The end of a code block."""
        if self.skipped:
            self.run_start = self.run_end = -1
            if not (self.is_mdx and value == {"CodeBlock": "Indented"}):
                self.skipped -= 1
        self.end_block(None, end, end)

    def footnote(self, _: Any, start: int, end: int) -> None:
        """A footnote mark."""
        self.flush()
        if not self.skipped:
            self.builder.footnote()

    # Links and images.

    def start_link(self, value: Any, start: int, end: int) -> None:
        """A Markdown link of any kind."""
        self.last_end = start + 1
        if self.alt is not None:
            return
        link = value["Link"]
        target = link["dest_url"]
        if self.hidden_ranges and link["link_type"] in ("Inline", "Autolink"):
            target = self.unmasked_target(target, start, end)
        if link["link_type"] == "Email" and ":" not in target:
            target = f"mailto:{target}"
        self.open_link(OpenLink(target, "", start))

    def unmasked_target(self, target: str, start: int, end: int) -> str:
        """The target with its template tags as they were written."""
        at = self.masked.rfind(target, start, end)
        return self.text[at : at + len(target)] if at >= 0 else target

    def open_link(self, link: OpenLink) -> None:
        """Text from here on belongs to a link."""
        self.flush()
        self.links.append(link)
        self.waiting.append(link)

    def close_link(self, link: OpenLink, end: int) -> None:
        """The link's text ends here."""
        self.flush()
        if link in self.links:
            self.links.remove(link)
        if link.start is None:
            self.waiting.remove(link)
            link.start = self.builder.position
        self.builder.link(link.target, link.rel, link.start, link.source_start, end)

    def end_link(self, _: Any, start: int, end: int) -> None:
        """The end of a Markdown link; its title is a label."""
        if self.alt is not None:
            return
        for link in reversed(self.links):
            if link.source_start == start:
                self.close_link(link, end)
                break
        self.title(end)

    def start_image(self, _: Any, start: int, end: int) -> None:
        """Its text is the alternative text."""
        self.last_end = start + 2
        self.alt_depth += 1
        if self.alt_depth == 1:
            self.flush()
            self.alt = []

    def end_image(self, _: Any, start: int, end: int) -> None:
        """The alternative text is told after the block, so that it does not part the words around it."""
        self.alt_depth -= 1
        if self.alt_depth or self.alt is None:
            return
        pieces, self.alt = self.alt, None
        if pieces and not self.skipped:
            self.later.append(("alt", pieces, pieces[0][1], self.hidden > 0, False))
        self.title(end)

    def title(self, end: int) -> None:
        """The title of an inline link or image that ends here: a label, if it says something."""
        if not self.text.startswith(")", end - 1) or self.text[self.last_end : self.last_end + 2] != "](":
            return
        match = _LINK_TITLE.match(self.text[self.last_end : end])
        if match and len(match[2].split()) >= _WORDS_OF_A_LABEL:
            first, last = self.last_end + match.start(2), self.last_end + match.end(2)
            self.later.append(("label", _unescaped(self.text, first, last), first, self.hidden > 0, False))

    def definition_titles(self, markdown: str, offset: Callable[[int], int] | int) -> None:
        """Titles of link definitions ([name]: address "title") are labels where they are defined."""
        for definition in pyromark.reference_definitions(markdown, options=_OPTIONS).values():
            if len((definition["title"] or "").split()) < _WORDS_OF_A_LABEL:
                continue
            span = definition["span"]
            if isinstance(offset, int):
                start, end = span["start"] + offset, span["end"] + offset
            else:
                start, end = offset(span["start"]), offset(span["end"])
            match = _DEFINITION_TITLE.search(self.text[start:end])
            if match:
                self.labels.append((start + match.start(2), start + match.end(2)))

    # HTML.

    def start_html(self, _: Any, start: int, end: int) -> None:
        """A block of HTML: its lines are collected and read together."""
        self.begin_block("paragraph", start)
        self.html = []

    def html_line(self, _: Any, start: int, end: int) -> None:
        """One line of it (a > before it is not part of the range)."""
        if self.html is None:
            self.read_html([(start, end)])
        elif self.html and self.html[-1][1] == start:
            self.html[-1] = (self.html[-1][0], end)
        else:
            self.html.append((start, end))

    def end_html(self, _: Any, start: int, end: int) -> None:
        """The HTML block is there whole."""
        lines, self.html = self.html, None
        if lines and not self.is_whole(lines):
            self.read_html(lines)
        elif lines:
            from copylint.documents import html

            html.feed(self.builder, *lines[0])
        self.end_block(None, end, end)

    def is_whole(self, lines: list[tuple[int, int]]) -> bool:
        """Whether an HTML block stands for itself, so that the HTML reader can take it over: all that it opens it
        closes, and neither Markdown nor template tags reach into it.
        """
        from copylint.documents import tags

        start, end = lines[0]
        if len(lines) > 1 or self.is_mdx or self.elements or self.kinds or self.shown(start, end) != [(start, end)]:
            return False
        open_names: list[str] = []
        has_copy = False
        fragment = self.text[start:end]
        for token in tags.tokens(fragment):
            if token.kind == "open" and not token.closed:
                open_names.append(token.name)
            elif token.kind == "close" and (not open_names or open_names.pop() != token.name):
                return False
            has_copy = (
                has_copy
                or bool(token.attributes)
                or (token.kind == "text" and not fragment[token.start : token.end].isspace())
            )
        return has_copy and not open_names

    def inline_html(self, _: Any, start: int, end: int) -> None:
        """One tag or comment in running text."""
        self.flush()
        if self.alt is None:
            self.read_html([(start, end)])

    def read_html(self, lines: list[tuple[int, int]]) -> None:
        """Read a piece of HTML; what is open at its end stays open for the Markdown after it."""
        from copylint.documents import tags

        base = lines[0][0]
        source = self.tag_text
        if len(lines) == 1:
            fragment = source[base : lines[0][1]]
        else:
            parts: list[str] = []
            at = base
            for start, end in lines:
                parts.append(" " * (start - at))
                parts.append(source[start:end])
                at = end
            fragment = "".join(parts)
        line = 0
        for token in tags.tokens(fragment):
            kind = token.kind
            if kind == "text":
                if self.skipped:
                    continue
                while line + 1 < len(lines) and lines[line][1] <= base + token.start:
                    line += 1
                for visible, first, last in tags.pieces(fragment, token.start, token.end):
                    if visible is not None:
                        self.replaced(visible, base + first, base + last)
                        continue
                    for index in range(line, len(lines)):
                        start, end = max(base + first, lines[index][0]), min(base + last, lines[index][1])
                        if start < end:
                            self.say(start, end)
                        if lines[index][1] >= base + last:
                            break
                        line = index
            elif kind == "open":
                self.flush()
                self.open_tag(fragment, token, base)
            elif kind == "close":
                self.flush()
                self.close_tag(token, base)
            elif kind == "comment":
                start, end = base + token.start, base + token.end
                inner_end = end - 3 if self.text.startswith("-->", end - 3) and end - start >= 7 else end
                self.builder.comment(self.text[start + 4 : inner_end].strip(), start, end)

    def open_tag(self, fragment: str, token: tags.Token, base: int) -> None:
        """A start tag: what it shows by itself, and what it says of the text after it."""
        from copylint.documents import tags

        name, attributes = token.name, token.attributes
        start, end = base + token.start, base + token.end
        hides = tags.hides(fragment, token)
        if attributes and not self.skipped:
            for kind, first, last in tags.copy_of(fragment, token):
                found = tags.pieces(fragment, first, last)
                pieces = [(shown, base + at, base + to) for shown, at, to in found]
                self.later.append((kind, pieces, base + first, self.hidden > 0 or hides, self.is_mdx))
        if name == "br":
            self.replaced("\n", start, end)
            return
        if name == "hr":
            self.end_piece(start)
            return
        if token.closed:
            return
        element = _Element(name)
        element.kind = tags.BLOCK_KINDS.get(name)
        if name == "a":
            target = tags.value_of(fragment, attributes, "href")
            if target and len(self.links) < _MOST_OPEN_LINKS:
                if self.hidden_ranges:
                    target = self.raw_value(token, base, "href")
                element.link = OpenLink(target, tags.value_of(fragment, attributes, "rel"), start)
            if _BUTTON_CLASS.search(tags.value_of(fragment, attributes, "class")) and not self.builder.is_open:
                element.kind = "button"
        elif element.kind == "heading":
            element.level = int(name[1])
        elif name == "blockquote":
            element.quoted = True
        element.hidden = hides
        element.skipped = name in tags.NO_COPY
        if element.kind is not None or hides:
            self.end_piece(start)
        self.hidden += element.hidden
        self.skipped += element.skipped
        self.quoted += element.quoted
        if element.kind not in (None, "paragraph"):
            self.element_kinds.append((element.kind, element.level))
        if name in tags.GROUPS:
            self.builder.begin_group(tags.GROUPS[name], start)
        self.elements.append(element)
        self.open_names[name] = self.open_names.get(name, 0) + 1
        if element.link is not None:
            self.open_link(element.link)

    def close_tag(self, token: tags.Token, base: int) -> None:
        """An end tag closes its element and whatever is still open inside; one without a start tag does nothing."""
        from copylint.documents import tags

        if not self.open_names.get(token.name):
            return
        start, end = base + token.start, base + token.end
        while self.elements:
            element = self.elements.pop()
            self.open_names[element.name] -= 1
            if element.link is not None:
                self.close_link(element.link, end if element.name == token.name else start)
            if element.kind is not None or element.hidden:
                self.end_piece(end)
            if element.kind not in (None, "paragraph"):
                self.element_kinds.pop()
            if element.name in tags.GROUPS:
                self.builder.end_group()
            self.hidden -= element.hidden
            self.skipped -= element.skipped
            self.quoted -= element.quoted
            if element.name == token.name:
                return

    def end_piece(self, end: int) -> None:
        """The open block ends, but a Markdown block around it may go on."""
        kind, level = self.kind, self.level
        self.end_block(None, end, end)
        self.kind, self.level = kind, level

    def raw_value(self, token: tags.Token, base: int, name: str) -> str:
        """An attribute's value as the source writes it, template tags and all."""
        from copylint.documents import tags

        for attribute, start, end in token.attributes:
            if attribute.lower() == name:
                return tags.decoded(self.text[base + start : base + end])
        return ""


def _offsets(markdown: str, body: int) -> Callable[[int], int] | int:
    """From pyromark's byte offsets to the source's character offsets: a mere shift where all is ASCII."""
    if markdown.isascii():
        return body
    places: list[int] = []
    shifts = [body]
    extra = 0
    for match in _NOT_ASCII.finditer(markdown):
        character = match.group()
        extra += 1 if character < "\u0800" else 2 if character < "\U00010000" else 3
        places.append(match.end() + extra)
        shifts.append(body - extra)

    def offset(byte: int) -> int:
        return byte + shifts[bisect_right(places, byte)]

    return offset


def _unescaped(text: str, start: int, end: int) -> list[Piece]:
    """text[start:end] in pieces, backslash escapes and entities decoded."""
    from copylint.documents import tags

    found: list[Piece] = []
    at = start
    for match in _BACKSLASH.finditer(text, start, end):
        found.extend(tags.pieces(text, at, match.start()))
        found.append((match[1], match.start(), match.end()))
        at = match.end()
    found.extend(tags.pieces(text, at, end))
    return found
