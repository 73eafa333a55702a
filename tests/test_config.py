"""The configuration file: which one counts, what it may say, and how its faults are told."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from copylint import config
from copylint.checks.settings import CheckSettings
from copylint.config import Allowance, ConfigError, LintSettings, Patterns, UnknownNameError
from copylint.findings import SEVERITIES

RULES = ("overclaim/hype", "overclaim/permanence", "risk/undisclosed")


def write(folder: Path, text: str, name: str = "copylint.toml") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def fault(path: Path) -> str:
    with pytest.raises(ConfigError) as raised:
        config.load(path)
    return str(raised.value)


def test_every_key_is_read(tmp_path: Path) -> None:
    write(tmp_path, "rules: []\n", "policy/ours.yaml")
    path = write(
        tmp_path,
        """
        jurisdictions = ["uk", "us"]
        select = ["overclaim", "risk/undisclosed"]
        ignore = ["overclaim/hype"]
        fail-on = "warning"
        exclude = ["drafts/", "*.tmp.md"]
        rules = ["policy/ours.yaml"]
        allow = ["painless", {phrase = "Miracle Skin", paths = ["clinic/**"], reason = "our name"}]
        max-grade = 10
        duty-words = 200
        """,
    )
    assert config.load(path) == LintSettings(
        root=tmp_path,
        checks=CheckSettings(jurisdictions=("us", "uk"), max_grade=10.0, duty_words=200),
        select=("overclaim", "risk/undisclosed"),
        ignore=("overclaim/hype",),
        fail_on="warning",
        exclude=(Patterns(("drafts/", "*.tmp.md"), tmp_path),),
        rules=(tmp_path / "policy" / "ours.yaml",),
        allow=(Allowance("painless"), Allowance("Miracle Skin", ("clinic/**",), "our name", tmp_path)),
        origin=path,
    )


def test_pyproject_has_the_same_keys_in_its_table(tmp_path: Path) -> None:
    path = write(tmp_path, '[project]\nname = "x"\n[tool.copylint]\nfail-on = "never"\n', "pyproject.toml")
    assert config.load(path).fail_on == "never"


def test_every_number_of_the_checks_can_be_set(tmp_path: Path) -> None:
    for key in ("max-grade", "grade-words", "duty-words"):
        settings = config.load(write(tmp_path, f"{key} = 7\n"))
        assert getattr(settings.checks, key.replace("-", "_")) == 7


FOUND = [
    ("none", {}, None),
    ("in the folder itself", {"a/b/copylint.toml": ""}, "a/b/copylint.toml"),
    ("upwards", {"copylint.toml": ""}, "copylint.toml"),
    ("the nearest", {"copylint.toml": "", "a/pyproject.toml": "[tool.copylint]"}, "a/pyproject.toml"),
    ("copylint.toml first", {"a/copylint.toml": "", "a/pyproject.toml": "[tool.copylint]"}, "a/copylint.toml"),
    ("a pyproject of others", {"a/pyproject.toml": "[tool.ruff]", "copylint.toml": ""}, "copylint.toml"),
    ("only the word", {"a/pyproject.toml": 'name = "copylint"', "copylint.toml": ""}, "copylint.toml"),
    ("another's broken pyproject", {"a/pyproject.toml": "[[[", "copylint.toml": ""}, "copylint.toml"),
]


WRITTEN = [
    "[tool.copylint]\nfail-on = 'never'\n",
    "[project]\nname = 'x'\r\n  [ tool . 'copylint' ]\nfail-on = 'never'\n",
    "[tool]\ncopylint = {fail-on = 'never'}\n",
    "[tool]\ncopylint.fail-on = 'never'\n",
    "tool.copylint.fail-on = 'never'\n",
    "tool = {copylint = {fail-on = 'never'}}\n",
    "[[tool.copylint.allow]]\nphrase = 'x'\n[tool.copylint]\nfail-on = 'never'\n",
]


@pytest.mark.parametrize("text", WRITTEN)
def test_the_table_may_be_written_in_every_way_of_toml(text: str, tmp_path: Path) -> None:
    path = write(tmp_path, text, "pyproject.toml")
    assert config.find(tmp_path) == path
    assert config.load(path).fail_on == "never"


@pytest.mark.parametrize(("files", "expected"), [case[1:] for case in FOUND], ids=[case[0] for case in FOUND])
def test_the_nearest_configuration_counts(files: dict[str, str], expected: str | None, tmp_path: Path) -> None:
    for name, text in files.items():
        write(tmp_path, text, name)
    (tmp_path / "a" / "b").mkdir(parents=True, exist_ok=True)
    found = config.find(tmp_path / "a" / "b")
    assert (found.relative_to(tmp_path).as_posix() if found else None) == expected


FAULTS = [
    ("unknown key", "ignore = []\nfail_on = 'error'\n", ':2: unknown key "fail_on". Did you mean "fail-on"?'),
    ("far from any key", "zzzzzz = 1\n", ':1: unknown key "zzzzzz". There are extend, profile, jurisdictions, select'),
    ("jurisdiction", "\njurisdictions = ['us', 'ukk']\n", ':2: no jurisdiction "ukk". Did you mean "uk"?'),
    ("no jurisdiction", "jurisdictions = []\n", ":1: no jurisdiction given."),
    ("wide list", "jurisdictions = [\n  'us',\n  'xx',\n]\n", ':3: no jurisdiction "xx"'),
    ("string for a list", "select = 'overclaim'\n", ':1: "select" must be a list, select = [...], not a string.'),
    ("number in a list", "ignore = [1]\n", ':1: "ignore" must be a list of strings, and a whole number stands in it.'),
    ("empty string", "ignore = [' ']\n", "and an empty string stands in it."),
    ("severity", "fail-on = 'eror'\n", ":1: \"fail-on\" must be one of error, warning, suggestion, never, not 'eror'."),
    ("string for a number", "max-grade = '12'\n", ':1: "max-grade" must be a number, not a string.'),
    ("true for a number", "duty-words = true\n", ':1: "duty-words" must be a whole number, not true or false.'),
    ("fraction of a word", "duty-words = 1.5\n", ':1: "duty-words" must be a whole number, not a number.'),
    ("below nought", "max-grade = -1\n", ':1: "max-grade" must be 0 or more.'),
    ("no number", "max-grade = nan\n", ':1: "max-grade" must be 0 or more.'),
    ("missing rule file", "rules = [\n 'ours.yaml']\n", ':2: no rule file "ours.yaml" beside this file.'),
    ("allow without phrase", "allow = [{reason = 'x'}]\n", ':1: an entry of "allow" needs a phrase'),
    (
        "allow with a wrong key",
        "allow = [{phrase = 'x', path = ['y']}]\n",
        'unknown key "path" in "allow". Did you mean',
    ),
    ("allow of a number", "allow = [3]\n", '"allow" holds strings or {phrase = "..."}, not a whole number.'),
    ("pattern", "exclude = ['!']\n", ':1: "!" in "exclude" is no pattern.'),
    ("TOML", "ignore = []\nselect = [\n", ":2: is not valid TOML: "),
]


@pytest.mark.parametrize(("text", "message"), [case[1:] for case in FAULTS], ids=[case[0] for case in FAULTS])
def test_a_fault_is_told_with_file_line_and_what_to_do(text: str, message: str, tmp_path: Path) -> None:
    told = fault(write(tmp_path, text))
    assert "copylint.toml" in told
    assert message in told


def test_the_line_is_looked_for_in_our_table_of_pyproject(tmp_path: Path) -> None:
    text = "[tool.other]\nselect = ['E']\nslect = 1\n\n[tool.copylint]\nfail-on = 'error'\nslect = []\n"
    assert 'pyproject.toml:7: unknown key "slect". Did you mean "select"?' in fault(
        write(tmp_path, text, "pyproject.toml")
    )


def test_a_named_file_must_be_there_and_have_the_table(tmp_path: Path) -> None:
    assert "cannot be read" in fault(tmp_path / "copylint.toml")
    assert "has no table [tool.copylint]" in fault(write(tmp_path, "[tool.ruff]\n", "pyproject.toml"))
    (tmp_path / "copylint.toml").write_bytes(b"select = ['\xff']")
    assert "is not UTF-8" in fault(tmp_path / "copylint.toml")


def test_rules_that_do_not_exist_are_told_with_their_line(tmp_path: Path) -> None:
    settings = config.load(write(tmp_path, "select = ['overclaim']\nignore = ['risk/undisclosd']\n"))
    with pytest.raises(
        ConfigError, match=r'copylint.toml:2: no rule or group "risk/undisclosd". Did you mean "risk/und'
    ):
        config.check_configured_names(settings, RULES)


@pytest.mark.parametrize("name", ["hype", "Overclaim/hype", "overclaim/", "", "overclaim/hype/x"])
def test_only_rules_and_groups_are_names(name: str) -> None:
    with pytest.raises(UnknownNameError):
        config.check_names([name], RULES)


SELECTED = [
    ("everything by default", (), (), set(RULES)),
    ("a group", ("overclaim",), (), {"overclaim/hype", "overclaim/permanence"}),
    ("a rule", ("overclaim/hype",), (), {"overclaim/hype"}),
    ("without a group", (), ("overclaim",), {"risk/undisclosed"}),
    ("a group without a rule", ("overclaim",), ("overclaim/hype",), {"overclaim/permanence"}),
    ("a rule of a group that is ignored", ("overclaim/hype",), ("overclaim",), {"overclaim/hype"}),
    ("ignore outweighs", ("overclaim/hype",), ("overclaim/hype",), set()),
]


@pytest.mark.parametrize(
    ("select", "ignore", "expected"), [case[1:] for case in SELECTED], ids=[case[0] for case in SELECTED]
)
def test_select_and_ignore(select: tuple[str, ...], ignore: tuple[str, ...], expected: set[str]) -> None:
    settings = LintSettings(select=select, ignore=ignore)
    assert {rule for rule in RULES if settings.selects(rule)} == expected


@pytest.mark.parametrize(
    ("fail_on", "failing"),
    [("error", 1), ("warning", 2), ("suggestion", 3), ("never", 0)],
)
def test_fail_on_names_the_mildest_severity_that_fails(fail_on: config.FailOn, failing: int) -> None:
    settings = LintSettings(fail_on=fail_on)
    assert [settings.fails(severity) for severity in SEVERITIES] == [True] * failing + [False] * (3 - failing)


ALLOWED = [
    ("the name", "Miracle Skin", "At Miracle Skin we listen.", "Miracle", True),
    ("a longer finding around it", "Miracle Skin", "At Miracle Skin we listen.", "Miracle Skin we", True),
    ("not the everyday word", "Painless", "A painless laser by Painless.", "painless", False),
    ("the name in capitals", "Painless", "THE PAINLESS LASER", "PAINLESS", True),
    ("small letters mean any case", "painless laser", "The Painless Laser", "Painless", True),
    ("over a line wrap", "Miracle Skin", "At Miracle\n  Skin we listen.", "Miracle", True),
    ("no part of a word", "cure", "A manicure secures", "cure", False),
    ("elsewhere in the text", "Miracle Skin", "Miracle Skin is a miracle.", "miracle", False),
    ("typographic apostrophe", "Eve's Miracle", "At Eve’s Miracle", "Miracle", True),
    ("signs stand for themselves", "Best.", "Bests are Best!", "Best!", False),
]


@pytest.mark.parametrize(
    ("phrase", "text", "found", "allowed"), [case[1:] for case in ALLOWED], ids=[case[0] for case in ALLOWED]
)
def test_an_allowed_phrase_lets_through_what_overlaps_it(phrase: str, text: str, found: str, allowed: bool) -> None:
    start = text.index(found)
    settings = LintSettings(allow=(Allowance(phrase, reason="our name"),))
    assert settings.allows("page.md", text, start, start + len(found)) == ("our name" if allowed else None)


def test_an_allowance_may_hold_for_some_paths_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    settings = LintSettings(root=tmp_path, allow=(Allowance("Miracle Skin", ("clinic/**",)),))
    assert settings.allows("clinic/a/b.md", "Miracle Skin", 0, 7) == '"Miracle Skin"'
    assert settings.allows("blog/b.md", "Miracle Skin", 0, 7) is None


def test_without_a_configuration_nothing_costly_is_imported(tmp_path: Path) -> None:
    write(tmp_path, "[tool.ruff]\n", "pyproject.toml")
    script = """
import sys
from pathlib import Path
from copylint import config, files
config.find(Path.cwd())
files.choose(["pyproject.toml"])
print(sorted({"tomllib", "pathspec", "difflib", "yaml", "click"} & set(sys.modules)))
"""
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
