"""`copylint init`: what it finds in a repository, what it writes, and what it leaves alone."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from pre_commit.clientlib import load_config

from copylint import config
from copylint.cli.init import HOOK
from copylint.rules.policy import load as load_policy

Run = Callable[..., Any]
Write = Callable[..., None]
RULES = tuple(load_policy().rules)


def grow(write: Write, tree: Mapping[str, str]) -> None:
    for name, text in tree.items():
        write(name, text)


def loaded(path: Path) -> config.LintSettings:
    settings = config.load(path)
    config.check_configured_names(settings, RULES)
    return settings


FOUND: list[tuple[str, dict[str, str], tuple[str, ...], str]] = [
    ("pounds", {"a.md": "Lip filler from £120."}, ("uk",), "Jurisdiction uk: prices in £ (1 file)"),
    ("a British address", {"a.md": "See roseclinic.co.uk."}, ("uk",), "addresses in .co.uk (1 file)"),
    ("a British number", {"a.md": "Call +44 20 7946 0000."}, ("uk",), "telephone numbers of +44"),
    ("British spelling", {"a.md": "Our centre uses local anaesthetic."}, ("uk",), "British spelling (1 file)"),
    ("Australian prices", {"a.md": "From A$400, or $300 for members."}, ("au",), "prices in A$"),
    ("an Australian address", {"a.html": "<a href='https://rose.com.au'>"}, ("au",), "addresses in .com.au"),
    (
        "Canadian prices",
        {"a.md": "From CA$400 at https://rose.ca/"},
        ("ca",),
        "prices in C$ (1 file), addresses in .ca",
    ),
    ("euros", {"a.md": "Ab 300 €"}, ("eu",), "prices in €"),
    ("an Irish address", {"a.md": "hello@rose.ie"}, ("eu",), "addresses in .eu, .ie and the like"),
    ("dollars", {"a.md": "From $400. Austin, TX 78701"}, ("us",), "prices in $ (1 file), ZIP codes (1 file)"),
    ("several", {"a.md": "£120", "b.md": "$150"}, ("us", "uk"), "Jurisdiction uk: prices in £"),
    ("nothing", {"a.md": "Fat freezing."}, ("us",), "Jurisdiction us: nothing points elsewhere"),
    (
        "one link abroad",
        {"a.md": "£1", **{f"{n}.md": "$1" for n in range(30)}},
        ("us",),
        "Jurisdiction us: prices in $",
    ),
    ("a regulator abroad", {"a.md": "https://www.gov.uk/mhra and https://www.tga.gov.au"}, ("us",), "nothing points"),
]


@pytest.mark.parametrize(
    ("tree", "jurisdictions", "told"), [case[1:] for case in FOUND], ids=[case[0] for case in FOUND]
)
def test_jurisdictions_are_told_with_their_signs(
    tree: dict[str, str], jurisdictions: tuple[str, ...], told: str, copylint: Run, write: Write, tmp_path: Path
) -> None:
    grow(write, tree)
    done = copylint("init")
    assert done.code == 0, done.err
    assert told in done.out
    assert loaded(tmp_path / "copylint.toml").jurisdictions == jurisdictions


EXCLUDED: list[tuple[str, dict[str, str], list[str], list[str]]] = [
    ("Jekyll", {"a.md": "", "_site/a.html": ""}, ["/_site/"], []),
    ("Hugo", {"a.md": "", "hugo.toml": "", "public/a.html": ""}, ["/public/"], []),
    ("a public folder of nobody", {"a.md": "", "public/a.html": ""}, [], ["/public/"]),
    ("in a part of the repository", {"a.md": "", "apps/x/dist/b/a.html": ""}, ["/apps/x/dist/"], []),
    ("packages", {"a.md": "", "node_modules/x/readme.md": ""}, ["/node_modules/"], []),
    ("without copy", {"a.md": "", "dist/a.css": ""}, [], []),
    ("signs of a pattern", {"a.md": "", "a[1]/dist/a.html": ""}, [r"/a\[1\]/dist/"], []),
    ("what is ignored already", {"a.md": "", ".git/HEAD": "", ".gitignore": "dist/", "dist/a.html": ""}, [], []),
]


@pytest.mark.parametrize(
    ("tree", "excluded", "doubtful"), [case[1:] for case in EXCLUDED], ids=[case[0] for case in EXCLUDED]
)
def test_generated_folders_are_excluded(
    tree: dict[str, str], excluded: list[str], doubtful: list[str], copylint: Run, write: Write, tmp_path: Path
) -> None:
    grow(write, tree)
    done = copylint("init")
    settings = loaded(tmp_path / "copylint.toml")
    assert [line for patterns in settings.exclude for line in patterns.lines] == excluded
    assert done.out.count("Excluded: ") == len(excluded)
    assert done.out.count("Perhaps to be excluded: ") == len(doubtful)
    text = (tmp_path / "copylint.toml").read_text(encoding="utf-8")
    assert [line for line in doubtful if f'  # "{line}",\n' not in text] == []
    for name in tree:
        if name.endswith(".html"):
            left_out = settings.excluded().verdict(tmp_path / name)
            assert bool(left_out) is any(name.startswith(("_site", "dist", "public", "a[1]", "apps")) for _ in excluded)


def test_kinds_of_copy_are_counted_without_what_is_generated(copylint: Run, write: Write) -> None:
    grow(write, {"a.md": "", "b.md": "", "c.html": "", "d.txt": "", "dist/e.html": "", "f.py": ""})
    assert "Copy: 2 Markdown, 1 HTML, 1 plain text\n" in copylint("init").out


def test_a_repository_without_copy_gets_a_configuration_too(copylint: Run, tmp_path: Path) -> None:
    assert "Copy: none yet" in copylint("init").out
    loaded(tmp_path / "copylint.toml")


def test_everything_that_is_suggested_loads(copylint: Run, write: Write, tmp_path: Path) -> None:
    """Taking the "# " from a setting gives a setting that is understood."""
    grow(write, {"copylint.toml": "", "site/a.md": "£1", "site/public/a.html": ""})
    copylint("init", "site")
    path = tmp_path / "site" / "copylint.toml"
    text = path.read_text(encoding="utf-8")
    assert "extend" not in path.read_text(encoding="utf-8").replace("# extend", "")
    awake = re.sub(r'^( *)# (?=[a-z-]+ = |\[|")', r"\1", text, flags=re.MULTILINE)
    path.write_text(awake, encoding="utf-8")
    settings = loaded(path)
    assert settings.allow
    assert settings.severity
    assert settings.per_file_ignores
    assert settings.ignore
    assert settings.checks.own_sites
    assert settings.exclude[0].lines == ("/public/",)


def test_a_check_afterwards_says_nothing_of_the_configuration(copylint: Run, write: Write) -> None:
    grow(write, {"a.md": "fine", "dist/b.html": "permanent"})
    copylint("init")
    done = copylint("check", "-f", "concise")
    assert (done.code, done.out) == (0, "")
    assert done.err.startswith("No findings in 1 file ")


@pytest.mark.parametrize(
    ("tree", "told"),
    [
        ({"copylint.toml": "fail-on = 'never'\n"}, "copylint.toml: there is a configuration already."),
        ({"pyproject.toml": "[tool.copylint]\n"}, "pyproject.toml: there is a configuration already."),
    ],
    ids=["copylint.toml", "pyproject.toml"],
)
def test_what_is_there_is_never_overwritten_unless_asked(
    tree: dict[str, str], told: str, copylint: Run, write: Write, tmp_path: Path
) -> None:
    grow(write, tree)
    done = copylint("init")
    assert (done.code, done.out) == (2, "")
    assert told in done.err
    assert "--force" in done.err
    assert {path.name: path.read_text(encoding="utf-8") for path in tmp_path.iterdir()} == tree
    assert copylint("init", "--force").code == 0
    assert loaded(tmp_path / "copylint.toml").fail_on == "error"


def test_a_pyproject_of_others_does_not_matter(copylint: Run, write: Write) -> None:
    write("pyproject.toml", "[tool.ruff]\n")
    assert copylint("init").code == 0


def test_the_configuration_that_counted_so_far_is_named(copylint: Run, write: Write, tmp_path: Path) -> None:
    grow(write, {"copylint.toml": "fail-on = 'never'\n", "site/a.md": ""})
    done = copylint("init", "site")
    assert '../copylint.toml no longer counts here. To keep its settings: extend = "../copylint.toml"' in done.out
    assert "Wrote site/copylint.toml." in done.out


def test_the_hook_is_one_that_pre_commit_takes(tmp_path: Path) -> None:
    path = tmp_path / ".pre-commit-config.yaml"
    path.write_text(HOOK, encoding="utf-8")
    (hook,) = load_config(path)["repos"][0]["hooks"]
    assert hook["id"] == "copylint"


@pytest.mark.parametrize(
    ("text", "there"), [("- id: copylint\n", True), ("- id: ruff\n", False), ("# - id: copylint\n", False)]
)
def test_the_hook_is_told_of_where_it_is_missing(text: str, there: bool, copylint: Run, write: Write) -> None:
    write(".pre-commit-config.yaml", text)
    out = copylint("init").out
    assert ("pre-commit runs copylint already." in out) is there
    assert (HOOK in out) is not there


def test_a_folder_that_is_not_there_is_a_mistake(copylint: Run) -> None:
    assert copylint("init", "gone").code == 2


def test_the_same_repository_gives_the_same_bytes(copylint: Run, write: Write, tmp_path: Path) -> None:
    grow(write, {"b.md": "£1 A$1", "a.html": "$1", "dist/x.html": "", "public/x.html": ""})
    first = copylint("init").out
    text = (tmp_path / "copylint.toml").read_bytes()
    assert (copylint("init", "--force").out, (tmp_path / "copylint.toml").read_bytes()) == (first, text)
    assert b"\r" not in text


@pytest.mark.skipif(os.name == "nt", reason="no such names there")
def test_names_that_cannot_be_written_do_no_harm(copylint: Run, tmp_path: Path) -> None:
    for name in (b"a\nb", b"\xff", b'"#'):
        folder = bytes(tmp_path) + b"/" + name + b"/dist"
        Path(folder.decode("utf-8", "surrogateescape")).mkdir(parents=True)
        Path((folder + b"/x.html").decode("utf-8", "surrogateescape")).write_text("x", encoding="utf-8")
    done = copylint("init")
    assert done.code == 0, done.err
    assert [one.lines for one in loaded(tmp_path / "copylint.toml").exclude] == [('/"\\#/dist/',)]
