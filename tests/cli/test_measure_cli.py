"""`copylint test --corpus`: the linter held against labelled texts."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
Write = Callable[..., None]
TOP = Path(__file__).parent.parent.parent

RECORDS: tuple[dict[str, object], ...] = (
    {
        "id": "ad", "text": "A miracle. A permanent lift. It feels like magic.",
        "spans": [{"quote": "miracle", "label": "hype"}, {"quote": "like magic", "label": "hype"}],
    },
    {
        "id": "leaflet", "kind": "neutral", "text": "There is a permanent mark.\u202e",
        "spans": [{"quote": "permanent mark", "label": "ok:hype"}],
    },
)  # fmt: skip
"""The small engine finds "miracle" and "permanent"; every rule of it has the label hype."""


@pytest.fixture
def corpus(write: Write) -> str:
    write("c.jsonl", "\n".join(json.dumps(record) for record in RECORDS))
    return "c.jsonl"


def test_a_corpus_is_measured(copylint: Run, corpus: str) -> None:
    """Found: miracle (right), permanent (twice, false). Labelled: miracle, like magic."""
    done = copylint("test", "--corpus", corpus)
    assert (done.code, done.err) == (0, "")
    rows = [line.split() for line in done.out.splitlines()]
    assert ["hype", "3", "0.33", "2", "0.50", "0.40", "1", "0.00"] in rows
    assert ["overclaim/hype", "1", "1.00", "2", "0.50", "0.67", "1", "1.00"] in rows
    assert ["overclaim/permanence", "2", "0.00", "2", "0.00", "0.00", "1", "0.00"] in rows
    assert "texts: 2 of 14 words; jurisdictions: us" in done.out
    assert "alarms in neutral texts: 200.00 per 1,000 words (1 in 5)" in done.out


def test_no_text_of_the_corpus_is_printed_unasked(copylint: Run, corpus: str) -> None:
    for format_ in ("text", "json"):
        out = copylint("test", "--corpus", corpus, "--format", format_).out
        assert not any(word in out for word in ("miracle", "magic", "permanent lift", "mark"))


def test_json_has_the_numbers_unrounded(copylint: Run, corpus: str) -> None:
    plain = json.loads(copylint("test", "--corpus", corpus, "--format", "json", "--jurisdiction", "us,uk").out)
    assert plain["labels"]["hype"]["precision"] == 1 / 3
    assert (plain["schema"], plain["rules"], plain["jurisdictions"]) == (1, "sha256:00", ["us", "uk"])
    assert "cases" not in plain


@pytest.mark.parametrize(
    ("arguments", "lines"),
    [
        (["misses"], ["c.jsonl:1: ad: hype: A miracle. A permanent lift. It feels [[like magic]]."]),
        (
            ["false"],
            [
                "c.jsonl:1: ad: hype (overclaim/permanence): A miracle. A [[permanent]] lift. It feels like magic.",
                "c.jsonl:2: leaflet: hype (overclaim/permanence): There is a [[permanent]] mark.\\u202e",
            ],
        ),
        (["decoys"], ["c.jsonl:2: leaflet: hype (overclaim/permanence): There is a [[permanent mark]].\\u202e"]),
        (["false", "--rule", "hype"], []),
        (["false", "--label", "speed"], []),
        (["misses", "--label", "hype", "--rule", "hype"], ["c.jsonl:1: ad: hype: A miracle. A permanent lift. It feels "
                                                           "[[like magic]]."]),
    ],
)  # fmt: skip
def test_cases_are_shown_on_demand(arguments: list[str], lines: list[str], copylint: Run, corpus: str) -> None:
    done = copylint("test", "--corpus", corpus, "--show", *arguments)
    assert (done.code, done.out.splitlines()) == (0, lines)
    assert f": {len(lines)} (texts: 2)" in done.err


def test_cases_in_json_are_plain_ascii(copylint: Run, corpus: str) -> None:
    out = copylint("test", "--corpus", corpus, "--show", "decoys", "--format", "json").out
    assert out.isascii()
    assert [case["text"] for case in json.loads(out)["cases"]] == ["permanent mark"]


def test_several_files_may_follow(copylint: Run, corpus: str, write: Write) -> None:
    write("d.jsonl", json.dumps(RECORDS[0]))
    for arguments in (("--corpus", corpus, "d.jsonl"), ("--corpus", corpus, "--corpus", "d.jsonl")):
        assert "texts: 3 of" in copylint("test", *arguments).out


def test_rules_of_a_file_are_in_force_too(copylint: Run, corpus: str, write: Write) -> None:
    write("rules.yaml")
    write("mine.yaml", "fault")
    done = copylint("test", "mine.yaml", "--corpus", corpus)
    assert (done.code, done.out) == (2, "")
    assert "mine.yaml" in done.err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--corpus", "none.jsonl"], "none.jsonl: cannot be read: "),
        (["--corpus", "broken.jsonl"], "broken.jsonl:1: is no JSON (column 1: Expecting value)"),
        (["--corpus", "c.jsonl", "--label", "hype"], "give --show misses, false or decoys"),
        (
            ["--corpus", "c.jsonl", "--show", "false", "--label", "hyep"],
            'no label "hyep" is measured. Did you mean "hype"',
        ),
        (["--corpus", "c.jsonl", "--show", "false", "--label", "notice"], 'no label "notice" is measured.'),
        (["--corpus", "c.jsonl", "--show", "false", "--rule", "hpye"], "hpye"),
        (["--corpus", "c.jsonl", "--jurisdiction", "fr"], "fr"),
        (["--show", "false"], "go with --corpus FILE..."),
        (["--format", "json"], "go with --corpus FILE..."),
        (["a.yaml", "b.yaml"], "give one file of rules; labelled texts are named by --corpus FILE..."),
    ],
)
def test_what_cannot_be_done_is_told(
    arguments: list[str], message: str, copylint: Run, corpus: str, write: Write
) -> None:
    write("broken.jsonl", "miracle")
    done = copylint("test", *arguments)
    assert (done.code, done.out) == (2, "")
    assert message in done.err


def test_a_file_name_cannot_harm_the_terminal(copylint: Run, write: Write) -> None:
    write("a\x1b[2J.jsonl", "x")
    assert "a\\x1b[2J.jsonl:1: is no JSON" in copylint("test", "--corpus", "a\x1b[2J.jsonl").err


def masked(text: str) -> list[str]:
    """Lines with white space evened out and every number the same: what rules say changes, the table does not."""
    return [re.sub(r"(?<![\w-])(\d[\d,.]*|-)(?!\w)", "#", " ".join(line.split())) for line in text.splitlines()]


def test_the_manual_shows_what_is_printed(monkeypatch: pytest.MonkeyPatch, capfdbinary: Any) -> None:
    """The real linter on the corpus of the manual. Its table must have the manual's head, foot and commonest rows."""
    from copylint.cli import run

    monkeypatch.chdir(TOP)
    command = ["test", "--corpus", "benchmarks/corpus/own.jsonl", "--jurisdiction", "us,uk,au"]
    manual = (TOP / "docs" / "manual" / "measuring.md").read_text(encoding="utf-8")
    _, found, rest = manual.partition(f"$ copylint {' '.join(command)}\n")
    assert found
    assert run([*command, "--no-config"]) == 0
    printed = masked(capfdbinary.readouterr().out.decode())
    shown = masked(rest.partition("```")[0])
    assert [
        line for line in shown if line.startswith(("label ", "rule ", "whole ", "all ", "any ", "texts", "macro"))
    ] == [line for line in printed if line.startswith(("label ", "rule ", "whole ", "all ", "any ", "texts", "macro"))]
    assert {"hype # # # # # # #", "overclaim/downtime # # # # # # #"} <= {*shown} & {*printed}
