"""`copylint config`, and checks of files that different configurations count for."""

from __future__ import annotations

import io
import json
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from copylint import config
from copylint.cli.options import Overrides, override
from copylint.config.keys import KEYS
from copylint.config.layers import layers, merged, settled

Run = Callable[..., Any]
Write = Callable[..., None]


# --- check -------------------------------------------------------------------------------------------------------


def test_each_file_is_checked_by_the_nearest_configuration(copylint: Run, write: Write) -> None:
    write("copylint.toml", "ignore = ['readability']\njurisdictions = ['us']\n")
    write("a.md", "permanent utilise\n")
    write("blog/copylint.toml", "ignore = ['overclaim']\njurisdictions = ['uk']\n")
    write("blog/b.md", "permanent utilise\n")
    done = copylint("check", "-f", "concise")
    assert [line.split()[:3] for line in done.out.splitlines()] == [
        ["a.md:1:1:", "error", "overclaim/permanence"],
        ["blog/b.md:1:11:", "suggestion", "readability/jargon"],
    ]
    assert "jurisdictions: us, uk" in done.err


def test_options_count_for_all_files(copylint: Run, write: Write) -> None:
    write("copylint.toml", "jurisdictions = ['us']\n")
    write("a.md", "permanent miracle\n")
    write("blog/copylint.toml", "jurisdictions = ['au']\nselect = ['overclaim/permanence']\n")
    write("blog/b.md", "permanent miracle\n")
    done = copylint("check", "-f", "json", "--jurisdiction", "uk", "--select", "overclaim/hype")
    report = json.loads(done.out)
    assert [[one["rule"] for one in file["findings"]] for file in report["files"]] == [["overclaim/hype"]] * 2
    assert report["jurisdictions"] == ["uk"]


FAILING = [
    ("the draft alone", {"drafts/x.md": "permanent"}, 0),
    ("with a clean page", {"drafts/x.md": "permanent", "y.md": "fine"}, 0),
    ("with another page", {"drafts/x.md": "permanent", "y.md": "permanent"}, 1),
]


@pytest.mark.parametrize(("tree", "code"), [case[1:] for case in FAILING], ids=[case[0] for case in FAILING])
def test_the_limit_is_that_of_the_file(tree: dict[str, str], code: int, copylint: Run, write: Write) -> None:
    write("drafts/copylint.toml", "fail-on = 'never'\n")
    for name, text in tree.items():
        write(name, text)
    assert copylint("check").code == code
    assert copylint("check", "--fail-on", "error").code == 1


@pytest.mark.parametrize("arguments", [["--config", "copylint.toml"], ["--no-config"]])
def test_a_named_configuration_counts_for_all_files(arguments: list[str], copylint: Run, write: Write) -> None:
    write("copylint.toml", "")
    write("blog/copylint.toml", "ignore = ['overclaim']\n")
    write("blog/b.md", "permanent\n")
    assert copylint("check", "-q").code == 0
    assert copylint("check", "-q", *arguments).code == 1


def test_standard_input_takes_the_configuration_of_its_name(
    copylint: Run, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("blog/copylint.toml", "ignore = ['overclaim']\n")
    for name, code in (("blog/x.md", 0), ("x.md", 1)):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"permanent")))
        assert copylint("check", "-q", "--stdin-filename", name).code == code


def test_a_broken_configuration_is_told_before_anything_is_printed(copylint: Run, write: Write) -> None:
    write("a.md", "permanent\n")
    write("blog/copylint.toml", "\nfail-on = 'sometimes'\n")
    write("blog/b.md", "permanent\n")
    done = copylint("check")
    assert (done.code, done.out) == (2, "")
    assert 'blog/copylint.toml:2: "fail-on" must be one of' in done.err


