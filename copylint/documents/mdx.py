"""What MDX adds to Markdown: import and export lines, {expressions}, JSX tags over several lines.

Found and masked before Markdown is parsed (see templates): expressions and import/export blocks are code; a JSX tag
alone on its line(s) must not swallow the Markdown that follows it, and one in running text may look like no HTML.
"""

from __future__ import annotations

import re

from copylint.documents.document import Comment, Lines
from copylint.documents.templates import Masked, Masks, apply, stands_alone

_START = re.compile(
    r"^(?:(?P<fence>[ \t>]*(?P<ticks>`{3,}|~{3,}))|(?P<module>(?:import|export)(?=[\s{*])))"
    r"|\\.|(?P<code>`+)|(?P<comment><!--)|(?P<brace>\{)|(?P<tag></?(?:[A-Za-z][\w.:-]*(?=[\s/>{])|(?=>)))",
    re.MULTILINE,
)
_BLANK_LINE = re.compile(r"(?:\r\n|\r|\n)[ \t]*(?=\r|\n)")
_IN_EXPRESSION = re.compile(r"""[{}`]|"(?:[^"\\\r\n]|\\.)*"|'(?:[^'\\\r\n]|\\.)*'|/\*|(?<!:)//[^\r\n]*""")
_ATTRIBUTE = re.compile(r"[A-Za-z_$][\w.:$-]*\s*")
_RAW = ("script", "style", "pre", "textarea")
_LONGEST_CODE_SPAN = 2_000


def mask(text: str, start: int = 0) -> Masked:
    """Mask what is code in an MDX text from character `start` on."""
    return _Scanner(text, start).run()


class _Scanner:
    def __init__(self, text: str, start: int) -> None:
        self.text = text
        self.start = start
        self.masks = Masks(keeps_tags=True)
        self.braces_work = True
        self.unclosed: set[str] = set()

    def run(self) -> Masked:
        """Walk from one construct to the next."""
        text = self.text
        at = self.start
        while (match := _START.search(text, at)) is not None:
            kind = match.lastgroup
            at = match.end()
            if match["fence"]:
                at = self._fence_end(match)
            elif kind == "module":
                at = self._module(match.start())
            elif kind == "code":
                close = text.find(match.group(), at, at + _LONGEST_CODE_SPAN)
                at = close + len(match.group()) if close >= 0 else at
            elif kind == "comment":
                close = text.find("-->", at) if "-->" not in self.unclosed else -1
                if close < 0:
                    self.unclosed.add("-->")
                else:
                    at = close + 3
            elif kind == "brace":
                at = self._expression(match.start())
            elif kind == "tag":
                at = self._tag(match)
        return apply(text, self.masks)

    def _fence_end(self, match: re.Match[str]) -> int:
        ticks = match["ticks"]
        close = re.compile(rf"^[ \t>]*{ticks[0]}{{{len(ticks)},}}[ \t]*$", re.MULTILINE).search(self.text, match.end())
        return close.end() if close else len(self.text)

    def _module(self, start: int) -> int:
        """An import or export: up to the next blank line outside braces."""
        text = self.text
        before = text[max(start - 200, self.start) : start].rstrip(" \t")
        begins_block = not before.strip() or before.endswith(("\n\n", "\r\n\r\n", "\r\r"))
        if not begins_block:
            return start + 6
        end = self._blank_line(start)
        at = start
        while self.braces_work and (brace := text.find("{", at, end)) >= 0:
            close = self.closing_brace(brace)
            if close < 0:
                break
            at = close
            if close > end:
                end = self._blank_line(close)
        self.masks.ranges.append((start, end, "x"))
        return end

    def _blank_line(self, start: int) -> int:
        match = _BLANK_LINE.search(self.text, start)
        return match.start() if match else len(self.text)

    def _expression(self, start: int) -> int:
        close = self.closing_brace(start)
        if close < 0:
            return start + 1
        inner = self.text[start + 1 : close - 1].strip()
        if inner.startswith("/*") and inner.endswith("*/") and inner.find("*/") == len(inner) - 2:
            self.masks.comments.append(Comment(inner[2:-2].strip(), start, close))
            self.masks.ranges.append((start, close, "x"))
        else:
            self.masks.ranges.append((start, close, "i"))
        return close

    def closing_brace(self, start: int) -> int:
        """The end (exclusive) of the expression whose { stands at start; -1 if it never ends."""
        if not self.braces_work:
            return -1
        text = self.text
        depth = 0
        at = start
        while (match := _IN_EXPRESSION.search(text, at)) is not None:
            token = match.group()
            at = match.end()
            if token == "{":
                depth += 1
            elif token == "}":
                depth -= 1
                if not depth:
                    return at
            elif token in ("`", "/*"):
                close = text.find("`" if token == "`" else "*/", at)
                if close < 0:
                    break
                at = close + len(token)
        # One scan to the end of the file is enough: with this brace open, no later one means anything.
        self.braces_work = False
        line, _ = Lines(text).position(start)
        self.masks.notices.append(
            f"line {line}: a {{ is never closed, so the braces from there on were read as text; close it, or write \\{{"
        )
        return -1

    def _tag(self, match: re.Match[str]) -> int:
        """A JSX tag: masked as a whole where it fills its lines, else only the expressions in it."""
        text = self.text
        start, at = match.span()
        expressions: list[tuple[int, int]] = []
        while True:
            while at < len(text) and text[at].isspace():
                at += 1
            if text.startswith(("/>", ">"), at):
                at += 2 if text[at] == "/" else 1
                break
            if text.startswith("{", at):
                at = self._attribute_expression(at, expressions)
                if at < 0:
                    return match.end()
                continue
            name = _ATTRIBUTE.match(text, at)
            if name is None:
                return match.end()
            at = name.end()
            if not text.startswith("=", at):
                continue
            at += 1
            while at < len(text) and text[at].isspace():
                at += 1
            quote = text[at : at + 1]
            if quote == "{":
                at = self._attribute_expression(at, expressions)
                if at < 0:
                    return match.end()
            elif quote in ('"', "'") and quote not in self.unclosed:
                close = text.find(quote, at + 1)
                if close < 0:
                    self.unclosed.add(quote)
                    return match.end()
                at = close + 1
            else:
                return match.end()
        if self._fills_lines(start, at):
            self.masks.ranges.append((start, at, "x"))
        elif match.group().lstrip("</").lower() in _RAW:
            self.masks.ranges.extend((first, last, "i") for first, last in expressions)
        else:
            # A tag in running text: one that CommonMark knows, whatever the name and the attributes were.
            opening = match.group()[: 1 + (text[start + 1] == "/")]
            filler = f"{opening}{'x' * (at - start - len(opening) - 1)}>" if at - start > len(opening) + 1 else " "
            self.masks.ranges.append((start, at, filler))
        self.masks.expressions.extend(expressions)
        return at

    def _attribute_expression(self, at: int, expressions: list[tuple[int, int]]) -> int:
        close = self.closing_brace(at)
        if close >= 0:
            expressions.append((at, close))
        return close

    def _fills_lines(self, start: int, end: int) -> bool:
        return stands_alone(self.text, start, end)
