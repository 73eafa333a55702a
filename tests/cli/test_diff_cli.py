"""`copylint check --diff REV`: a writer is told of what they wrote, and of nothing that stood there before."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from copylint.cli import run

pytestmark = pytest.mark.skipif(not shutil.which("git"), reason="no git")

OLD = "# Our peel\n\nIt is a miracle.\n\nPlease ring the bell.\n\nThe results are permanent.\n"


class Done(NamedTuple):
    """What a run of the command line came to. places: path:line of each finding, with its rule."""

    code: int
    out: str
    err: str

    @property
    def places(self) -> list[str]:
        return [f"{place} {rule}" for place, rule in re.findall(r"^(.+?:\d+):\d+: \w+ (\S+)", self.out, re.MULTILINE)]


Check = Callable[..., Done]


def git(*arguments: str) -> None:
    identity = ["-c", "user.name=tester", "-c", "user.email=tester@mail.example", "-c", "init.defaultBranch=main"]
    command = ["git", *identity, "-c", "core.hooksPath=/dev/null", "-c", "commit.gpgsign=false", *arguments]
    subprocess.run(command, check=True, capture_output=True)


def commit() -> None:
    git("add", "--all")
    git("commit", "--quiet", "--message", "as it stands")


def write(name: str, text: str) -> None:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


@pytest.fixture
def check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Check:
    """Runs `copylint check --format concise` with the real rules, in a repository with one old page."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "GIT_DIR", "GIT_INDEX_FILE"):
        monkeypatch.delenv(name, raising=False)
    git("init", "--quiet")
    write("page.md", OLD)
    commit()

    def checked(*arguments: str) -> Done:
        code = run(["check", "--format", "concise", *arguments])
        out, err = capfd.readouterr()
        return Done(code, out, err)

    return checked


def test_nothing_has_changed(check: Check) -> None:
    done = check("--diff", "HEAD")
    assert (done.code, done.out) == (0, "")
    assert "notice: only what has changed since HEAD; 1 file without a change not read" in done.err
    assert "No findings in 0 files" in done.err


def test_only_the_new_line_is_reported(check: Check) -> None:
    write("page.md", OLD.replace("ring the bell", "enjoy results that last forever"))
    done = check("--diff", "HEAD")
    assert done.places == ["page.md:5 overclaim/permanence"]
    assert done.code == 1
    assert "2 findings on unchanged lines left out" in done.err
    assert len(check().places) == 3


def test_an_old_claim_on_a_changed_line_is_reported(check: Check) -> None:
    write("page.md", OLD.replace("It is a miracle.", "It is a miracle. Ask us."))
    assert check("--diff", "HEAD").places == ["page.md:3 overclaim/hype"]


def test_a_claim_that_loses_its_not_in_the_line_before_is_reported(check: Check) -> None:
    write("wrapped.md", "No peel of ours will ever give anybody\npermanent results.\n")
    commit()
    assert "wrapped.md:2 overclaim/permanence" not in check().places
    write("wrapped.md", "Every peel of ours tries to give you\npermanent results.\n")
    assert check("--diff", "HEAD").places == ["wrapped.md:2 overclaim/permanence"]


def test_a_claim_whose_limit_is_taken_out_is_reported(check: Check) -> None:
    write("wrapped.md", "It is wrong to say that\nresults are permanent.\n")
    commit()
    write("wrapped.md", "results are permanent.\n")
    assert check("--diff", "HEAD").places == ["wrapped.md:1 overclaim/permanence"]


def test_new_files_are_checked_as_a_whole(check: Check) -> None:
    write("new.md", OLD)
    write(".gitignore", "drafts/\n")
    write("drafts/ignored.md", OLD)
    assert check("--diff", "HEAD").places == ["new.md:3 overclaim/hype", "new.md:7 overclaim/permanence"]
    assert "drafts/ignored.md:3 overclaim/hype" in check("--diff", "HEAD", "drafts/ignored.md").places


def test_a_renamed_file_keeps_its_old_findings_out(check: Check) -> None:
    git("mv", "page.md", "new name.md")
    write("new name.md", OLD.replace("ring the bell", "enjoy results that last forever"))
    assert check("--diff", "HEAD").places == ["new name.md:5 overclaim/permanence"]


def test_other_line_ends_are_no_change(check: Check) -> None:
    Path("page.md").write_bytes(OLD.replace("ring the bell", "call us guaranteed").replace("\n", "\r\n").encode())
    assert all(place.startswith("page.md:5 ") for place in check("--diff", "HEAD").places)


