"""copylint as a process of its own, with the real engine: pipes, start-up, the ways to start it."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

WAYS = {
    "module": [sys.executable, "-m", "copylint"],
    "script": [str(Path(sysconfig.get_path("scripts")) / "copylint")],
}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_the_command_can_be_started(way: list[str], tmp_path: Path) -> None:
    (tmp_path / "page.md").write_text("The fat is gone for good.\n", encoding="utf-8")
    command = [*way, "check", "-f", "concise", "--fail-on", "suggestion", "page.md"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 1, done.stderr
    assert "overclaim/permanence" in done.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="pipes break otherwise there")
def test_a_reader_that_goes_away_ends_the_run_quietly(tmp_path: Path) -> None:
    (tmp_path / "page.md").write_text("The fat is gone for good.\n\n" * 3000, encoding="utf-8")
    with subprocess.Popen(
        [*WAYS["module"], "check", "-f", "json"], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        said = process.stderr.read().decode()
        assert process.wait(timeout=60) == 130
    assert said == ""


def test_a_narrow_console_shows_escapes_and_does_not_crash(tmp_path: Path) -> None:
    (tmp_path / "page.md").write_text("Ergebnis 漢字: the fat is gone for good ✓\n", encoding="utf-8")
    command = [sys.executable, "-X", "utf8=0", "-m", "copylint", "check", "page.md"]
    done = subprocess.run(
        command,
        cwd=tmp_path,
        env={"PYTHONIOENCODING": "cp1252", "PATH": "", "HOME": str(tmp_path), "SYSTEMROOT": "C:\\Windows"},
        capture_output=True,
        check=False,
    )
    assert done.returncode in (0, 1), done.stderr
    assert rb"\u6f22" in done.stdout


def test_what_one_page_does_not_need_is_not_imported(tmp_path: Path) -> None:
    """Start-up is a feature: these cost more than linting a page. The first run makes the cache.

    (Short options make click import difflib.)
    """
    (tmp_path / "page.md").write_text("The fat is gone for good.\n", encoding="utf-8")
    script = (
        "import sys; from copylint.cli import run; run(['check', '--quiet', 'page.md']);"
        "print(sorted({'yaml', 'regex', 'pathspec', 'textstat', 'nltk', 'tomllib', 'difflib', 'importlib.metadata',"
        " 'asyncio', 'socket', 'http', 'urllib.request', 'ssl'} & set(sys.modules)))"
    )
    for _ in range(2):
        done = subprocess.run(
            [sys.executable, "-c", script], cwd=tmp_path, capture_output=True, encoding="utf-8", check=True
        )
    assert done.stdout.splitlines()[-1] == "[]", done.stderr
