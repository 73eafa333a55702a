"""The hooks, as pre-commit itself installs and runs them."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

TOP = Path(__file__).parent.parent
BAD = "# Fat freezing\n\nThe fat is gone for good: permanent results, guaranteed.\n"
GOOD = "# Opening hours\n\nWe are open from nine to five. Please ring the bell.\n"


def git(folder: Path, *arguments: str) -> str:
    identity = ["-c", "user.name=tester", "-c", "user.email=tester@example.com", "-c", "init.defaultBranch=main"]
    command = ["git", *identity, "-c", "core.hooksPath=/dev/null", "-c", "commit.gpgsign=false", *arguments]
    return subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout


def hooks() -> dict[str, dict[str, object]]:
    """What the repository offers, by id."""
    return {entry["id"]: entry for entry in yaml.safe_load((TOP / ".pre-commit-hooks.yaml").read_text("utf-8"))}


def test_there_is_a_hook_for_whole_files_and_one_for_changed_lines() -> None:
    whole, changed = hooks().values()
    assert (whole["id"], changed["id"]) == ("copylint", "copylint-diff")
    told = ("id", "name", "description", "args")
    assert {key: value for key, value in changed.items() if key not in told} == {
        key: value for key, value in whole.items() if key not in told
    }


@pytest.mark.parametrize("hook", hooks())
@pytest.mark.parametrize(
    ("name", "wanted"),
    [("a.md", True), ("docs/b.MDX", True), ("c.html", True), ("d.htm", True), ("e.py", False), ("md", False)],
)
def test_the_hook_takes_the_files_that_copylint_reads(name: str, wanted: bool, hook: str) -> None:
    assert bool(re.search(str(hooks()[hook]["files"]), name)) is wanted


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The working tree as it stands, committed in a repository of its own."""
    if not shutil.which("git"):
        pytest.skip("no git")
    folder = tmp_path_factory.mktemp("source")
    listed = git(TOP, "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    for name in filter(None, listed.split("\0")):
        if (TOP / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(TOP / name, folder / name)
    git(folder, "init", "--quiet")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "As it stands")
    return folder


@pytest.mark.index
def test_the_hook_stops_bad_copy_and_lets_good_copy_pass(source: Path, tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    (tmp_path / "good.md").write_text(GOOD, encoding="utf-8")
    (tmp_path / "code.py").write_text("# permanent results, guaranteed\n", encoding="utf-8")
    git(tmp_path, "add", "--all")
    passed = run_hook(source, tmp_path, "copylint")
    assert passed.returncode == 0, passed.stdout + passed.stderr

    (tmp_path / "bad.md").write_text(BAD, encoding="utf-8")
    git(tmp_path, "add", "--all")
    failed = run_hook(source, tmp_path, "copylint")
    assert failed.returncode == 1, failed.stdout + failed.stderr
    assert "bad.md:3:" in failed.stdout
    assert "good.md:" not in failed.stdout
    assert "code.py" not in failed.stdout


@pytest.mark.index
def test_the_hook_for_changed_lines_passes_over_old_claims(source: Path, tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    page = tmp_path / "old page.md"
    page.write_text(BAD, encoding="utf-8")
    git(tmp_path, "add", "--all")
    first = run_hook(source, tmp_path, "copylint-diff")
    assert first.returncode == 1, first.stdout + first.stderr  # before the first commit all lines are new
    assert "old page.md:3:" in first.stdout
    git(tmp_path, "commit", "--quiet", "--message", "Years ago")

    page.write_text(f"{BAD}\nPlease ring the bell.\n", encoding="utf-8")
    git(tmp_path, "add", "--all")
    passed = run_hook(source, tmp_path, "copylint-diff")
    assert passed.returncode == 0, passed.stdout + passed.stderr
    assert "on unchanged lines left out" in passed.stdout

    page.write_text(f"{BAD}\nThe result is permanent.\n", encoding="utf-8")
    git(tmp_path, "add", "--all")
    failed = run_hook(source, tmp_path, "copylint-diff")
    assert failed.returncode == 1, failed.stdout + failed.stderr
    assert "old page.md:5:" in failed.stdout
    assert "old page.md:3:" not in failed.stdout


def run_hook(source: Path, folder: Path, hook: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pre_commit", "try-repo", str(source), hook, "--all-files", "--verbose"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
