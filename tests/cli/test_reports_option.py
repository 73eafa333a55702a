"""`copylint check --report FORMAT=FILE`: several reports of one run."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from copylint.reports import FORMATS

Run = Callable[..., Any]
Write = Callable[..., None]


@pytest.mark.parametrize("format_", FORMATS)
def test_a_report_is_what_format_would_have_printed(format_: str, copylint: Run, write: Write, tmp_path: Path) -> None:
    write("docs/ä.md", "permanent miracle\n")
    printed = copylint("check", "--format", format_, "docs")
    done = copylint("check", "--format", "concise", "--report", f"{format_}=report.out", "docs")
    assert (tmp_path / "report.out").read_bytes().decode() == printed.out
    assert done.out.startswith("docs/ä.md:1:1: error overclaim/permanence")
    assert done.code == printed.code == 1


def test_several_are_written_beside_the_one_that_is_printed(copylint: Run, write: Write, tmp_path: Path) -> None:
    write("a.md", "permanent")
    (tmp_path / "out").mkdir()
    reports = ["sarif=out/a.sarif", "junit=out/a=b.xml", "json=out/a.json", "json=out/b.json"]
    done = copylint("check", "-f", "github", "-o", "out/log", *[part for one in reports for part in ("--report", one)])
    assert (done.code, done.out) == (1, "")
    assert "Found 1 error" in done.err
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "a.json",
        "a.sarif",
        "a=b.xml",
        "b.json",
        "log",
    ]
    assert (tmp_path / "out" / "a.json").read_bytes() == (tmp_path / "out" / "b.json").read_bytes()


def test_a_report_file_has_no_colours(copylint: Run, write: Write, tmp_path: Path) -> None:
    write("a.md", "permanent")
    done = copylint("check", "--color", "always", "--report", "full=full.txt")
    assert "\x1b[" in done.out
    assert "\x1b" not in (tmp_path / "full.txt").read_text(encoding="utf-8")


def test_reports_tell_of_trouble_too(copylint: Run, write: Write, tmp_path: Path) -> None:
    write("a.md", b"\0")
    assert copylint("check", "--report", "json=a.json").code == 2
    assert json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))["errors"][0]["path"] == "a.md"


def test_a_rule_has_its_page_in_sarif(copylint: Run, write: Write, tmp_path: Path) -> None:
    write("a.md", "miracle")
    copylint("check", "--report", "sarif=a.sarif")
    (rule,) = json.loads((tmp_path / "a.sarif").read_text(encoding="utf-8"))["runs"][0]["tool"]["driver"]["rules"]
    assert rule["shortDescription"]["text"] == "Efficacy by adjective."
    for said in ("No evidence can carry it.", "Say what changes.", "It is a miracle.", "It is no miracle."):
        assert said in rule["help"]["text"]
    assert "- us: FTC, FTC Act, section 5 https://ftc.example/5\n- uk: uk-x" in rule["help"]["text"]
    assert "- us: [FTC, FTC Act, section 5](<https://ftc.example/5>)" in rule["help"]["markdown"]


def test_junit_fails_as_the_run_does(copylint: Run, write: Write, tmp_path: Path) -> None:
    write("a.md", "miracle")
    assert copylint("check", "--report", "junit=a.xml").code == 0
    assert 'failures="0"' in (tmp_path / "a.xml").read_text(encoding="utf-8")
    assert copylint("check", "--report", "junit=a.xml", "--fail-on", "warning").code == 1
    assert 'failures="1"' in (tmp_path / "a.xml").read_text(encoding="utf-8")


MISTAKES = [
    (["sarif"], "--report sarif: write FORMAT=FILE, as in --report sarif=copylint.sarif"),
    (["sarfi=a"], 'no format "sarfi". Did you mean "sarif"? There are full, concise, json, sarif'),
    (["=a"], 'no format "".'),
    (["SARIF=a"], 'Did you mean "sarif"?'),
    (["sarif="], 'no file after the "="'),
    (["sarif=-"], "a report goes to a file; --format says what goes to standard output"),
    (["sarif=sub"], "sub is a folder. Give a file in it."),
    (["sarif=no/such/a.sarif"], "no folder no/such. Make it first."),
    (["sarif=a.out", "json=a.out"], "--report json=a.out: another report goes to this file. Give another file."),
    (["sarif=a.out", "json=sub/../a.out"], "another report goes to this file"),
    (["json=log"], "another report goes to this file"),
    (["json=a.md"], "the file is one of those to check. Give another, or exclude it."),
    (["markdown=sub/../sub/b.md"], "the file is one of those to check"),
]


@pytest.mark.parametrize(("reports", "message"), MISTAKES)
def test_mistakes_are_told_before_anything_is_read_or_written(
    reports: list[str], message: str, copylint: Run, write: Write, tmp_path: Path
) -> None:
    write("a.md", "permanent")
    write("sub/b.md", "permanent")
    options = [part for one in reports for part in ("--report", one)]
    done = copylint("check", "-o", "log", *options, "a.md", "sub")
    assert (done.code, done.out) == (2, "")
    assert message in done.err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.md", "sub"]
    assert (tmp_path / "a.md").read_text(encoding="utf-8") == "permanent"


def test_a_report_that_cannot_be_written_keeps_none_of_the_others_back(
    copylint: Run, write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("a.md", "miracle")
    whole = Path.write_bytes

    def refuse(path: Path, data: bytes) -> int:
        if path.name == "a.sarif":
            raise PermissionError(13, os.strerror(13))
        return whole(path, data)

    monkeypatch.setattr(Path, "write_bytes", refuse)
    done = copylint("check", "-f", "concise", "--report", "sarif=a.sarif", "--report", "json=a.json")
    assert done.code == 2
    assert "a.sarif" in done.err
    assert "overclaim/hype" in done.out
    assert (tmp_path / "a.json").exists()
