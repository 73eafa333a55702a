"""What the documentation says is true: links lead somewhere, commands and configurations work, outputs are real.

In the manual, a fenced block whose info string names a file ("```toml copylint.toml") is that file. A block "console"
is a session in a folder with the files that stand before it on the page; `...` in an output stands for anything that is
left out. `pytest --rewrite tests/test_docs.py` puts the real output in place of one that differs; shorten it then.
"""

from __future__ import annotations

import importlib.util
import io
import json
import re
import shlex
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

import click
import pytest
from pre_commit.clientlib import load_config

from copylint import config
from copylint.cli import cli, run
from copylint.config import FAIL_ON, KEYS
from copylint.config.keys import default_of
from copylint.config.profiles import PROFILES
from copylint.config.settings import SEVERITY_SETTINGS
from copylint.findings import JURISDICTIONS, SEVERITIES
from copylint.language.phrases import BUILTINS
from copylint.reports import FORMATS
from copylint.rules.policy import load
from copylint.rules.schema import CONTEXTS, GROUPS, WINDOWS

TOP = Path(__file__).parent.parent
DOCS = TOP / "docs"
MANUAL = sorted((DOCS / "manual").glob("*.md"))
README = TOP / "README.md"
WRITTEN = [README, DOCS / "README.md", *MANUAL]
"""The pages that people write; docs/rules is made by a script."""
IN_THE_REPOSITORY = [README, DOCS / "manual" / "measuring.md"]
"""Pages whose sessions run at the top of the repository."""
_BLOCK = re.compile(r"^(?:- |  )?```(?P<info>[^\n`]*)\n(?P<text>.*?)^(?:  )?```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\((?P<target>[^()\s]+)\)")
_HEADING = re.compile(r"^#{1,6} (.+)$", re.MULTILINE)
_OTHER_MACHINES = re.compile(r"^(?:\.venv/bin/|\.venv\\Scripts\\)")


class Block(NamedTuple):
    """A fenced block: language and file name of its info string, its text, and where the text stands on the page."""

    language: str
    name: str
    text: str
    start: int
    end: int


def blocks(page: Path) -> list[Block]:
    text = page.read_text(encoding="utf-8")
    found = []
    for match in _BLOCK.finditer(text):
        language, _, name = match["info"].strip().partition(" ")
        found.append(Block(language, name, match["text"], *match.span("text")))
    return found


