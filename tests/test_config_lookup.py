"""Which configuration counts for which file, and how often the disk is asked."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from copylint import config, files
from copylint.config import ConfigError, Configurations, LintSettings


def put(folder: Path, tree: Mapping[str, str]) -> None:
    for name, text in tree.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


NEAREST = [
    ("its own folder", {"a/copylint.toml": ""}, "a/x.md", "a/copylint.toml"),
    ("upwards", {"copylint.toml": ""}, "a/b/x.md", "copylint.toml"),
    ("the nearest", {"copylint.toml": "", "a/pyproject.toml": "[tool.copylint]"}, "a/b/x.md", "a/pyproject.toml"),
    ("not that of a neighbour", {"copylint.toml": "", "a/copylint.toml": ""}, "b/x.md", "copylint.toml"),
    ("a pyproject of others", {"copylint.toml": "", "a/pyproject.toml": "[tool.ruff]"}, "a/x.md", "copylint.toml"),
    ("none", {}, "a/x.md", None),
]


@pytest.mark.parametrize(
    ("tree", "file", "expected"), [case[1:] for case in NEAREST], ids=[case[0] for case in NEAREST]
)
def test_the_nearest_configuration_counts(
    tree: dict[str, str], file: str, expected: str | None, tmp_path: Path
) -> None:
    put(tmp_path, tree)
    settings = Configurations(tmp_path).of_file(tmp_path / file)
    assert settings.origin == (tmp_path / expected if expected else None)


def test_a_file_without_a_configuration_above_takes_that_of_the_working_folder(tmp_path: Path) -> None:
    put(tmp_path, {"here/copylint.toml": "fail-on = 'never'"})
    there = Configurations(tmp_path / "here")
    assert there.of_file(tmp_path / "elsewhere" / "x.md").fail_on == "never"
    assert there.of_file(None).fail_on == "never"


def test_one_that_is_given_counts_for_all(tmp_path: Path) -> None:
    put(tmp_path, {"a/copylint.toml": "fail-on = 'never'"})
    given = LintSettings(root=tmp_path, fail_on="warning")
    assert Configurations(tmp_path, only=given).of_file(tmp_path / "a" / "x.md") is given


def test_a_broken_configuration_is_an_error_for_its_files_only(tmp_path: Path) -> None:
    put(tmp_path, {"a/copylint.toml": "fail-on = 1"})
    there = Configurations(tmp_path)
    assert there.of_file(tmp_path / "x.md") == LintSettings(root=tmp_path)
    with pytest.raises(ConfigError):
        there.of_file(tmp_path / "a" / "x.md")


# --- Excluded ----------------------------------------------------------------------------------------------------

MONOREPO = {
    "copylint.toml": "exclude = ['vendor/', 'drafts/']\n",
    "x.md": "", "drafts/x.md": "", "vendor/x.md": "",
    "vendor/pack/copylint.toml": "", "vendor/pack/x.md": "",
    "shop/copylint.toml": "exclude = ['old/']\n",
    "shop/x.md": "", "shop/old/x.md": "", "shop/drafts/x.md": "",
}  # fmt: skip
READ = ["shop/drafts/x.md", "shop/x.md", "x.md"]


def test_in_each_folder_its_own_configuration_excludes(tmp_path: Path) -> None:
    put(tmp_path, MONOREPO)
    choice = files.choose(["."], exclude=Configurations(tmp_path), folder=tmp_path)
    assert [one.shown for one in choice.files] == READ


def test_naming_a_file_excludes_as_walking_to_it_does(tmp_path: Path) -> None:
    put(tmp_path, MONOREPO)
    named = [name for name in MONOREPO if name.endswith(".md")]
    choice = files.choose(named, exclude=Configurations(tmp_path), folder=tmp_path)
    assert [one.shown for one in choice.files] == READ
    assert len(choice.excluded) == len(named) - len(READ)


def test_inside_of_a_folder_that_is_excluded_above_its_own_configuration_counts(tmp_path: Path) -> None:
    put(tmp_path, MONOREPO)
    inside = tmp_path / "vendor" / "pack"
    choice = files.choose(["."], exclude=Configurations(inside), folder=inside)
    assert [one.shown for one in choice.files] == ["x.md"]


# --- Cost --------------------------------------------------------------------------------------------------------


def test_each_folder_is_looked_into_once_and_each_configuration_read_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, {"copylint.toml": ""})
    asked: list[Path] = []
    read: list[Path] = []
    in_folder, load = config.lookup.in_folder, config.lookup.load
    monkeypatch.setattr(config.lookup, "in_folder", lambda folder: (asked.append(folder), in_folder(folder))[1])
    monkeypatch.setattr(config.lookup, "load", lambda path: (read.append(path), load(path))[1])
    there = Configurations(tmp_path)
    for name in ["a/x.md", "a/y.md", "a/b/x.md", "x.md"] * 5:
        there.of_file(tmp_path / name)
        there.verdict(tmp_path / name)
    assert asked == [tmp_path / "a", tmp_path, tmp_path / "a" / "b"]
    assert read == [tmp_path / "copylint.toml"]
