"""Annotations for GitHub Actions, read as the runner reads them."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from copylint.findings import Report
from copylint.reports import Style, render

_COMMAND = re.compile(r"::(?P<name>[a-z-]+)(?: (?P<properties>.*?))?::(?P<data>.*)")


class Command(NamedTuple):
    """A workflow command, unescaped."""

    name: str
    properties: dict[str, str]
    data: str


def read(line: str) -> Command | None:
    """The command in a line of the log as the runner finds it (its documentation, "Workflow commands")."""
    match = _COMMAND.fullmatch(line)
    if match is None:
        return None
    properties = dict(part.split("=", 1) for part in (match["properties"] or "").split(","))
    return Command(
        match["name"],
        {name: unescape(value, {"%3A": ":", "%2C": ","}) for name, value in properties.items()},
        unescape(match["data"], {}),
    )


def unescape(text: str, more: dict[str, str]) -> str:
    for escape, sign in {"%0D": "\r", "%0A": "\n", **more, "%25": "%"}.items():
        text = text.replace(escape, sign)
    return text


def commands(report: Report) -> list[Command]:
    found = [read(line) for line in render("github", report, Style()).split("\n")[:-1]]
    return [command for command in found if command]


def test_the_gravest_come_first_and_what_was_not_read_before_all(report: Report) -> None:
    assert [(one.name, one.properties["title"]) for one in commands(report)] == [
        ("error", "copylint/unreadable-file"),
        ("error", "overclaim/permanence"),
        ("error", "overclaim/safety"),
        ("warning", "overclaim/hype"),
        ("warning", "overclaim/painless"),
        ("notice", "overclaim/hype"),
        ("notice", "copylint/file-notice"),
    ]


def test_an_annotation_says_where_what_and_what_instead(report: Report) -> None:
    one = commands(report)[1]
    assert one.properties == {
        "file": "docs/page.md", "line": "3", "endLine": "3", "col": "32", "endColumn": "43",
        "title": "overclaim/permanence",
    }  # fmt: skip
    assert one.data.split("\n") == [
        'docs/page.md:3:32: "permanently" says more than can be shown.',
        'Instead: Say what was measured: "fat was thinner by a fifth after 12 weeks".',
        "Instead: Or leave it out.",
    ]


def test_an_annotation_over_several_lines_has_no_columns(report: Report) -> None:
    assert list(commands(report)[2].properties) == ["file", "line", "endLine", "title"]


def test_ten_of_a_kind_are_printed_and_the_others_counted(hostile: Callable[..., Report]) -> None:
    lines = render("github", hostile("miracle", count=1234), Style()).splitlines()
    assert [read(line) is not None for line in lines] == [*[True] * 11, False]
    assert lines[-1] == "copylint: 1,225 errors more; GitHub shows 10 annotations of a kind for one step"
    lines = render("github", hostile("miracle", count=11, severity="warning"), Style()).splitlines()
    assert lines[-1].startswith("copylint: 1 warning more;")


def test_settled_findings_are_no_annotations(settled: Report) -> None:
    assert [one.name for one in commands(settled)] == ["error", "error", "warning", "notice", "notice"]


@given(st.text(min_size=1), st.text(min_size=1))
def test_no_copy_and_no_file_name_sets_a_command_of_its_own(
    hostile: Callable[..., Report], text: str, path: str
) -> None:
    report = hostile(f"::error::{text}\n::stop-commands::x\r##[error]y%0A::add-mask::z", path=f"{path},line=9::x")
    found = commands(report)
    assert [one.name for one in found] == ["error", "error", "notice"]
    assert len(render("github", report, Style()).splitlines()) == 3
    assert all(set(one.properties) <= {"file", "line", "endLine", "col", "endColumn", "title"} for one in found)
    assert all(",line=9::x" in one.properties["file"] for one in found)


def test_signs_of_the_grammar_come_out_as_they_went_in(hostile: Callable[..., Report]) -> None:
    found = commands(hostile("100% of it: a, b", path="50%, a:b.md"))
    assert found[1].properties["file"] == "50%, a:b.md"
    assert found[1].data.startswith('50%, a:b.md:1:1: "100% of it: a, b" is too much.')


def test_a_run_without_findings_prints_nothing(report: Report) -> None:
    assert render("github", report._replace(files=report.files[:1]), Style()) == ""
