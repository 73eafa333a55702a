"""Template tags inside copy: Liquid, Jinja, Hugo and WordPress shortcodes.

They are written by the site, not for its visitors. Here they are masked: replaced by as many neutral characters, so
that a parser sees neither their quotes nor their angle brackets, and every offset stays what it was. What a visitor
does see of them, string parameters such as title="…", is told apart as labels.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from typing import NamedTuple

from copylint.documents.document import Comment

Range = tuple[int, int]

LABEL_NAME = re.compile(
    r"(?:\w*_|data-|aria-)?(?:title|subtitle|label|alt|description|text|heading|subheading|headline|caption|content"
    r"|message|children|cta|button|question|answer|quote|summary|placeholder|body|tagline|slogan|lead|intro|note|tooltip)"
    r"|\w+(?:Title|Label|Alt|Description|Text|Heading|Headline|Caption|Content|Message|Cta|Quote|Summary|Tagline)",
    re.ASCII,
)
"""Names of parameters whose value a visitor reads (full match)."""
_NOT_SHOWN = frozenset(("admin_label", "css_title", "_label"))

_LONGEST_TAG = 4_000
"""Characters. A template tag that does not end within so many is none."""

_ATTRIBUTE_LIST = re.compile(r"\{:[^{}\r\n]*\}")
"""Kramdown: {: .class #id}."""
_CONTAINER = re.compile(r"^[ \t]{0,3}:{3,}[ \t]*[\w-]*(?:\{[^{}\r\n]*\})?", re.MULTILINE)
"""The line that opens or closes a container (:::tip Its title)."""
_OPENER = re.compile(r"\{\{<|\{\{%|\{\{/\*|\{\{|\{%|\{#(?![\w-]+\})")
_CLOSER = {"{{<": ">}}", "{{%": "%}}", "{{/*": "*/}}", "{{": "}}", "{%": "%}", "{#": "#}"}
_BLANK_LINE = re.compile(r"(?:\r\n|\r|\n)[ \t]*(?:\r\n|\r|\n)")
_NAME = re.compile(r"(?:\{\{[<%]|\{%[-~+]?)\s*(/?\s*\w+)")
_OPAQUE = frozenset("comment highlight schema javascript style stylesheet script code mermaid math katex".split())
"""Paired tags whose content is no copy."""
_PARAMETER = re.compile(
    r"""(?P<name>[A-Za-z_][\w-]*)\s*[=:]\s*(?P<quote>["'])(?P<value>(?:(?!(?P=quote))[^\\]|\\.)*)(?P=quote)""",
    re.DOTALL,
)
_POSITIONAL = re.compile(r"(?<![=:])\s(?P<quote>\")(?P<value>(?:[^\"\\]|\\.)*)\"", re.DOTALL)

_SHORTCODE = re.compile(r"\[(?P<close>/?)(?P<name>[A-Za-z][\w-]*)(?P<rest>(?=[\s/\]])[^\[\]]*)\]")
_ATTRIBUTES = re.compile(r"""(?:\s+[\w-]+=(?:"[^"]*"|'[^']*'|[^\s"'=]+))+\s*/?""")
_SELF_CLOSING = re.compile(
    r"(?:gallery|button|cta|contact-form(?:-7)?|caption|embed|video|audio|playlist|toc|rev_slider|ninja_form|gravityform"
    r"|wpforms|elementor-template|sc|products?|add_to_cart|divider|spacer|icon|map|separator|clear|accordion|tabs?"
    r"|(?:vc|et_pb|fusion|av|fl|wp|woocommerce|mk|cs|x|su|tatsu)_\w+)"
)
_OPAQUE_SHORTCODES = frozenset(("code", "sourcecode", "embed", "php", "js", "css", "html", "vc_raw_html", "vc_raw_js"))


class Masks:
    """What was found in a text: ranges to mask, labels and comments. Offsets in characters.

    A range has a filler: the whole of what it is replaced by, or one character to repeat ("i" is "x" for a tag that
    stands in running text even where it is alone on its line). expressions: those inside of JSX tags. keeps_tags:
    the ranges are JSX tags, which HTML can be read from.
    """

    def __init__(self, *, keeps_tags: bool = False) -> None:
        self.ranges: list[tuple[int, int, str]] = []
        self.labels: list[Range] = []
        self.comments: list[Comment] = []
        self.expressions: list[Range] = []
        self.keeps_tags = keeps_tags
        self.notices: list[str] = []


class Masked(NamedTuple):
    """A text with its template tags masked.

    text has the length of the original. hidden: the masked ranges, sorted and disjoint; nothing of them is visible.
    labels: values of parameters that a visitor reads. comments: comments of the template language. tags: the text in
    which JSX tags still stand, only the expressions inside them masked (else the same as text).
    """

    text: str
    hidden: tuple[Range, ...] = ()
    labels: tuple[Range, ...] = ()
    comments: tuple[Comment, ...] = ()
    notices: tuple[str, ...] = ()
    tags: str = ""


def mask(text: str, start: int = 0) -> Masked:
    """Mask the template tags and shortcodes of a text from character `start` on."""
    masks = Masks()
    if "{{" in text or "{%" in text or "{#" in text:
        _find_tags(text, start, masks)
    if "{:" in text:
        masks.ranges.extend((*match.span(), ".") for match in _ATTRIBUTE_LIST.finditer(text, start))
    if ":::" in text:
        for match in _CONTAINER.finditer(text, start):
            masks.ranges.append(
                (*match.span(), f"<?{'x' * (match.end() - match.start() - 4)}?>"[-len(match.group()) :])
            )
    if "[" in text:
        _find_shortcodes(text, start, masks)
    return apply(text, masks)


def is_label(name: str, value: str) -> bool:
    """Whether a visitor reads the value of this parameter as copy: a telling name, three words or more."""
    return len(value.split()) >= 3 and name not in _NOT_SHOWN and LABEL_NAME.fullmatch(name) is not None


def apply(text: str, masks: Masks) -> Masked:
    """Replace the ranges by their fillers.

    A tag that stands alone on its line becomes a processing instruction (<?…?>): that ends a paragraph, as the tag
    does on the page, but breaks neither lists nor HTML around it. Any other becomes letters or dots.
    """
    if not masks.ranges and not masks.comments:
        return Masked(text, notices=tuple(masks.notices), tags=text)
    masks.ranges.sort()
    pieces: list[str] = []
    hidden: list[Range] = []
    at = 0
    for start, end, filler in masks.ranges:
        if end <= at:
            continue
        start = max(start, at)  # noqa: PLW2901
        pieces.append(text[at:start])
        length = end - start
        if filler == "x" and length >= 4 and stands_alone(text, start, end):
            pieces.append(f"<?{'x' * (length - 4)}?>")
        elif len(filler) == length:
            pieces.append("x" if filler == "i" else filler)
        else:
            pieces.append(("x" if filler == "i" else filler[0]) * length)
        if hidden and hidden[-1][1] == start:
            hidden[-1] = (hidden[-1][0], end)
        else:
            hidden.append((start, end))
        at = end
    pieces.append(text[at:])
    masked = "".join(pieces)
    tags = _mask_expressions(text, masks.expressions) if masks.expressions else text if masks.keeps_tags else masked
    labels = tuple(sorted(masks.labels))
    return Masked(masked, tuple(hidden), labels, tuple(masks.comments), tuple(masks.notices), tags)


def _mask_expressions(text: str, expressions: list[Range]) -> str:
    """Values of JSX attributes as HTML knows them: {"text"} bare of its braces, any other expression one word."""
    pieces: list[str] = []
    at = 0
    for start, end in sorted(expressions):
        pieces.append(text[at:start])
        inner = text[start + 1 : end - 1]
        literal = len(inner) > 1 and inner[0] == inner[-1] and inner[0] in "\"'" and inner.count(inner[0]) == 2
        pieces.append(f" {inner} " if literal else "x" * (end - start))
        at = end
    pieces.append(text[at:])
    return "".join(pieces)


def stands_alone(text: str, start: int, end: int) -> bool:
    """Whether text[start:end] has its line(s) for itself, white space aside."""
    before = start - 1
    while before >= 0 and text[before] in " \t":
        before -= 1
    if before >= 0 and text[before] not in "\r\n":
        return False
    while end < len(text) and text[end] in " \t":
        end += 1
    return end == len(text) or text[end] in "\r\n"


def _find_tags(text: str, start: int, masks: Masks) -> None:
    at = start
    dead: set[str] = set()
    while (match := _OPENER.search(text, at)) is not None:
        opener = match.group()
        at = match.end()
        if opener in dead:
            continue
        closer = _CLOSER[opener]
        close = text.find(closer, at)
        if close < 0:
            dead.add(opener)
            continue
        is_comment = opener in ("{#", "{{/*")
        if not is_comment and (close - at > _LONGEST_TAG or _BLANK_LINE.search(text, at, close)):
            continue
        end = close + len(closer)
        if is_comment:
            masks.comments.append(Comment(text[at:close].strip(), match.start(), end))
            masks.ranges.append((match.start(), end, "x"))
            at = end
            continue
        name = _NAME.match(text, match.start())
        if name and name[1] in _OPAQUE and name[1] not in dead:
            content_end, tag_end = _opaque_end(text, end, opener, name[1])
            if tag_end < 0:
                dead.add(name[1])
            else:
                if name[1] == "comment":
                    masks.comments.append(Comment(text[end:content_end].strip(), match.start(), tag_end))
                end = tag_end
        else:
            masks.labels.extend(_labels(text, match.end(), close, positional=opener in ("{{<", "{{%")))
        masks.ranges.append((match.start(), end, "i" if opener == "{{" else "x"))
        at = end


def _opaque_end(text: str, start: int, opener: str, name: str) -> Range:
    """Where the content of an opaque tag and its end tag end; -1 without one."""
    liquid, hugo = rf"\{{%[-~+]?\s*end{name}\s*[-~+]?%\}}", rf"\{{\{{[<%]\s*/\s*{name}\s*[%>]\}}\}}"
    match = re.compile(liquid if opener == "{%" else hugo).search(text, start)
    return (match.start(), match.end()) if match else (-1, -1)


def _labels(text: str, start: int, end: int, *, positional: bool = False) -> Iterator[Range]:
    for match in _PARAMETER.finditer(text, start, end):
        if is_label(match["name"], match["value"]):
            yield match.span("value")
    if positional:
        for match in _POSITIONAL.finditer(text, start, end):
            if len(match["value"].split()) >= 3:
                yield match.span("value")


def _find_shortcodes(text: str, start: int, masks: Masks) -> None:
    found = list(_SHORTCODE.finditer(text, start))
    if not found:
        return
    closed = {match["name"].lower() for match in found if match["close"]}
    if not closed and not any(_is_shortcode(text, match, closed) for match in found):
        return
    covered = 0
    ranges = sorted((first, last) for first, last, _ in masks.ranges)
    inside = _contains(ranges)
    for index, match in enumerate(found):
        if match.start() < covered or inside(match.start()) or not _is_shortcode(text, match, closed):
            continue
        end = match.end()
        name = match["name"].lower()
        if not match["close"]:
            masks.labels.extend(_labels(text, match.start("rest"), match.end("rest")))
            if name in _OPAQUE_SHORTCODES and name in closed:
                for other in found[index + 1 :]:
                    if other["close"] and other["name"].lower() == name:
                        end = covered = other.end()
                        break
        filler = "x" if stands_alone(text, match.start(), end) else "."
        masks.ranges.append((match.start(), end, filler))


def _is_shortcode(text: str, match: re.Match[str], closed: set[str]) -> bool:
    following = text[match.end() : match.end() + 1]
    name, rest = match["name"], match["rest"]
    known = _SELF_CLOSING.fullmatch(name) is not None
    before = text[match.start() - 1 : match.start()]
    if before in ("!", "\\") and before:
        return False
    if match["close"]:
        return not rest.strip() and following not in ("(", ":")
    if _ATTRIBUTES.fullmatch(rest) is not None or (known and "=" in rest):
        return True
    if following in ("(", ":") or rest.strip(" /"):
        return False  # A link, its definition, or words in brackets.
    return known or name.lower() in closed


def _contains(ranges: list[Range]) -> Callable[[int], bool]:
    starts = [start for start, _ in ranges]

    def contains(offset: int) -> bool:
        index = bisect_right(starts, offset) - 1
        return index >= 0 and offset < ranges[index][1]

    return contains
