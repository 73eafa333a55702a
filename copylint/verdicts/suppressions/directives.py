"""What a comment or the front matter asks for.

    VERB [RULE or GROUP[, ...]] [until YEAR-MONTH-DAY] [by NAME] [-- REASON]

A comment begins with `copylint-VERB`; an entry of the front matter has its key for that. Names come first, then `until`
and `by` in either order, each up to the next of them; the reason is all that follows the first two hyphens (or a dash)
after white space.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from copylint.documents.document import Comment, Document

_HEAD = re.compile(
    r"(?:\{%[-~+]?\s*comment\b[^%]{0,100}%\})?\W*+copylint(?![^\W_])(?:[-:\s]\s*(?P<verb>\w[\w-]*))?", re.IGNORECASE
)
_CLOSING = re.compile(r"\s*(?:--!?>|\*/\s*-?\}{0,2}|#\}|\{%[-~+]?\s*endcomment\s*[-~+]?%\})\s*\Z")
_LONGEST_CLOSING = 60
_REASON = re.compile(r"(?:(?<=\s)|\A)(?:-{2,}|[—–])")
_NAME = re.compile(r"[^\s,]+")
_KEYWORD = re.compile(r"(?<![^\s,])(?:until|by)(?![^\s,])", re.IGNORECASE)
_PARTING = " \t\r\n\f\v,"


class Word(NamedTuple):
    """A part of a directive and its source offsets."""

    text: str
    start: int
    end: int


class Directive(NamedTuple):
    """What is asked for.

    verb: the word after "copylint-", in lower case. verb_at: its source offset (that of "copylint" without one). key:
    of an entry in the front matter, else empty. start, end: source offsets of the comment or of the entry. names: rules
    and groups, each once. until, by: None without the keyword, without text where nothing follows it. reason: one line,
    or empty.
    """

    verb: str
    verb_at: int
    key: str
    start: int
    end: int
    names: tuple[Word, ...]
    until: Word | None
    by: Word | None
    reason: str

    @property
    def head(self) -> Word:
        """What stands for the whole of it in a notice: the verb, or the first name of an entry."""
        if not self.key:
            text = self.verb or "copylint"
            return Word(text, self.verb_at, self.verb_at + len(text))
        if self.verb == "disable-file" and self.names:
            return self.names[0]
        return Word(self.key, self.start, self.end)


_Parts = tuple[tuple[Word, ...], Word | None, Word | None, str]
"""names, until, by, reason"""


def directives(document: Document) -> Iterator[Directive]:
    """The comments and entries of a document that speak to copylint, in their order."""
    for comment in document.comments:
        directive = _of_entry(comment, document) if comment.key else _of_comment(comment, document)
        if directive is not None:
            yield directive


def _of_comment(comment: Comment, document: Document) -> Directive | None:
    at = comment.source_start
    raw = document.source.text[at : comment.source_end]
    closing = _CLOSING.search(raw, max(len(raw) - _LONGEST_CLOSING, 0))
    end = closing.start() if closing else len(raw)
    head = _HEAD.match(raw, 0, end)
    if head is None:
        return None
    verb = head["verb"] or ""
    verb_at = at + (head.start("verb") if verb else head.end() - len("copylint"))
    return Directive(verb.lower(), verb_at, "", at, comment.source_end, *_parts(raw, head.end(), end, at))


def _of_entry(comment: Comment, document: Document) -> Directive:
    """An entry of the front matter speaks of the whole file: `copylint-disable: ...`."""
    start, end = comment.source_start, comment.source_end
    raw = document.source.text[start:end]
    names, until, by, reason = _parts(raw, 0, len(raw), start)
    if not comment.text:
        names, until, by, reason = (), None, None, ""
    elif comment.text != raw:
        # Escapes: the source tells where the words stand, the resolved text what people are told.
        _, _, meant, reason = _parts(comment.text, 0, len(comment.text), start)
        by = by._replace(text=meant.text) if by and meant else by
    verb = comment.key.lower().replace("_", "-").removeprefix("copylint").removeprefix("-")
    if verb == "disable":
        verb = "disable-file"
    return Directive(verb, start, comment.key, start, end, names, until, by, reason)


def _parts(text: str, start: int, end: int, shift: int) -> _Parts:
    """What stands in text[start:end]. shift: what makes a place in it one in the source."""
    parting = _REASON.search(text, start, end)
    reason = " ".join(text[parting.end() : end].split()) if parting else ""
    stop = parting.start() if parting else end
    keywords: dict[str, re.Match[str]] = {}
    for match in _KEYWORD.finditer(text, start, stop):
        keywords.setdefault(match.group().lower(), match)
    borders = [*(match.start() for match in keywords.values()), stop]
    found = {
        match.group(): Word(match.group(), shift + match.start(), shift + match.end())
        for match in _NAME.finditer(text, start, borders[0])
    }
    names = tuple(found.values())
    if not keywords:
        return names, None, None, reason
    told = {
        keyword: _value(text, match, border, shift)
        for (keyword, match), border in zip(keywords.items(), borders[1:], strict=True)
    }
    return names, told.get("until"), told.get("by"), reason


def _value(text: str, keyword: re.Match[str], end: int, shift: int) -> Word:
    """What follows a keyword, up to the offset `end`; in the place of the keyword where nothing does."""
    value = text[keyword.end() : end]
    shown = value.strip(_PARTING)
    if not shown:
        return Word("", shift + keyword.start(), shift + keyword.end())
    start = keyword.end() + len(value) - len(value.lstrip(_PARTING))
    return Word(" ".join(shown.split()), shift + start, shift + start + len(shown))
