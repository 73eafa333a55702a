"""Misuse of suppressions as findings: each kind has a rule of its own in the group copylint, which words it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from copylint.documents.document import Document
from copylint.findings import Finding
from copylint.nearest import did_you_mean
from copylint.verdicts.suppressions.directives import Word

if TYPE_CHECKING:
    from copylint.rules.policy import Policy

UNKNOWN = "copylint/unknown-rule"
UNUSED = "copylint/unused-suppression"
NO_REASON = "copylint/missing-reason"
INVALID = "copylint/invalid-suppression"
UNCLOSED = "copylint/unclosed-range"
NOTHING_TO_END = "copylint/enable-without-disable"
EXPIRED = "copylint/expired-suppression"
NO_DATE = "copylint/invalid-date"
MOST_HINTS = 10
"""Unknown names of one file for which the nearest known one is looked up: it is slow."""
_LONGEST_NAME = 80
"""Characters of a name that are shown, and for which a nearest one is looked up."""
_VALUE = re.compile(r"\{([a-z_]+)\}")


class Notices:
    """The notices of one document."""

    def __init__(self, document: Document, policy: Policy) -> None:
        self.found: list[Finding] = []
        self._document = document
        self._policy = policy
        self._hints = 0

    def add(self, rule_id: str, word: Word, *, hint: str = "", known: Iterable[str] = ()) -> None:
        """One notice, placed on a word. hint: what to do, behind the message. known: names that may have been meant.

        A policy of the user's own may leave a rule out; then there is no notice.
        """
        rule = self._policy.rules.get(rule_id)
        if rule is None:
            return
        if known and self._hints < MOST_HINTS and len(word.text) <= _LONGEST_NAME:
            self._hints += 1
            hint = did_you_mean(word.text, known)
        name = word.text if len(word.text) <= _LONGEST_NAME else f"{word.text[:_LONGEST_NAME]}…"
        values = {"name": name, "hint": hint, "match": name}
        self.found.append(
            Finding(
                rule.id, rule.severity, _filled(rule.message, values), _filled(rule.why, values),
                self._document.source.text[word.start : word.end], word.start, word.end,
                tuple(_filled(line, values) for line in rule.better), None, {},
            )
        )  # fmt: skip


def _filled(line: str, values: Mapping[str, str]) -> str:
    return _VALUE.sub(lambda match: values.get(match[1], match[0]), line) if "{" in line else line