def ids(page: Path) -> str:
    return page.relative_to(TOP).as_posix()


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as GitHub makes them."""
    text = _BLOCK.sub("", page.read_text(encoding="utf-8"))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in _HEADING.findall(text)}


# --- Links -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", [README, *sorted(DOCS.rglob("*.md"))], ids=ids)
def test_relative_links_lead_somewhere(page: Path) -> None:
    text = _BLOCK.sub("", page.read_text(encoding="utf-8"))
    for match in _LINK.finditer(text):
        target = match["target"]
        if re.match(r"[a-z][a-z0-9+.-]*:", target):
            continue
        path, _, anchor = target.partition("#")
        aim = (page.parent / path).resolve() if path else page
        assert aim.exists(), target
        assert TOP in aim.parents, f"{target} leads out of the repository"
        if anchor and aim.suffix == ".md":
            assert anchor in anchors(aim), target


def test_the_index_names_every_page_of_the_manual() -> None:
    index = (DOCS / "README.md").read_text(encoding="utf-8")
    assert [page.name for page in MANUAL if f"(manual/{page.name})" not in index] == []


# --- Commands ----------------------------------------------------------------------------------------------------


def commands(page: Path) -> Iterator[str]:
    """Every copylint command of a page: the lines of its blocks, and what stands in `code` with arguments."""
    for block in blocks(page):
        if block.language in ("console", "sh", "powershell"):
            for line in block.text.splitlines():
                if block.language != "console" or line.startswith("$ "):
                    for part in re.split(r"&&|;|\|(?!\|)", line.removeprefix("$ ")):
                        yield part.strip()
    text = _BLOCK.sub("", page.read_text(encoding="utf-8"))
    yield from re.findall(r"`(copylint [a-z-]+ [^`]+)`", text)


def parse(command: str) -> None:
    """Raises what click raises for a command line that it does not understand."""
    arguments = shlex.split(command.partition(" < ")[0], comments=True)[1:]
    context = cli.make_context("copylint", list(arguments))
    if arguments[0].startswith("-"):
        return
    name, verb, rest = cli.resolve_command(context, list(arguments))
    assert verb is not None
    verb.make_context(name, rest, parent=context)


@pytest.mark.parametrize("page", WRITTEN, ids=ids)
def test_every_command_is_understood(page: Path) -> None:
    for written in commands(page):
        command = _OTHER_MACHINES.sub("", written)
        if command.startswith("copylint "):
            try:
                parse(command)
            except click.exceptions.Exit:
                continue
            except click.ClickException as error:
                pytest.fail(f"{command}: {error.format_message()}")


# --- Sessions ----------------------------------------------------------------------------------------------------


def answer(arguments: list[str], given: str) -> tuple[int, str]:
    """The exit code of a command, and what a terminal shows of it."""
    terminal = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True)
    keyboard = io.TextIOWrapper(io.BytesIO(given.encode()), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdout", terminal)
        patch.setattr(sys, "stderr", terminal)
        patch.setattr(sys, "stdin", keyboard)
        code = run(arguments)
    terminal.flush()
    shown = terminal.buffer
    assert isinstance(shown, io.BytesIO)
    return code, shown.getvalue().decode()


def session(text: str) -> str:
    """The session with the output that its commands really have."""
    replayed, code = "", 0
    for line in text.splitlines():
        if not line.startswith("$ "):
            continue
        replayed += line + "\n"
        command, _, file = line.removeprefix("$ ").partition(" < ")
        words = shlex.split(command)
        if words == ["echo", "$?"]:
            replayed += f"{code}\n"
        else:
            assert words[0] == "copylint", line
            given = Path(file).read_text(encoding="utf-8") if file else ""
            code, output = answer(words[1:], given)
            replayed += output
    return replayed


def agrees(written: str, real: str) -> bool:
    """Whether an output is the real one, where `...` stands for anything: for whole lines on a line of its own."""
    pattern = ""
    for line in written.splitlines():
        if line.strip() == "...":
            pattern += r"(?:[^\n]*\n)*?"
        else:
            pattern += "[^\n]*".join(map(re.escape, line.rstrip().split("..."))) + r"[ ]*\n"
    return re.fullmatch(pattern, real) is not None


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for what the rule files of the pages are compiled to."""
    return tmp_path_factory.mktemp("cache")


@pytest.mark.parametrize("page", [README, *MANUAL], ids=ids)
def test_outputs_are_real(
    page: Path, cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    monkeypatch.setenv("COPYLINT_CACHE_DIR", str(cache))
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    monkeypatch.chdir(TOP if page in IN_THE_REPOSITORY else tmp_path)
    text, wrong = page.read_text(encoding="utf-8"), []
    for block in blocks(page):
        if block.name:
            path = tmp_path / block.name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block.text, encoding="utf-8", newline="\n")
        elif block.language == "console":
            real = session(block.text)
            if not agrees(block.text, real):
                wrong.append((block, real))
    if request.config.getoption("--rewrite"):
        for block, real in reversed(wrong):
            text = text[: block.start] + real + text[block.end :]
        page.write_text(text, encoding="utf-8", newline="\n")
    elif wrong:
        pytest.fail("\n".join(f"written:\n{block.text}\nreal:\n{real}" for block, real in wrong))


@pytest.mark.parametrize(
    ("written", "real", "expected"),
    [
        ("$ a\nb\n", "$ a\nb\n", True),
        ("$ a\n...\nc\n", "$ a\nb\nb\nc\n", True),
        ("$ a\n...\nc\n", "$ a\nc\n", True),
        ("$ a\nb ... d\n", "$ a\nb c d\n", True),
        ("$ a\nb\n", "$ a\nb\nc\n", False),
        ("$ a\nc\n", "$ a\nb\n", False),
    ],
)
def test_three_dots_stand_for_what_is_left_out(written: str, real: str, expected: bool) -> None:
    assert agrees(written, real) is expected


