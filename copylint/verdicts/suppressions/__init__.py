"""Suppressions: comments in the copy that switch rules off where a person has looked and decided.

    <!-- copylint-disable-next RULE[, RULE or GROUP] [until 2027-03-01] [by NAME] -- reason -->   Markdown, HTML
    {/* copylint-disable-next RULE -- reason */}                                                  MDX
    copylint-disable: RULE -- reason                                                              front matter

`disable-next` covers the next block, `disable-line` the lines that the comment stands on, `disable` all up to an
`enable`, `disable-file` and the front matter the whole file. What is covered is decided by the place at which a finding
begins in the source.

A suppressed finding stays in the report, marked with its reason, and counts no more. Misuse is reported by rules of
its own (see notices). Where it is clear all the same what was meant, the suppression works: without a reason, and
without an end of its range. One that has expired, or whose date or name cannot be read, hides nothing.

    directives   what the comments and the front matter ask for
    extents      the block, the lines, the file that a directive covers
    ranges       which `enable` ends which `disable`
    index        the findings within an extent, each taken once
    notices      misuse, as findings
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from copylint.documents.document import Document
from copylint.findings import JURISDICTIONS, Finding, Severity
from copylint.verdicts.clock import Clock, is_day, today
from copylint.verdicts.suppressions.directives import Directive, Word, directives
from copylint.verdicts.suppressions.extents import Extents
from copylint.verdicts.suppressions.index import FindingIndex
from copylint.verdicts.suppressions.notices import (
    EXPIRED,
    INVALID,
    NO_DATE,
    NO_REASON,
    NOTHING_TO_END,
    UNCLOSED,
    UNKNOWN,
    UNUSED,
    Notices,
)
from copylint.verdicts.suppressions.ranges import Mark, Range, pair

if TYPE_CHECKING:
    from copylint.rules.policy import Policy

VERBS = ("disable-next", "disable-line", "disable", "enable", "disable-file")
"""The words after "copylint-"."""
FRONT_MATTER_KEY = "copylint-disable"
_NAME_A_RULE = " Name a rule or a group after it."


class Suppression(NamedTuple):
    """A name of a directive that is in force. form: `copylint-disable-next` or the like. hides: the findings that no
    other one before it hides.
    """

    form: str
    name: Word
    reason: str
    hides: tuple[Finding, ...]


def apply(
    findings: Iterable[Finding],
    document: Document,
    policy: Policy,
    selects: Callable[[str], bool],
    *,
    severity_of: Callable[[str], Severity | None] = lambda _: None,
    require_reason: bool = True,
    clock: Clock = today,
) -> list[Finding]:
    """The findings with those suppressed that the document switches off, and the notices on misuse.

    selects: whether findings of a rule are wanted in this run; what is not looked for cannot make a suppression
    unused. severity_of: a severity of the user's own for the notices of a rule, if any. require_reason: whether a
    missing reason is misuse. clock: asked only where a suppression has a date. Returns all findings in the order of
    their places.
    """
    work = _Work(findings, document, policy, selects)
    work.read(require_reason=require_reason, clock=clock)
    marked = work.found.copy()
    for directive, _, hidden in work.settle():
        reason = _reason(directive) if hidden else ""
        for number in hidden:
            if marked[number].status == "open":
                marked[number] = marked[number]._replace(status="suppressed", reason=reason)
    made = [
        notice._replace(severity=severity_of(notice.rule) or notice.severity)
        for notice in work.notices.found
        if selects(notice.rule)
    ]
    return sorted((*marked, *made), key=_place)


def in_force(
    findings: Iterable[Finding], document: Document, policy: Policy, *, clock: Clock = today
) -> list[Suppression]:
    """The suppressions of a document that hide something, in their order: what `copylint why` tells of them."""
    work = _Work(findings, document, policy, lambda _: True)
    work.read(require_reason=False, clock=clock)
    return [
        Suppression(
            directive.key or f"copylint-{directive.verb}", word, _reason(directive),
            tuple(work.found[number] for number in sorted(hidden)),
        )
        for directive, word, hidden in work.settle()
        if hidden
    ]  # fmt: skip


class _Work:
    """One document on its way from comments to suppressed findings: first `read`, then `settle`."""

    def __init__(
        self, findings: Iterable[Finding], document: Document, policy: Policy, selects: Callable[[str], bool]
    ) -> None:
        self.found = sorted(findings, key=_place)
        self.notices = Notices(document, policy)
        self._document = document
        self._rules = policy.rules
        self._members = _members(policy.rules)
        self._selects = selects
        self._looked_for: dict[str, bool] = {}
        # Directives that can be followed, with the names that are known; the numbers of those that hide nothing.
        self._directives: list[Directive] = []
        self._void: set[int] = set()

    def read(self, *, require_reason: bool, clock: Clock) -> None:
        """Understand the directives; tell what is wrong with them by themselves."""
        for directive in directives(self._document):
            if directive.verb not in VERBS:
                self.notices.add(INVALID, directive.head, known=(*VERBS, FRONT_MATTER_KEY))
            elif directive.verb == "enable":
                for word, keyword in ((directive.until, "until"), (directive.by, "by")):
                    if word is not None:
                        self.notices.add(INVALID, _shown(word, keyword), hint=" An end takes neither date nor name.")
                self._keep(directive, holds=True)
            elif not directive.names:
                self.notices.add(INVALID, directive.head, hint=_NAME_A_RULE)
            else:
                if require_reason and not directive.reason:
                    self.notices.add(NO_REASON, directive.head)
                self._keep(directive, holds=self._holds(directive, clock))

    def settle(self) -> Iterator[tuple[Directive, Word, list[int]]]:
        """Each name that is in force, with the numbers in `found` that it is the first to hide; notices on the rest."""
        extents = Extents(self._document)
        index = FindingIndex(self.found)
        ranges = self._ranges()
        for number, directive in enumerate(self._directives):
            if directive.verb == "enable" or number in self._void:
                continue
            is_range = directive.verb == "disable"
            whole = extents.rest(directive) if is_range else extents.of(directive)
            for word in directive.names:
                reaches = [(self._members[word.text], whole)]
                if is_range:
                    own = ranges[number, word.text]
                    reaches = [(one.rules, (one.start, whole[1] if one.end is None else one.end)) for one in own]
                    if any(one.end is None for one in own):
                        self.notices.add(UNCLOSED, word)
                covered, hidden = index.take(reaches)
                if not covered and self._was_looked_for(word.text):
                    self.notices.add(UNUSED, word)
                yield directive, word, hidden

    def _keep(self, directive: Directive, *, holds: bool) -> None:
        """Keep a directive with the names that stand for rules; a notice on each other one."""
        unknown = [word for word in directive.names if word.text not in self._members]
        for word in unknown:
            self.notices.add(UNKNOWN, word, known=self._members)
        if unknown:
            known = tuple(word for word in directive.names if word.text in self._members)
            if not known:
                return  # Not to be taken for an end of all ranges.
            directive = directive._replace(names=known)
        if not holds:
            self._void.add(len(self._directives))
        self._directives.append(directive)

    def _holds(self, directive: Directive, clock: Clock) -> bool:
        """Whether a directive can be trusted today: its date is one, and not past, and its name is there."""
        if directive.by is not None and not directive.by.text:
            self.notices.add(INVALID, _shown(directive.by, "by"), hint=" Write the name of who decided after it.")
            return False
        until = directive.until
        if until is None:
            return True
        if not is_day(until.text):
            self.notices.add(NO_DATE, _shown(until, "until"))
            return False
        if until.text < clock():
            self.notices.add(EXPIRED, until)
            return False
        return True

    def _ranges(self) -> dict[tuple[int, str], list[Range]]:
        """The ranges of each name of a `disable`, by the number of the directive; a notice on each end of nothing."""
        marks = (
            Mark(number, directive.verb == "disable", _border(directive), tuple(word.text for word in directive.names))
            for number, directive in enumerate(self._directives)
            if directive.verb in ("disable", "enable")
        )
        ranges, vain = pair(marks, self._members)
        for number, name in vain:
            directive = self._directives[number]
            of = next((word for word in directive.names if word.text == name), directive.head)
            self.notices.add(NOTHING_TO_END, of)
        found: dict[tuple[int, str], list[Range]] = {}
        for one in ranges:
            found.setdefault((one.number, one.name), []).append(one)
        return found

    def _was_looked_for(self, name: str) -> bool:
        """Whether all rules of a name would have fired here; one of some jurisdictions only may be silent on account
        of the others.
        """
        if name not in self._looked_for:
            rules = (self._rules[rule] for rule in self._members[name])
            self._looked_for[name] = all(
                self._selects(rule.id) and len(rule.jurisdictions) == len(JURISDICTIONS) for rule in rules
            )
        return self._looked_for[name]


def _place(finding: Finding) -> tuple[int, str, int]:
    return finding.start, finding.rule, finding.end


def _members(rules: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """What each name stands for: a rule for itself, a group for all of its rules."""
    groups: dict[str, list[str]] = {}
    for rule in rules:
        groups.setdefault(rule.partition("/")[0], []).append(rule)
    return {**{group: tuple(members) for group, members in groups.items()}, **{rule: (rule,) for rule in rules}}


def _border(directive: Directive) -> int:
    """Where a range begins or ends: the comments themselves are not inside of it."""
    return directive.end if directive.verb == "disable" else directive.start


def _shown(word: Word, keyword: str) -> Word:
    """The word, or its keyword where nothing follows that."""
    return word if word.text else word._replace(text=keyword)


def _reason(directive: Directive) -> str:
    """The reason on one line, with who decided and how long it holds."""
    by = f"by {directive.by.text}" if directive.by else ""
    until = f"until {directive.until.text}" if directive.until else ""
    return "; ".join(part for part in (directive.reason, by, until) if part)
