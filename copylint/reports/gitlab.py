"""`gitlab`: a code quality report, which GitLab shows in the merge request and beside the changed lines.

Open findings, files that could not be read, and notices. GitLab knows an entry again by its fingerprint, and wants it
unique in the report: it is made of the finding's own and of the path.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from copylint.documents.document import Lines
from copylint.findings import FileReport, Report, Severity
from copylint.reports import Style
from copylint.reports.summary import UNREADABLE, Remark, remarks
from copylint.reports.visible import shortened
from copylint.verdicts import fingerprints

GRAVITY: dict[Severity, str] = {"error": "major", "warning": "minor", "suggestion": "info"}
MOST_CHARACTERS = 1000

Entry = dict[str, Any]


def render(report: Report, style: Style) -> str:
    """A JSON list of entries, by file and place; what is said of whole files comes last. style is not used."""
    entries = [entry for file in report.files for entry in _entries(file)]
    entries += [_of_file(remark) for remark in remarks(report)]
    return json.dumps(entries, ensure_ascii=False, indent=2) + "\n"


def _entries(file: FileReport) -> Iterator[Entry]:
    places = Lines(file.source)
    for finding, fingerprint in zip(file.findings, fingerprints.of(file), strict=True):
        if finding.status != "open":
            continue
        lines = {"begin": places.position(finding.start)[0], "end": places.position(finding.end)[0]}
        said = " ".join((finding.message, *(f"Instead: {line}" for line in finding.better)))
        yield _entry(finding.rule, said, GRAVITY[finding.severity], file.path, lines, fingerprint)


def _of_file(remark: Remark) -> Entry:
    gravity = "critical" if remark.rule == UNREADABLE else "info"
    return _entry(remark.rule, remark.message, gravity, remark.path, {"begin": 1, "end": 1}, remark.message)


def _entry(rule: str, said: str, gravity: str, path: str, lines: dict[str, int], fingerprint: str) -> Entry:
    identity = "\0".join((rule, path, fingerprint)).encode("utf-8", "backslashreplace")
    return {
        "description": shortened(said, MOST_CHARACTERS),
        "check_name": rule,
        "fingerprint": sha256(identity).hexdigest(),
        "severity": gravity,
        "location": {"path": path, "lines": lines},
    }