def test_a_rule_that_does_not_exist_is_told_for_every_configuration(copylint: Run, write: Write) -> None:
    write("copylint.toml", "")
    write("blog/copylint.toml", "[severity]\n'overclaim/hpye' = 'off'\n")
    write("blog/b.md", "fine\n")
    done = copylint("check")
    assert done.code == 2
    assert 'blog/copylint.toml:2: no rule or group "overclaim/hpye". Did you mean "overclaim/hype"?' in done.err


def test_why_takes_the_configuration_of_the_file(copylint: Run, write: Write) -> None:
    write("blog/copylint.toml", "ignore = ['overclaim']\n")
    write("blog/b.md", "permanent\n")
    assert "not selected" in copylint("why", "blog/b.md").out


def test_files_judged_by_different_rules_have_a_digest_of_all(
    copylint: Run, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    policies = sys.modules["copylint.rules.policy"]
    load = policies.load

    def counted(rules: tuple[Path, ...] = ()) -> Any:
        policy = load(rules)
        policy.digest = f"sha256:{len(rules):064}"
        return policy

    monkeypatch.setattr(policies, "load", counted)
    write("blog/copylint.toml", "rules = ['r.yaml']\n")
    write("blog/r.yaml", "rules: []\n")
    write("blog/b.md", "fine\n")
    write("a.md", "fine\n")
    one = json.loads(copylint("check", "-f", "json", "a.md").out)["rules"]
    both = json.loads(copylint("check", "-f", "json").out)["rules"]
    assert one == f"sha256:{0:064}"
    assert one != both
    assert both == json.loads(copylint("check", "-f", "json", "blog", "a.md").out)["rules"]
    assert len(both) == len(one)


def test_rules_are_listed_with_the_severity_that_counts(copylint: Run, write: Write) -> None:
    write("copylint.toml", "ignore = ['overclaim/permanence']\n[severity]\n'overclaim/hype' = 'suggestion'\n")
    listed = {line.split()[0]: line.split()[1] for line in copylint("rules").out.splitlines()}
    assert listed == {"overclaim/permanence": "-", "overclaim/hype": "suggestion", "readability/jargon": "suggestion"}


# --- config ------------------------------------------------------------------------------------------------------


def origins(done: Any) -> dict[str, str]:
    """What stands behind each setting of the text."""
    lines = [line for line in done.out.splitlines() if not line.startswith("# ")]
    return {line.split(" = ")[0]: line.rsplit("  # ", 1)[1] for line in lines}


def test_every_setting_is_shown_with_its_origin(copylint: Run, write: Write) -> None:
    write("base.toml", "\nmax-grade = 9\nextend-ignore = ['readability']\nseverity.overclaim = 'warning'\n")
    write(
        "copylint.toml",
        "# max-grade = 3\nextend = 'base.toml'\nprofile = 'strict'\nextend-ignore = ['overclaim/hype']\n"
        "[severity]\n'overclaim/permanence' = 'error'\n",
    )
    done = copylint("config", "--fail-on", "never")
    assert done.code == 0
    assert done.out.startswith("# .: copylint.toml, which extends base.toml\n")
    found = origins(done)
    assert found["extend"] == "copylint.toml:2"
    assert found["max-grade"] == "profile strict"
    assert found["extend-ignore"] == "base.toml:3, copylint.toml:4"
    assert found["severity.overclaim"] == "base.toml:4"
    assert found['severity."overclaim/permanence"'] == "copylint.toml:6"
    assert found["fail-on"] == "--fail-on"
    assert found["select"] == "default"
    assert {line.partition(".")[0] for line in found} == set(KEYS)


def test_the_text_is_toml(copylint: Run, write: Write) -> None:
    write("copylint.toml", "ignore = ['readability']\nallow = ['é \"x\"', {phrase = 'y', paths = ['a/']}]\nmax-grade=7")
    shown = tomllib.loads(copylint("config").out)
    assert (shown["ignore"], shown["max-grade"]) == (["readability"], 7.0)
    assert shown["allow"] == ['é "x"', {"phrase": "y", "paths": ["a/"]}]
    assert set(shown) == set(KEYS)


def test_what_a_path_alone_brings_is_told(copylint: Run, write: Write) -> None:
    write("copylint.toml", "exclude = ['old/']\n[per-file-ignores]\n'*.md' = ['overclaim/hype']\n")
    write("old/a.md")
    write("b.txt")
    told = copylint("config", "old/a.md").out.splitlines()[:3]
    assert told == [
        "# old/a.md: copylint.toml",
        "# It is excluded: `copylint check` leaves it alone.",
        "# Ignored in it on account of its path: overclaim/hype",
    ]
    assert copylint("config", "b.txt").out.count("\n# ") == 0


def test_for_programs(copylint: Run, write: Write) -> None:
    write("copylint.toml", "[severity]\n'overclaim/hype' = 'off'\n")
    write("a.md")
    shown = json.loads(copylint("config", "-f", "json", "--jurisdiction", "uk", "a.md").out)
    assert {key: value for key, value in shown.items() if key != "settings"} == {
        "schema": 1, "path": "a.md", "files": ["copylint.toml"], "excluded": False, "ignored": [],
    }  # fmt: skip
    rows = {(row["key"], row.get("entry")): (row["value"], row["from"]) for row in shown["settings"]}
    assert rows["severity", "overclaim/hype"] == ("off", [{"kind": "file", "name": "copylint.toml", "line": 2}])
    assert rows["jurisdictions", None] == (["uk"], [{"kind": "option", "name": "--jurisdiction"}])
    assert rows["fail-on", None] == ("error", [{"kind": "default"}])


def test_without_a_configuration_all_is_default(copylint: Run) -> None:
    done = copylint("config")
    assert done.out.startswith("# .: no configuration file\n")
    assert set(origins(done).values()) == {"default"}


def test_control_characters_are_shown(copylint: Run, write: Write) -> None:
    write("copylint.toml", 'allow = ["\\u001b[31m \\u202e"]\n')
    out = copylint("config").out
    assert not {"\x1b", "\u202e"} & set(out)


MISTAKES = [
    (["gone.md"], "gone.md does not exist. Check the path."),
    (["--select", "overclam"], 'no rule or group "overclam". Did you mean "overclaim"?'),
    (["--config", "gone.toml"], "gone.toml: cannot be read"),
]


@pytest.mark.parametrize(("arguments", "message"), MISTAKES)
def test_mistakes(arguments: list[str], message: str, copylint: Run) -> None:
    done = copylint("config", *arguments)
    assert (done.code, done.out) == (2, "")
    assert message in done.err


_RULES = ("overclaim/hype", "overclaim/permanence", "readability/jargon")
_NAMES = st.lists(st.sampled_from((*_RULES, "overclaim", "readability")), max_size=2)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(_NAMES, _NAMES, _NAMES, _NAMES, _NAMES)
def test_what_is_shown_is_what_counts(
    tmp_path: Path, select: list[str], ignore: list[str], off: list[str], wanted: list[str], unwanted: list[str]
) -> None:
    """The layers of the options, as they are shown, come to the settings that `check` makes of them."""
    from types import SimpleNamespace

    from copylint.cli.config import option_layers

    path = tmp_path / "copylint.toml"
    severities = "".join(f"{json.dumps(name)} = 'off'\n" for name in sorted(set(off)))
    path.write_text(f"select = {select}\nextend-ignore = {ignore}\n[severity]\n{severities}", encoding="utf-8")
    given_: Any = SimpleNamespace(rules=_RULES)
    overrides = Overrides((), tuple(wanted), tuple(unwanted), None)
    real = override(config.load(path), given_, jurisdiction=(), select=tuple(wanted), ignore=tuple(unwanted))
    shown = settled(path, merged([*layers(path), *option_layers(real, overrides)]))
    if wanted:
        shown = shown._replace(severity=())
    assert [shown.selects(rule) for rule in _RULES] == [real.selects(rule) for rule in _RULES]
