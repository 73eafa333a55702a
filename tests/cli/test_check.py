"""`copylint check`: exit codes, streams, selection, colours."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
Write = Callable[..., None]

EXIT_CODES = [
    ("clean", {"a.md": "fine\n"}, [], 0),
    ("an error", {"a.md": "permanent\n"}, [], 1),
    ("a warning is below the bar", {"a.md": "miracle\n"}, [], 0),
    ("unless the bar is lower", {"a.md": "miracle\n"}, ["--fail-on", "warning"], 1),
    ("or lower still", {"a.md": "utilise\n"}, ["--fail-on", "suggestion"], 1),
    ("never", {"a.md": "permanent\n"}, ["--fail-on", "never"], 0),
    ("exit zero", {"a.md": "permanent\n"}, ["--exit-zero"], 0),
    ("let through", {"a.md": "no permanent result\n"}, [], 0),
    ("empty file", {"a.md": ""}, [], 0),
    ("no copy", {"a.py": "permanent\n"}, [], 2),
    ("missing", {"a.md": "fine\n"}, ["b.md"], 2),
    ("binary", {"a.md": b"\0\1"}, [], 2),
    ("trouble outranks findings", {"a.md": "permanent\n", "b.md": b"\0"}, [], 2),
    ("and exit zero", {"b.md": b"\0"}, ["--exit-zero"], 2),
    ("unknown option", {"a.md": "fine\n"}, ["--jurisdictions", "us"], 2),
    ("unknown format", {"a.md": "fine\n"}, ["--format", "xml"], 2),
    ("broken configuration", {"a.md": "fine\n", "copylint.toml": "select = 1"}, [], 2),
    ("broken rules", {"a.md": "fine\n", "copylint.toml": "rules = ['r.yaml']", "r.yaml": "fault"}, [], 2),
    ("all excluded", {"a.md": "permanent\n", "copylint.toml": "exclude = ['*.md']"}, ["a.md"], 0),
    ("a folder all excluded", {"a/a.md": "permanent\n", "copylint.toml": "exclude = ['a']"}, ["."], 0),
]


@pytest.mark.parametrize(
    ("files", "arguments", "code"), [case[1:] for case in EXIT_CODES], ids=[case[0] for case in EXIT_CODES]
)
def test_exit_codes(
    files: dict[str, str | bytes], arguments: list[str], code: int, copylint: Run, write: Write
) -> None:
    for name, content in files.items():
        write(name, content)
    done = copylint("check", *arguments)
    assert done.code == code, done.err
    assert "Traceback" not in done.err


def test_findings_are_printed_beside_trouble(copylint: Run, write: Write) -> None:
    write("a.md", "permanent\n")
    write("b.md", b"\0")
    done = copylint("check", "-f", "concise", "a.md", "b.md", "c.md")
    assert done.out == 'a.md:1:1: error overclaim/permanence "permanent" is flagged.\n'
    assert done.err.splitlines()[:2] == [
        "b.md: error: is no text (binary data): save it as UTF-8 text, or leave it out with `exclude`",
        'c.md: error: does not exist. Did you mean "b.md"?',
    ]


def test_findings_go_to_stdout_and_chatter_to_stderr(copylint: Run, write: Write) -> None:
    write("a.md", "permanent caf\xe9".encode("latin-1"))
    done = copylint("check")
    assert "overclaim/permanence" in done.out
    assert "jurisdictions" not in done.out
    assert "a.md: notice: is not UTF-8" in done.err
    assert "Found 1 error in 1 of 1 file · jurisdictions: us · no legal advice; knowledge as of 2026-11" in done.err


def test_quiet_prints_findings_and_errors_only(copylint: Run, write: Write) -> None:
    write("a.md", "permanent caf\xe9".encode("latin-1"))
    done = copylint("check", "-q", ".", "gone.md")
    assert "overclaim/permanence" in done.out
    assert done.err == "gone.md: error: does not exist. Check the path.\n"


def test_json_is_alone_on_stdout_and_in_utf_8(copylint: Run, write: Write) -> None:
    write("ä.md", "permanent")
    done = copylint("check", "--format", "json")
    assert json.loads(done.out)["files"][0]["path"] == "ä.md"
    assert done.out.endswith("}\n")
    assert done.err == ""


def test_json_is_whole_even_if_everything_is_excluded_or_unreadable(copylint: Run, write: Write) -> None:
    write("a.md", b"\0")
    done = copylint("check", "--format", "json")
    assert (json.loads(done.out)["files"], json.loads(done.out)["errors"][0]["path"]) == ([], "a.md")
    write("copylint.toml", "exclude = ['*.md']")
    done = copylint("check", "--format", "json")
    assert (json.loads(done.out)["files"], done.code) == ([], 0)
    assert "excluded by the configuration" in done.err


def test_a_report_can_be_written_to_a_file(copylint: Run, write: Write, tmp_path: Path) -> None:
    write("a.md", "permanent")
    done = copylint("check", "-f", "json", "-o", "report.json")
    assert done.out == ""
    assert "Found 1 error" in done.err
    assert json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))["summary"]["error"] == 1


def test_a_report_that_cannot_be_written_is_trouble(copylint: Run, write: Write) -> None:
    write("a.md")
    done = copylint("check", "-o", "no/such/folder.txt")
    assert done.code == 2
    assert "no/such/folder.txt" in done.err


def test_standard_input_is_read(copylint: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("a permanent é".encode())))
    assert copylint("check", "-f", "concise", "-").out.startswith("-:1:3: error")


@pytest.mark.parametrize("paths", [["-"], []])
def test_standard_input_goes_by_its_name(paths: list[str], copylint: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"permanent")))
    done = copylint("check", "-f", "concise", "--stdin-filename", "docs/a.md", *paths)
    assert done.out.startswith("docs/a.md:1:1: error")


def test_a_name_for_standard_input_without_it_is_a_mistake(copylint: Run, write: Write) -> None:
    write("a.md")
    assert copylint("check", "--stdin-filename", "x.md", "a.md").code == 2


SELECTED = [
    (["--select", "overclaim/hype"], {"overclaim/hype"}),
    (["--select", "overclaim"], {"overclaim/hype", "overclaim/permanence"}),
    (["--select", "overclaim/hype,readability"], {"overclaim/hype", "readability/jargon"}),
    (["--select", "overclaim/hype", "--select", "readability"], {"overclaim/hype", "readability/jargon"}),
    (["--ignore", "overclaim"], {"readability/jargon"}),
    (["--select", "overclaim", "--ignore", "overclaim/hype"], {"overclaim/permanence"}),
]


@pytest.mark.parametrize(("arguments", "rules"), SELECTED)
def test_rules_are_selected_and_ignored(arguments: list[str], rules: set[str], copylint: Run, write: Write) -> None:
    write("a.md", "permanent miracle utilise\n")
    findings = json.loads(copylint("check", "-f", "json", *arguments).out)["files"][0]["findings"]
    assert {finding["rule"] for finding in findings} == rules


def test_the_command_line_outweighs_the_configuration(copylint: Run, write: Write) -> None:
    write("copylint.toml", "select = ['readability']\nignore = ['overclaim/hype']\njurisdictions = ['uk']\n")
    write("a.md", "permanent miracle utilise\n")
    done = copylint("check", "-f", "concise", "--select", "overclaim/hype", "--jurisdiction", "au,us")
    assert done.out.count("\n") == 1
    assert "overclaim/hype" in done.out
    assert "jurisdictions: us, au" in done.err
    assert copylint("check", "-f", "concise", "--no-config").out.count("\n") == 3
    assert copylint("check", "-f", "concise").out.count("\n") == 1


MISTAKES = [
    (["--select", "overclaim/hpye"], 'no rule or group "overclaim/hpye". Did you mean "overclaim/hype"?'),
    (["--ignore", "overclam"], 'no rule or group "overclam". Did you mean "overclaim"?'),
    (["--select", "zzz"], "`copylint rules` lists all rules."),
    (["--jurisdiction", "uk,uss"], 'no jurisdiction "uss". Did you mean "us"?'),
    (["--jurisdiction", ","], "no jurisdiction given. There are us, uk, au, ca, eu."),
    (["--config", "gone.toml"], "gone.toml: cannot be read"),
    (["--config", "a.toml", "--no-config"], "exclude each other"),
]


@pytest.mark.parametrize(("arguments", "message"), MISTAKES)
def test_mistakes_are_told_with_what_was_probably_meant(
    arguments: list[str], message: str, copylint: Run, write: Write
) -> None:
    write("a.md")
    done = copylint("check", *arguments)
    assert (done.code, done.out) == (2, "")
    assert message in done.err


def test_faults_of_rule_files_are_told_with_their_place(copylint: Run, write: Write) -> None:
    write("copylint.toml", "rules = ['ours.yaml']")
    write("ours.yaml", "fault")
    done = copylint("check")
    assert 'ours.yaml:3:7: no word class <fatt>\n  Did you mean "fat"?' in done.err


COLORS = [
    ("auto, no terminal", [], {}, False),
    ("always", ["--color", "always"], {"NO_COLOR": "1"}, True),
    ("never", ["--color", "never"], {"FORCE_COLOR": "1"}, False),
    ("forced by the environment", [], {"FORCE_COLOR": "1"}, True),
    ("NO_COLOR outweighs FORCE_COLOR", [], {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
    ("empty NO_COLOR says nothing", [], {"FORCE_COLOR": "1", "NO_COLOR": ""}, True),
    ("json never", ["--color", "always", "-f", "json"], {}, False),
]


@pytest.mark.parametrize(
    ("arguments", "environment", "colored"), [case[1:] for case in COLORS], ids=[case[0] for case in COLORS]
)
def test_colors(
    arguments: list[str],
    environment: dict[str, str],
    colored: bool,
    copylint: Run,
    write: Write,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    write("a.md", "permanent")
    assert ("\x1b[" in copylint("check", *arguments).out) is colored


def test_control_characters_never_reach_the_terminal(copylint: Run, write: Write) -> None:
    write("a.md", "a \x1b[31m permanent \u202e result")
    done = copylint("check")
    assert r"\x1b[31m permanent \u202e" in done.out
    assert not {"\x1b", "\u202e"} & set(done.out + done.err)


def test_a_fault_of_ours_is_no_finding(copylint: Run, write: Write) -> None:
    write("a.md", "CRASH")
    done = copylint("check")
    assert done.code == 2
    assert "please report it" in done.err


def test_an_interrupted_run_ends_quietly(copylint: Run, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    write("a.md")
    monkeypatch.setattr("copylint.files.read", interrupt)
    done = copylint("check")
    assert (done.code, done.out, done.err.strip()) == (130, "", "")
