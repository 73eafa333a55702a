"""What passes between the rooms: a hit of a check, and the finding that a reader is shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from copylint.record import Record

Severity = Literal["error", "warning", "suggestion"]
Status = Literal["open", "suppressed", "baseline", "approved"]
JURISDICTIONS = ("us", "uk", "au", "ca", "eu")
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "suggestion")
"""From the gravest to the mildest."""


class Hit(Record):
    """What a check says: this rule, here, with these words for its message.

    start and end are visible offsets. values fill the {names} of the rule's message and better lines; {match} is
    filled by itself. severity and fix override the rule's; better goes before it. jurisdictions: where the hit counts;
    none for all of the rule's. about: what a hit stands for that is no matter of one sentence (a treatment whose risks
    are missing, a term that is explained nowhere): its place moves when the text around it does, this does not.
    """

    rule: str
    start: int
    end: int
    values: Mapping[str, str] = {}
    severity: Severity | None = None
    better: tuple[str, ...] = ()
    fix: str | None = None
    jurisdictions: frozenset[str] = frozenset()
    about: str = ""
    place: tuple[int, int] | None = None
    """Source offsets, where more than the visible words is meant: a link with its address."""


class Candidate(Record):
    """Something that a rule looked at and let through, and why: what `copylint why` shows.

    kind: "context" (a cue), "let-through" (an exception of the rule), "unless", "requires", "subject", "duty" or
    "setting".
    reason: one line for the reader. cue_start, cue_end: visible offsets of the cue, where there is one.
    """

    rule: str
    start: int
    end: int
    kind: str
    reason: str
    cue_start: int | None = None
    cue_end: int | None = None


class Verdict(Record):
    """What one jurisdiction says of a finding: its severity there, and the ids of the regulations behind it."""

    severity: Severity
    citations: tuple[str, ...]


class Finding(Record):
    """A finding as it is reported. start and end are source offsets; text is the visible text."""

    rule: str
    severity: Severity
    message: str
    why: str
    text: str
    start: int
    end: int
    better: tuple[str, ...]
    fix: str | None
    verdicts: Mapping[str, Verdict]
    status: Status = "open"
    reason: str = ""
    """Of a suppression or an approval: why it is not open."""
    sentence: str = ""
    """The visible text of the sentence that it begins in, white space folded; empty for a notice about the tool."""
    about: str = ""
    """As in Hit. It tells the finding from others where the sentence does not."""


class FileReport(Record):
    """What was found in one file. readability: measures by name, as in the JSON report. notices: lines for the user.

    error: why the file could not be read; the other fields are empty then.
    """

    path: str
    format: str
    source: str
    words: int
    words_read: int
    readability: Mapping[str, float]
    findings: tuple[Finding, ...]
    notices: tuple[str, ...] = ()
    error: str = ""


class Report(Record):
    """A whole run: the files in the order of their paths, and what every reader must be told."""

    version: str
    rules: str
    """sha256:... of the rules and the knowledge that gave the verdicts."""
    knowledge_date: str
    """Month of the knowledge, as 2026-11."""
    jurisdictions: tuple[str, ...]
    files: tuple[FileReport, ...]
    baseline: bool = False
    """Whether known findings were told from new ones."""