# --- Configurations ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", WRITTEN, ids=ids)
def test_every_configuration_loads(page: Path, tmp_path: Path) -> None:
    for block in blocks(page):
        if block.name:
            (tmp_path / block.name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / block.name).write_text(block.text, encoding="utf-8")
    for block in blocks(page):
        if block.language == "toml":
            name = "pyproject.toml" if "[tool.copylint]" in block.text else "copylint.toml"
            (tmp_path / name).write_text(block.text, encoding="utf-8")
            settings = config.load(tmp_path / name)
            config.check_configured_names(settings, load().rules)
        elif block.name == ".pre-commit-config.yaml":
            load_config(tmp_path / block.name)


def test_every_key_is_explained_with_its_default() -> None:
    text = (DOCS / "manual" / "configuration.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| \[`([a-z-]+)`\]\(#[a-z-]+\) \|[^|]*\| `([^`]+)` \|", text, re.MULTILINE))
    given = {key: default_of(key) for key in KEYS}
    defaults = {key: list(value) if isinstance(value, tuple) else value for key, value in given.items()}
    assert {key: tomllib.loads(f"x = {default}")["x"] for key, default in rows.items()} == defaults
    assert [key for key in KEYS if f"\n### {key}\n" not in text] == []


# --- Completeness ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("page", "names"),
    [
        ("configuration.md", FAIL_ON),
        ("configuration.md", PROFILES),
        ("configuration.md", SEVERITY_SETTINGS),
        ("configuration.md", JURISDICTIONS),
        ("formats.md", FORMATS),
        ("jurisdictions-and-severity.md", (*JURISDICTIONS, *SEVERITIES)),
        ("rules-and-phrases.md", (*CONTEXTS, *WINDOWS, *(f"<{name}>" for name in BUILTINS))),
    ],
)
def test_nothing_is_left_out(page: str, names: list[str]) -> None:
    text = (DOCS / "manual" / page).read_text(encoding="utf-8")
    assert [name for name in names if f"`{name}`" not in text] == []


def test_the_readme_names_every_group_of_rules() -> None:
    text = README.read_text(encoding="utf-8")
    assert [group for group in GROUPS if f"`{group}`" not in text] == []


def test_every_key_of_the_json_is_explained(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "page.md").write_text("Fat cells are gone for good.\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    _, output = answer(["check", "--format", "json", "page.md", "missing.md", "--quiet"], "")
    report, _ = json.JSONDecoder().raw_decode(output)
    text = (DOCS / "manual" / "formats.md").read_text(encoding="utf-8")
    assert [key for key in sorted(_keys(report)) if f"`{key}`" not in text] == []


def _keys(value: object) -> set[str]:
    if isinstance(value, dict):
        inner = [_keys(one) for name, one in value.items() if name != "verdicts"]
        return set(value).union(*inner)
    return set().union(*map(_keys, value)) if isinstance(value, list) else set()


def test_the_readme_sets_up_the_tests_as_the_continuous_integration_does() -> None:
    """What .ci/run installs and runs in a throwaway environment is what the README says."""
    script = (TOP / ".ci" / "run").read_text(encoding="utf-8")
    steps = re.findall(r'^"\$environment/bin/(\S+)" (-m pip install.*|install.*)$', script, re.MULTILINE)
    assert steps
    text = README.read_text(encoding="utf-8")
    (line,) = [line for line in text.splitlines() if line.endswith(".venv/bin/pytest")]
    assert line == " && ".join(
        ["python3 -m venv .venv", *(f".venv/bin/{program} {rest}" for program, rest in steps), ".venv/bin/pytest"]
    )


# --- Pages of the rules ------------------------------------------------------------------------------------------


def page_maker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_rule_pages", DOCS / "make_rule_pages.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_pages_of_the_rules_are_up_to_date() -> None:
    maker = page_maker()
    there = {page.relative_to(maker.FOLDER).as_posix(): page.read_text("utf-8") for page in maker.FOLDER.rglob("*.md")}
    made = maker.pages(load())
    stale = sorted(name for name in there.keys() | made.keys() if there.get(name) != made.get(name))
    assert stale == [], "run: python docs/make_rule_pages.py"


def test_the_pages_of_the_rules_know_every_context_window_and_group() -> None:
    maker = page_maker()
    assert set(maker.CONTEXTS) == set(CONTEXTS)
    assert set(maker.WINDOWS) == set(WINDOWS)
    assert set(maker.GROUPS) == set(GROUPS)
    assert set(maker.JURISDICTION_NAMES) == set(JURISDICTIONS)
    assert set(maker.SETTINGS) <= set(load().rules)
