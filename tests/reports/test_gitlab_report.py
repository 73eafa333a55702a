"""The code quality report, held to the fields that GitLab documents."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import jsonschema
from hypothesis import given
from hypothesis import strategies as st

from copylint.findings import Report
from copylint.reports import Style, render

TEXT = {"type": "string", "minLength": 1}
DOCUMENTED = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "location", "severity"],
        "additionalProperties": False,
        "properties": {
            "description": TEXT,
            "check_name": TEXT,
            "fingerprint": TEXT,
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "not": {"pattern": r"^\./"}},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {"begin": {"type": "integer", "minimum": 1}},
                    },
                },
            },
        },
    },
}
"""The table "Code Quality report format" of GitLab's documentation, as a schema; GitLab publishes none."""


def entries(report: Report) -> list[dict[str, Any]]:
    found = json.loads(render("gitlab", report, Style()).encode("utf-8", "backslashreplace"))
    jsonschema.validate(found, DOCUMENTED)
    assert isinstance(found, list)
    return found


def test_open_findings_then_what_is_said_of_files(report: Report) -> None:
    assert [(one["check_name"], one["severity"], one["location"]["lines"]["begin"]) for one in entries(report)] == [
        ("overclaim/permanence", "major", 3),
        ("overclaim/hype", "minor", 4),
        ("overclaim/hype", "info", 6),
        ("overclaim/safety", "major", 7),
        ("overclaim/painless", "minor", 10),
        ("copylint/unreadable-file", "critical", 1),
        ("copylint/file-notice", "info", 1),
    ]


def test_known_and_approved_findings_are_left_out(settled: Report) -> None:
    assert [one["location"]["lines"]["begin"] for one in entries(settled)] == [6, 7, 10, 1, 1]


def test_fingerprints_are_unique_and_outlast_new_lines_above(report: Report) -> None:
    before = [one["fingerprint"] for one in entries(report)]
    assert len(set(before)) == len(before)
    clean, page, broken = report.files
    moved = [one._replace(start=one.start + 2, end=one.end + 2) for one in page.findings]
    lower = page._replace(source=f"\n\n{page.source}", findings=tuple(moved))
    after = entries(report._replace(files=(clean, lower, broken)))
    assert [one["fingerprint"] for one in after] == before
    assert after[0]["location"]["lines"]["begin"] == 5


def test_the_same_claim_in_two_files_is_two_entries(report: Report) -> None:
    clean, page, broken = report.files
    both = entries(report._replace(files=(clean, page, page._replace(path="docs/twin.md"), broken)))
    assert len({one["fingerprint"] for one in both}) == len(both)


@given(st.text(min_size=1), st.text(min_size=1))
def test_any_copy_gives_a_valid_report(hostile: Callable[..., Report], text: str, path: str) -> None:
    assert len(entries(hostile(text, path=path))) == 3


def test_a_run_without_findings_is_an_empty_list(report: Report) -> None:
    assert entries(report._replace(files=report.files[:1])) == []
