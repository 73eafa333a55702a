"""Files that extend each other, profiles, and what the settings of several layers come to."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as effort
from hypothesis import strategies as st

from copylint import config
from copylint.config import KEYS, ConfigError, FileIgnore, LintSettings
from copylint.config.keys import default_of
from copylint.config.profiles import PROFILES
from copylint.rules.policy import load as load_policy

RULES = ("overclaim/hype", "overclaim/permanence", "promotion/plug", "risk/undisclosed")


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def write(name: str, text: str) -> Path:
    path = Path.cwd() / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def read(own: str, **others: str) -> LintSettings:
    """The settings of copylint.toml; others: further files beside it, by name without .toml."""
    for name, text in others.items():
        write(f"{name}.toml", text)
    return config.load(write("copylint.toml", own))


def as_toml(value: object) -> str:
    if isinstance(value, dict):
        return f"{{{', '.join(f'{as_toml(key)} = {as_toml(one)}' for key, one in value.items())}}}"
    return f"[{', '.join(map(as_toml, value))}]" if isinstance(value, list) else json.dumps(value, ensure_ascii=False)


def fault(path: Path) -> str:
    with pytest.raises(ConfigError) as raised:
        config.load(path)
    return str(raised.value)


def test_an_empty_file_gives_the_defaults() -> None:
    settings = read("")
    assert settings == LintSettings(root=Path.cwd(), origin=Path.cwd() / "copylint.toml")
    for key in set(KEYS) - {"extend"}:
        assert default_of(key) in ((), {}, "") or default_of(key) == getattr(
            settings if key.replace("-", "_") in settings._fields else settings.checks, key.replace("-", "_")
        )


# --- extend ------------------------------------------------------------------------------------------------------


def test_a_value_of_its_own_replaces_that_of_the_file_extended() -> None:
    settings = read(
        "extend = 'base.toml'\nfail-on = 'never'\nignore = ['risk']\n",
        base="fail-on = 'warning'\nignore = ['overclaim']\nmax-grade = 7\n",
    )
    assert (settings.fail_on, settings.ignore, settings.checks.max_grade) == ("never", ("risk",), 7.0)


ADDED = [
    ("to what is extended", "extend-ignore = ['b']", "ignore = ['a']", ("a", "b")),
    ("to a list of its own", "ignore = ['a']\nextend-ignore = ['b']", "ignore = ['z']", ("a", "b")),
    ("in whatever order it is written", "extend-ignore = ['b']\nignore = ['a']", "", ("a", "b")),
    ("twice", "extend-ignore = ['c']", "ignore = ['a']\nextend-ignore = ['b']", ("a", "b", "c")),
    ("a list of its own starts afresh", "ignore = ['a']", "ignore = ['y']\nextend-ignore = ['z']", ("a",)),
]


@pytest.mark.parametrize(("own", "base", "expected"), [case[1:] for case in ADDED], ids=[case[0] for case in ADDED])
def test_extend_ignore_adds(own: str, base: str, expected: tuple[str, ...]) -> None:
    assert read(f"extend = 'base.toml'\n{own}", base=base).ignore == expected


def test_extend_select_adds_to_all_rules_and_outweighs_the_group_that_is_ignored() -> None:
    settings = read("ignore = ['promotion']\nextend-select = ['promotion/plug']\n")
    assert [rule for rule in RULES if not settings.selects(rule)] == []
    settings = read("select = ['risk']\nextend-select = ['overclaim/hype']\n")
    assert [rule for rule in RULES if settings.selects(rule)] == ["overclaim/hype", "risk/undisclosed"]


def test_paths_are_relative_to_the_file_that_names_them() -> None:
    write("house/rules.yaml", "rules: []\n")
    write("house/base.toml", "exclude = ['old/']\nrules = ['rules.yaml']\nallow = [{phrase = 'x', paths = ['a/']}]\n")
    own = write("site/copylint.toml", "extend = '../house/base.toml'\nextend-exclude = ['old/']\n")
    settings = config.load(own)
    here = Path.cwd()
    assert [settings.excluded().verdict(here / name / "old" / "x.md") for name in ("house", "site", "else")] == [
        True,
        True,
        None,
    ]
    assert settings.rules[0].resolve() == (here / "house" / "rules.yaml").resolve()
    assert settings.allows("house/a/x.md", "x", 0, 1) is not None
    assert settings.allows("site/a/x.md", "x", 0, 1) is None


def test_what_the_base_excludes_can_be_taken_back() -> None:
    settings = read("extend = 'base.toml'\nextend-exclude = ['!keep.md']", base="exclude = ['*.md']")
    assert settings.excluded().verdict(Path.cwd() / "keep.md") is False
    assert settings.excluded().verdict(Path.cwd() / "other.md") is True


def test_entries_of_tables_are_added() -> None:
    settings = read(
        "extend = 'base.toml'\n[severity]\n'overclaim/hype' = 'error'\n[per-file-ignores]\n'b/' = ['risk']\n",
        base="[severity]\n'overclaim/hype' = 'off'\nrisk = 'warning'\n[per-file-ignores]\n'a/' = ['overclaim']\n",
    )
    assert dict(settings.severity) == {"overclaim/hype": "error", "risk": "warning"}
    assert settings.per_file_ignores == (
        FileIgnore("a/", ("overclaim",), Path.cwd()),
        FileIgnore("b/", ("risk",), Path.cwd()),
    )


def test_the_severity_of_a_group_puts_aside_what_was_said_below_of_its_rules() -> None:
    settings = read(
        "extend = 'base.toml'\n[severity]\noverclaim = 'warning'\n",
        base="[severity]\n'overclaim/hype' = 'off'\n'risk/undisclosed' = 'off'\n",
    )
    assert [settings.severity_of(rule) for rule in RULES] == ["warning", "warning", None, None]
    assert [rule for rule in RULES if not settings.selects(rule)] == ["risk/undisclosed"]


def test_a_pyproject_can_be_extended() -> None:
    write("pyproject.toml", "[tool.copylint]\nfail-on = 'warning'\n")
    assert read("extend = 'pyproject.toml'").fail_on == "warning"


def test_a_circle_is_told_with_all_its_files() -> None:
    write("a.toml", "extend = 'b.toml'\n")
    write("b.toml", "\nextend = './sub/../a.toml'\n")
    told = fault(write("copylint.toml", "extend = 'a.toml'\n"))
    assert told == (
        "b.toml:2: the files extend each other in a circle: copylint.toml -> a.toml -> b.toml -> a.toml. "
        "Take one `extend` out."
    )


def test_a_file_that_extends_itself_is_a_circle() -> None:
    assert "circle: copylint.toml -> copylint.toml." in fault(write("copylint.toml", "extend = 'copylint.toml'"))


@pytest.mark.parametrize("name", ["gone.toml", "../gone.toml", "."])
def test_a_missing_file_is_told_with_the_way_to_it(name: str) -> None:
    write("a.toml", f"fail-on = 'never'\nextend = {name!r}\n")
    told = fault(write("copylint.toml", "extend = 'a.toml'\n"))
    assert told.startswith("a.toml:2: there is no file to extend: copylint.toml -> a.toml -> ")
    assert 'Paths in "extend" start at the file that names them.' in told


def test_a_fault_in_the_file_that_is_extended_is_told_there() -> None:
    write("base.toml", "\nfail-om = 'x'\n")
    assert fault(write("copylint.toml", "extend = 'base.toml'\n")).startswith('base.toml:2: unknown key "fail-om".')


def test_a_pyproject_without_the_table_cannot_be_extended() -> None:
    write("pyproject.toml", "[tool.ruff]\n")
    told = fault(write("copylint.toml", "extend = 'pyproject.toml'\n"))
    assert told == "pyproject.toml: has no table [tool.copylint]. Add one, or do not extend it."


# --- Profiles ----------------------------------------------------------------------------------------------------


def test_the_default_profile_is_the_defaults() -> None:
    assert read("profile = 'publish'\n") == read("")
    assert LintSettings().profile in PROFILES


@pytest.mark.parametrize("name", PROFILES)
def test_a_profile_says_nothing_that_a_user_could_not(name: str) -> None:
    text = "".join(f"{key} = {as_toml(value)}\n" for key, value in PROFILES[name].items())
    assert tomllib.loads(text) == PROFILES[name]
    assert read(text)._replace(profile=name) == read(f"profile = '{name}'\n")
    config.check_configured_names(config.load(Path("copylint.toml")), load_policy().rules)


def test_what_a_file_says_outweighs_its_profile() -> None:
    settings = read("profile = 'strict'\nmax-grade = 14\n")
    assert (settings.fail_on, settings.checks.max_grade) == ("warning", 14.0)


def test_a_profile_outweighs_what_is_extended() -> None:
    assert read("extend = 'base.toml'\nprofile = 'draft'\n", base="fail-on = 'warning'\n").fail_on == "never"


def test_one_profile_takes_the_place_of_another() -> None:
    settings = read("extend = 'base.toml'\nprofile = 'publish'\n", base="profile = 'draft'\nmax-grade = 8\n")
    assert (settings.fail_on, settings.severity, settings.checks.max_grade) == ("error", (), 8.0)


def test_a_profile_is_inherited() -> None:
    settings = read("extend = 'base.toml'\nfail-on = 'error'\n", base="profile = 'draft'\n")
    assert (settings.profile, settings.fail_on) == ("draft", "error")
    assert not settings.selects("risk/undisclosed")


# --- Faults ------------------------------------------------------------------------------------------------------

FAULTS = [
    ("profile", "profile = 'drafts'\n", ":1: \"profile\" must be one of draft, publish, strict, not 'drafts'. Did you"),
    ("severity", "[severity]\noverclaim = 'of'\n", ':2: "overclaim" must be one of error, warning, suggestion, off, '),
    ("severity of the wrong kind", "severity = 'off'\n", ':1: "severity" must be a table, severity = {...}, not a str'),
    ("a number for rules", "[per-file-ignores]\n'a/' = [1]\n", ':2: "a/" must be a list of strings, and a whole'),
    ("per-file-ignores of a string", "\n[per-file-ignores]\n'a/' = 'risk'\n", ':3: "a/" must be a list, a/ = [...], '),
    ("pattern", "[per-file-ignores]\n'!' = ['risk']\n", ':2: "!" in "per-file-ignores" is no pattern.'),
    ("extend of the wrong kind", "extend = ['a.toml']\n", ':1: "extend" must be the path of a file.'),
    ("allow of the wrong table", "[[allow]]\nphrase = 'x'\n[[allow]]\nphrase = 1\n", ':3: an entry of "allow" needs'),
    ("a huge number", f"max-grade = {'9' * 400}\n", ':1: "max-grade" is too large.'),
]


@pytest.mark.parametrize(("text", "message"), [case[1:] for case in FAULTS], ids=[case[0] for case in FAULTS])
def test_a_fault_is_told_with_its_line(text: str, message: str) -> None:
    assert fault(write("copylint.toml", text)).startswith(f"copylint.toml{message}")


_VALUES = st.recursive(
    st.one_of(
        st.sampled_from(["", "error", "us", "draft", "*.md", "!", "overclaim/hype", "off", "a\0b", "..", "phrase"]),
        st.booleans(), st.integers(-5, 5), st.floats(-5, 5), st.just(10**400),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from(["phrase", "paths", "reason", "!", "a/", "overclaim"]), inner, max_size=3),
    ),
    max_leaves=5,
)  # fmt: skip


@effort(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300, deadline=None)
@given(st.dictionaries(st.sampled_from(list(KEYS)), _VALUES, min_size=1, max_size=3))
def test_whatever_is_written_is_understood_or_told_with_its_line(content: dict[str, object]) -> None:
    told = ""
    try:
        read("".join(f"{key} = {as_toml(value)}\n" for key, value in content.items()))
    except ConfigError as error:
        told = str(error)
    line = re.match(r"copylint\.toml:(\d+): ", told or "copylint.toml:1: ")
    assert line is not None, told
    assert 1 <= int(line[1]) <= len(content)


NAMES = [
    ("severity", "\n[severity]\n'overclaim/hpye' = 'off'\n", 3, 'Did you mean "overclaim/hype"?'),
    ("per-file-ignores", "[per-file-ignores]\n'a/' = [\n'risk',\n'riks']\n", 4, 'Did you mean "risk"?'),
    ("extend-select", "extend-select = ['overclam']\n", 1, 'Did you mean "overclaim"?'),
    ("extend-ignore", "ignore = []\nextend-ignore = ['zzz']\n", 2, "`copylint rules` lists all rules."),
]


@pytest.mark.parametrize(("text", "line", "advice"), [case[1:] for case in NAMES], ids=[case[0] for case in NAMES])
def test_rules_that_do_not_exist_are_told_with_their_line(text: str, line: int, advice: str) -> None:
    write("base.toml", text)
    settings = read("extend = 'base.toml'\n")
    with pytest.raises(ConfigError) as raised:
        config.check_configured_names(settings, RULES)
    assert str(raised.value).startswith(f"base.toml:{line}: no rule or group ")
    assert advice in str(raised.value)
