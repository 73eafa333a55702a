"""Suppressions: comments in the copy that switch rules off where a person has looked and decided.

    <!-- copylint-disable-next RULE[, RULE or GROUP] -- reason -->        Markdown, HTML
    {/* copylint-disable-next RULE -- reason */}                          MDX

A suppressed finding stays in the report, marked with its reason, and counts no more. Misuse is reported by rules of its
own: an unknown rule, a suppression that suppresses nothing, one without a reason (it works, but the next reader must
know why), a comment that says copylint and no known word after it.

"Next" is the first block after the comment: a paragraph, a heading, an item, a cell, with what stands inside of it (an
image's text). A comment before a list or a table means all of it, since nobody can put a comment before each cell; a
comment between two items means the item that follows. Only places in the source decide, so a comment that a build step
would move keeps its block.

Everything later (a line, a range, a file, until a date, by a name) is one more entry of `_SCOPES` or one more part of
a Directive.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from copylint.documents.document import Block, Comment, Document
from copylint.findings import JURISDICTIONS, Finding, Verdict
from copylint.nearest import did_you_mean
from copylint.record import Record

if TYPE_CHECKING:
    from copylint.rules.policy import Policy, Rule

UNKNOWN = "copylint/unknown-rule"
UNUSED = "copylint/unused-suppression"
NO_REASON = "copylint/missing-reason"
INVALID = "copylint/invalid-suppression"
MOST_HINTS = 10
"""Unknown names of one file for which the nearest known one is looked up: it is slow."""

Extent = tuple[int, int]
"""Source offsets start, end (exclusive)."""

_DIRECTIVE = re.compile(r"\W{0,20}copylint(?:[-:\s]\s*(?P<verb>[\w-]+))?", re.IGNORECASE)
_CLOSING = re.compile(r"\s*(?:-->|\*/\s*\}|\*/|#\})\s*\Z")
_REASON = re.compile(r"(?:^|(?<=\s))(?:--|—|–)(?=\s|$)")
_NAME = re.compile(r"[^\s,]+")
_VALUE = re.compile(r"\{([a-z_]+)\}")
_RUNS = frozenset(("list-item", "table-cell"))


class Directive(Record):
    """What a comment asks for. names: (rule or group, source offset of it). reason: one line, or empty."""

    verb: str
    verb_at: int
    names: tuple[tuple[str, int], ...]
    reason: str
    comment: Comment


def apply(
    findings: Iterable[Finding], document: Document, policy: Policy, selects: Callable[[str], bool]
) -> list[Finding]:
    """The findings with those suppressed that a comment of the document switches off, and the notices on misuse.

    selects: whether findings of a rule are wanted in this run; what is not looked for cannot make a suppression
    unused. Returns all findings in the order of their places.
    """
    found = sorted(findings, key=lambda finding: (finding.start, finding.rule, finding.end))
    starts = [finding.start for finding in found]
    extents = _Extents(document)
    notices = _Notices(document, policy)
    for directive in directives(document):
        scope = _SCOPES.get(directive.verb)
        if scope is None:
            notices.add(INVALID, directive, directive.verb or "copylint", directive.verb_at, _SCOPES)
            continue
        if not directive.names:
            notices.add(INVALID, directive, directive.verb, directive.verb_at, _SCOPES)
            continue
        if not directive.reason:
            notices.add(NO_REASON, directive, directive.verb, directive.verb_at)
        extent = scope(extents, directive.comment)
        low, high = (bisect_left(starts, extent[0]), bisect_left(starts, extent[1])) if extent else (0, 0)
        for name, at in directive.names:
            members = _members(name, policy.rules)
            if not members:
                notices.add(UNKNOWN, directive, name, at, policy.rules)
                continue
            hits = [number for number in range(low, high) if found[number].rule in members]
            for number in hits:
                if found[number].status == "open":
                    found[number] = found[number]._replace(status="suppressed", reason=directive.reason)
            if not hits and all(_was_looked_for(rule, selects) for rule in members.values()):
                notices.add(UNUSED, directive, name, at)
    made = [notice for notice in notices.found if selects(notice.rule)]
    return sorted((*found, *made), key=lambda finding: (finding.start, finding.rule, finding.end))


def directives(document: Document) -> Iterator[Directive]:
    """The comments of a document that speak to copylint, in their order."""
    source = document.source.text
    for comment in document.comments:
        raw = source[comment.source_start : comment.source_end]
        closing = _CLOSING.search(raw, max(len(raw) - 20, 0))
        end = closing.start() if closing else len(raw)
        head = _DIRECTIVE.match(raw, 0, end)
        if head is None:
            continue
        verb = (head["verb"] or "").lower()
        verb_at = comment.source_start + (head.start("verb") if verb else head.end() - len("copylint"))
        parting = _REASON.search(raw, head.end(), end)
        names_end = parting.start() if parting else end
        names = {
            match.group(): comment.source_start + match.start() for match in _NAME.finditer(raw, head.end(), names_end)
        }
        reason = " ".join(raw[parting.end() : end].split()) if parting else ""
        yield Directive(verb, verb_at, tuple(names.items()), reason, comment)


class _Extents:
    """The blocks of a document by their place in the source."""

    def __init__(self, document: Document) -> None:
        # A block comes before those inside of it.
        self.blocks = sorted(document.blocks, key=lambda block: (block.source_start, -block.source_end))
        self.starts = [block.source_start for block in self.blocks]

    def next_block(self, comment: Comment) -> Extent | None:
        """The extent of the block after a comment; of the whole list or table where one begins there."""
        first = bisect_left(self.starts, comment.source_end)
        if first == len(self.blocks):
            return None
        block = self.blocks[first]
        end = block.source_end
        if block.kind in _RUNS and not self._goes_on(first, block):
            for at in range(first + 1, len(self.blocks)):
                other = self.blocks[at]
                if other.kind != block.kind and other.source_start >= end:
                    break
                end = max(end, other.source_end)
        return block.source_start, max(end, block.source_start + 1)

    def _goes_on(self, at: int, block: Block) -> bool:
        """Whether the block before is of the same list or table."""
        return at > 0 and self.blocks[at - 1].kind == block.kind


_SCOPES: Mapping[str, Callable[[_Extents, Comment], Extent | None]] = {
    "disable-next": _Extents.next_block,
}
"""The words after "copylint-", and the part of the source that each of them speaks of."""


class _Notices:
    """Findings about suppressions, worded by the rules of the group copylint."""

    def __init__(self, document: Document, policy: Policy) -> None:
        self.found: list[Finding] = []
        self._document = document
        self._policy = policy
        self._hints = 0

    def add(self, rule_id: str, directive: Directive, name: str, at: int, known: Iterable[str] = ()) -> None:
        """One notice, placed on `name` at source offset `at`. known: names of which one may have been meant."""
        rule = self._policy.rules[rule_id]
        hint = ""
        if known and self._hints < MOST_HINTS:
            self._hints += 1
            hint = did_you_mean(name, known)
        values = {"name": name, "hint": hint, "match": name}
        end = min(at + len(name), directive.comment.source_end)
        self.found.append(
            Finding(
                rule.id, rule.severity, _filled(rule.message, values), _filled(rule.why, values),
                self._document.source.text[at:end], at, end, tuple(_filled(line, values) for line in rule.better), None,
                _no_verdicts(),
            )
        )  # fmt: skip


def _no_verdicts() -> Mapping[str, Verdict]:
    """A notice is about the tool: no jurisdiction has a say."""
    return {}


def _members(name: str, rules: Mapping[str, Rule]) -> Mapping[str, Rule]:
    """The rules that a name stands for: one rule, or all of a group; none if it is unknown."""
    if name in rules:
        return {name: rules[name]}
    return {rule_id: rule for rule_id, rule in rules.items() if rule_id.partition("/")[0] == name}


def _was_looked_for(rule: Rule, selects: Callable[[str], bool]) -> bool:
    """Whether a rule would have fired here; one of some jurisdictions only may be silent on account of the others."""
    return selects(rule.id) and len(rule.jurisdictions) == len(JURISDICTIONS)


def _filled(line: str, values: Mapping[str, str]) -> str:
    return _VALUE.sub(lambda match: values.get(match[1], match[0]), line)
