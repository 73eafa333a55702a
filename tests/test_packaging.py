"""What is shipped: the wheel holds all that copylint needs, and the repository is laid out as it says."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
import zipfile
from importlib import metadata
from pathlib import Path

import pytest

from copylint.version import VERSION

TOP = Path(__file__).parent.parent


def tracked(*arguments: str) -> list[str]:
    command = ["git", "-C", str(TOP), "ls-files", "-z", "--cached", "--others", "--exclude-standard", *arguments]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("not a git checkout")
    return [name for name in done.stdout.split("\0") if name and (TOP / name).is_file()]


def test_the_installed_version_is_that_of_the_source() -> None:
    assert metadata.version("copylint") == VERSION
    assert f"## {VERSION}" in (TOP / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_top_of_the_repository_is_short() -> None:
    assert {name.split("/")[0] for name in tracked()} <= {
        ".ci", ".gitignore", ".gitlab", ".pre-commit-hooks.yaml", "CHANGELOG.md", "LICENSE", "README.md", "action.yml",
        "benchmarks", "copylint", "docs", "hatch_build.py", "pyproject.toml", "rules.yaml", "samples", "tests",
    }  # fmt: skip


def test_there_is_one_copy_of_the_rules() -> None:
    assert [name for name in tracked() if Path(name).name == "rules.yaml"] == ["rules.yaml"]


def test_every_import_of_the_package_is_a_declared_dependency() -> None:
    """So that a fresh installation lacks nothing."""
    project = tomllib.loads((TOP / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {re.split(r"[<>=\[ ]", line)[0].replace("-", "_").lower() for line in project["dependencies"]}
    imported = set()
    for path in (TOP / "copylint").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        imported |= {match[1] for match in re.finditer(r"^\s*(?:from|import) (\w+)", text, re.MULTILINE)}
    third_party = imported - set(sys.stdlib_module_names) - {"copylint", "__future__"}
    names = {"yaml": "pyyaml"}
    assert {names.get(name, name) for name in third_party} <= declared


def build(folder: Path) -> Path:
    """The wheel, built as an installer builds it: in an environment of its own, from the index."""
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(folder), str(TOP)]
    subprocess.run(command, check=True, capture_output=True, text=True)
    (wheel,) = folder.glob("*.whl")
    return wheel


@pytest.mark.index
def test_the_wheel_holds_everything_and_works_on_its_own(tmp_path: Path) -> None:
    wheel = build(tmp_path / "wheel")
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {"copylint/rules.yaml", "copylint/py.typed", "copylint/language/cues.yaml"} <= names
    missing = set(tracked("copylint")) - names
    assert not missing, sorted(missing)
    assert not {name for name in names if name.startswith(("tests/", "samples/"))}
    assert f"copylint-{VERSION}.dist-info/licenses/LICENSE" in names

    environment = tmp_path / "venv"
    subprocess.run([sys.executable, "-m", "venv", str(environment)], check=True)
    scripts = environment / ("Scripts" if sys.platform == "win32" else "bin")
    subprocess.run([scripts / "python", "-m", "pip", "install", "--quiet", str(wheel)], check=True, capture_output=True)
    page = tmp_path / "page.md"
    page.write_text("The fat is gone for good.\n", encoding="utf-8")
    command = [scripts / "copylint", "check", "-f", "concise", "--fail-on", "suggestion", "page.md"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stderr
    assert "overclaim/permanence" in done.stdout