DUTY = (
    "# Liposuction\n\nLiposuction flattens your waist. Book liposuction with us. "
    + "We look after you from the first day on. " * 30
)


def test_what_is_missing_is_reported_where_its_place_has_changed_and_in_new_files(check: Check) -> None:
    write("duty.md", f"{DUTY}\n\nOur house is near the station.\n")
    assert "risk/undisclosed" in check("--diff", "HEAD").out
    commit()
    write("duty.md", f"{DUTY}\n\nOur house is near the harbour.\n")
    assert "risk/" not in check("--diff", "HEAD").out
    assert "risk/undisclosed" in check().out
    write("duty.md", f"{DUTY.replace('# Liposuction', '# Your liposuction')}\n\nOur house is near the harbour.\n")
    assert "risk/undisclosed" in check("--diff", "HEAD").out


def test_known_findings_are_known_before_the_changes_are_looked_at(
    check: Check, capfd: pytest.CaptureFixture[str]
) -> None:
    write("copylint.toml", 'baseline = "copylint-baseline.json"\n')
    write("other.md", "It is a miracle.\n")
    assert run(["baseline", "--quiet"]) == 0
    commit()
    # The known sentence moves from an unchanged line to a changed one, and a page is gone.
    write("page.md", "# Our peel\n\nWelcome. It is a miracle.\n\nPlease ring.\n\nThe results are permanent.\n")
    Path("other.md").unlink()
    done = check("--diff", "HEAD", ".")
    assert (done.code, done.out) == (0, "")
    assert "found no more" not in done.err
    assert "found no more" in check(".").err


def test_a_finding_that_a_baseline_does_not_know_still_fails(check: Check) -> None:
    write("copylint.toml", 'baseline = "copylint-baseline.json"\n')
    assert run(["baseline", "--quiet"]) == 0
    commit()
    write("page.md", OLD + "\nResults that last forever.\n")
    done = check("--diff", "HEAD")
    assert done.places == ["page.md:9 overclaim/permanence"]
    assert done.code == 1


def test_every_format_holds_the_changes_only(check: Check) -> None:
    write("page.md", OLD.replace("ring the bell", "enjoy results that last forever"))
    write("same.md", "Please ring.\n")
    commit()
    write("page.md", OLD)
    check("--diff", "HEAD", "--report", "json=report.json", "--report", "sarif=report.sarif")
    report = json.loads(Path("report.json").read_text(encoding="utf-8"))
    assert [file["path"] for file in report["files"]] == ["page.md"]
    assert report["files"][0]["findings"] == []
    assert report["summary"] == {"error": 0, "warning": 0, "suggestion": 0}
    assert json.loads(Path("report.sarif").read_text(encoding="utf-8"))["runs"][0]["results"] == []


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--diff", "mian"], 'Error: --diff: git knows no commit "mian" here.'),
        (["--diff", "--help"], 'Error: --diff: "--help" is no revision.'),
        (["--diff=--output=page.md"], 'Error: --diff: "--output=page.md" is no revision.'),
        (["--diff", "HEAD", "-"], "Error: --diff is of files: git knows nothing of standard input."),
        (["--diff", "HEAD", "missing.md"], "missing.md: error: does not exist."),
    ],
)
def test_what_cannot_be_meant_is_trouble(arguments: list[str], message: str, check: Check) -> None:
    done = check(*arguments)
    assert (done.code, done.out) == (2, "")
    assert message in done.err
    assert Path("page.md").read_text(encoding="utf-8") == OLD


def test_a_file_that_cannot_be_read_is_trouble(check: Check) -> None:
    Path("broken.md").write_bytes(b"\0\0\0")
    assert check("--diff", "HEAD").code == 2


def test_nothing_of_it_is_imported_without_it(check: Check) -> None:
    script = (
        "import sys; from copylint.cli import run; run(['check', '--quiet', *sys.argv[1:], 'page.md']);"
        "print(sorted({'subprocess', 'copylint.cli.changed', 'copylint.verdicts.changes'} & set(sys.modules)))"
    )
    for arguments, expected in ([], "[]"), (["--diff", "HEAD"], "'subprocess']"):
        done = subprocess.run([sys.executable, "-c", script, *arguments], capture_output=True, text=True, check=True)
        assert done.stdout.splitlines()[-1].endswith(expected)
