"""`copylint rules`, `explain`, `why`, `test`, and the group around them."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType
from typing import Any

import pytest

from copylint.cli import VERBS
from copylint.cli.why import split_place

Run = Callable[..., Any]
Write = Callable[..., None]


def test_help_lists_every_verb(copylint: Run) -> None:
    done = copylint("--help")
    assert done.code == 0
    assert all(f"\n  {verb} " in done.out for verb in VERBS)


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_help(verb: str, copylint: Run) -> None:
    assert copylint(verb, "-h").out.startswith(f"Usage: copylint {verb}")


def test_the_version_is_printed(copylint: Run) -> None:
    assert copylint("--version").out == "copylint 0.1.0\n"


def test_an_unknown_verb_is_told_with_what_was_meant(copylint: Run, write: Write) -> None:
    write("page.md")
    assert 'no command "chekc". Did you mean "check"?' in copylint("chekc").err
    assert "To check it: copylint check page.md" in copylint("page.md").err
    assert copylint("page.md").code == 2


def test_rules_are_listed(copylint: Run) -> None:
    assert copylint("rules").out.splitlines()[0] == "overclaim/permanence  error       Efficacy by adjective"
    listed = json.loads(copylint("rules", "--format", "json").out)
    assert [rule["id"] for rule in listed] == ["overclaim/permanence", "overclaim/hype", "readability/jargon"]
    assert listed[0]["citations"]["us"] == ["us-ftc-act-5"]


PAGE = """\
overclaim/hype: Efficacy by adjective
severity: warning (uk: error)

What it says
  "{match}" praises instead of telling.

Why
  No evidence can carry it.

What to write instead
  - Say what changes.

Regulations
  - us: FTC, FTC Act, section 5 <https://ftc.example/5>
  - uk: uk-x

Excused when
  negated

Flagged
  - It is a miracle.

Let through
  - It is no miracle.
"""


@pytest.mark.parametrize("name", ["overclaim/hype", "hype"])
def test_explain_prints_the_page_of_a_rule(name: str, copylint: Run) -> None:
    assert copylint("explain", name).out == PAGE


def test_explain_can_print_every_form_of_a_phrase(copylint: Run) -> None:
    expanded = copylint("explain", "hype", "--expand").out
    assert "Phrases that it looks for\n  - {miracle|miracles|" in expanded
    assert "miracle~" not in expanded


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("overclaim/hpye", 'Did you mean "overclaim/hype"?'),
        ("overclaim", '"overclaim" is a group of rules: overclaim/permanence, overclaim/hype.'),
    ],
)
def test_explain_helps_with_the_name(name: str, message: str, copylint: Run) -> None:
    done = copylint("explain", name)
    assert (done.code, done.out) == (2, "")
    assert message in done.err


def test_why_shows_each_candidate_and_what_became_of_it(copylint: Run, write: Write) -> None:
    write("a.md", "It is permanent.\nIt is no miracle.\n")
    assert copylint("why", "a.md").out.splitlines() == [
        'a.md:1:7: overclaim/permanence "permanent"',
        '    found (error): "permanent" is flagged.',
        'a.md:2:10: overclaim/hype "miracle"',
        '    let through (context): negated [cue: "no "]',
    ]


def test_why_shows_what_a_setting_let_through(copylint: Run, write: Write) -> None:
    write("a.md", "It is permanent.\n")
    assert "let through (setting): not selected" in copylint("why", "--ignore", "overclaim", "a.md").out


@pytest.mark.parametrize("place", ["a.md:2", "a.md:2:10", "a.md:2:10:", "./a.md:2"])
def test_why_shows_one_line_of_a_file(place: str, copylint: Run, write: Write) -> None:
    write("a.md", "It is permanent.\nIt is no miracle.\n")
    assert copylint("why", place).out.startswith('a.md:2:10: overclaim/hype "miracle"\n    let through')


def test_why_says_so_when_there_is_nothing(copylint: Run, write: Write) -> None:
    write("a.md", "Plain.\npermanent\n")
    done = copylint("why", "a.md:1")
    assert (done.code, done.out) == (0, "No rule looks at anything in line 1 of a.md.\n")


@pytest.mark.parametrize(
    ("place", "message"),
    [("b.md", "b.md does not exist"), ("a.md:9", "a.md has only 2 lines."), ("bin.md", "bin.md is no text")],
)
def test_why_tells_what_is_wrong_with_a_place(place: str, message: str, copylint: Run, write: Write) -> None:
    write("a.md", "one\n")
    write("bin.md", b"\0")
    done = copylint("why", place)
    assert (done.code, done.out) == (2, "")
    assert message in done.err


@pytest.mark.parametrize(
    ("place", "split"),
    [
        ("a.md", ("a.md", 0)),
        ("a.md:12", ("a.md", 12)),
        ("a.md:12:3", ("a.md", 12)),
        (r"C:\site\a.md", (r"C:\site\a.md", 0)),
        (r"C:\site\a.md:12", (r"C:\site\a.md", 12)),
        (r"C:\site\a.md:12:3", (r"C:\site\a.md", 12)),
        ("a:b.md", ("a:b.md", 0)),
        ("-:3", ("-", 3)),
    ],
)
def test_a_place_is_a_file_and_perhaps_a_line(place: str, split: tuple[str, int]) -> None:
    assert split_place(place) == split


def test_a_colon_in_a_file_name_is_no_line(copylint: Run, write: Write) -> None:
    write("a.md:1", "permanent")
    assert copylint("why", "a.md:1").out.startswith("a.md:1:1:1: overclaim/permanence")


@dataclass(frozen=True)
class _Failure:
    rule: str = "overclaim/hype"
    example: str = "It is\na miracle."
    problem: str = "does not fire (no candidate)"


@dataclass(frozen=True)
class _Result:
    failures: tuple[_Failure, ...]
    unfired: tuple[tuple[str, str], ...] = (("overclaim/hype", "{miracle~|magic}"),)
    rules: int = 1
    examples: int = 8


@pytest.mark.parametrize(("failures", "code"), [((), 0), ((_Failure(),), 1)])
def test_test_runs_the_examples(
    failures: tuple[_Failure, ...], code: int, copylint: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    testing = ModuleType("copylint.rules.testing")
    testing.__dict__["run"] = lambda policy, rules=None: _Result(failures)
    monkeypatch.setitem(sys.modules, "copylint.rules.testing", testing)
    done = copylint("test")
    assert done.code == code
    assert 'no flag example fires the phrase "{miracle~|magic}"' in done.out
    assert ('"It is a miracle." does not fire' in done.out) == bool(failures)
    assert "1 rules, 8 examples" in done.err
