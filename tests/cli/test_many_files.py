"""Runs over many files: workers and kept results change how long it takes, and nothing else."""

from __future__ import annotations

import importlib.util
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

import pytest

from copylint import engine, results
from copylint.cli import batch, check, run
from copylint.findings import FileReport

TOP = Path(__file__).parents[2]
linux = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc, or puts something in place before a fork")


def _generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("pages", TOP / "benchmarks" / "pages.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Done(NamedTuple):
    """What a run came to."""

    code: int
    out: bytes
    err: bytes


Run = Callable[..., Done]


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for the compiled rules and the results."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def site(cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of pages, one of which cannot be read, that counts as much; no results are kept yet."""
    monkeypatch.setenv("COPYLINT_CACHE_DIR", str(cache))
    results.place().unlink(missing_ok=True)
    monkeypatch.setattr(check, "MUCH", 1_000)
    folder = tmp_path / "site"
    _generator().write_pages(folder, 8, words=150)
    (folder / "part-000" / "binary.md").write_bytes(b"\0\1\2")
    (folder / "drafts").mkdir()
    (folder / "drafts" / "draft.md").write_text("The peel is a miracle, gone for good.\n", encoding="utf-8")
    (folder / "drafts" / "copylint.toml").write_text("select = ['overclaim/hype']\n", encoding="utf-8")
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def copylint(capfdbinary: pytest.CaptureFixture[bytes]) -> Run:
    def call(*arguments: str) -> Done:
        code = run(["check", *arguments])
        sys.stdout.flush()
        return Done(code, *capfdbinary.readouterr())

    return call


@pytest.fixture
def checked(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The paths that were checked in this process."""
    paths: list[str] = []
    real = engine.lint

    def lint(source: engine.Source, *arguments: object, **named: object) -> FileReport:
        paths.append(source.path)
        return real(source, *arguments, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(engine, "lint", lint)
    return paths  # type: ignore[return-value]


@pytest.mark.parametrize("format_", ["full", "json"])
def test_the_bytes_depend_neither_on_workers_nor_on_kept_results(format_: str, site: Path, copylint: Run) -> None:
    first = copylint("-f", format_, "-j", "1", "--no-cache", ".", "missing.md")
    assert first.code == 2
    assert b"part-000/binary.md: error: is no text" in first.err
    for options in (["-j2", "--no-cache"], ["-j3"], ["-j1"], []):
        assert copylint("-f", format_, *options, ".", "missing.md") == first, options


def test_spawned_workers_give_the_same_bytes(site: Path, copylint: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """With hash seeds of their own."""
    from copylint import workers

    first = copylint("-f", "json", "-j1", "--no-cache")
    monkeypatch.setattr(workers, "start_method", lambda: "spawn")
    assert copylint("-f", "json", "-j2", "--no-cache") == first


def test_a_page_that_has_not_changed_is_not_checked_again(site: Path, copylint: Run, checked: list[str]) -> None:
    copylint("-j1")
    assert len(checked) == 9
    checked.clear()
    (site / "drafts" / "draft.md").rename(site / "drafts" / "final.md")
    done = copylint("-j1", "-f", "concise")
    assert checked == []
    assert b"drafts/final.md:1:15: error overclaim/hype" in done.out
    (site / "drafts" / "final.md").write_text("The peel is magic.\n", encoding="utf-8")
    copylint("-j1")
    assert checked == ["drafts/final.md"]
    checked.clear()
    copylint("-j1", "--jurisdiction", "uk")
    assert len(checked) == 9


def test_results_may_be_refused(site: Path, copylint: Run, checked: list[str], tmp_path: Path) -> None:
    copylint("-j1", "--no-cache")
    assert not results.place().exists()
    (site / "copylint.toml").write_text("cache = false\n", encoding="utf-8")
    checked.clear()
    for _ in range(2):
        copylint("-j1")
    assert [one for one in sorted(set(checked)) if checked.count(one) == 1] == ["drafts/draft.md"]


def test_a_suppression_with_a_last_day_is_looked_at_anew_each_day(
    site: Path, copylint: Run, checked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    page = site / "page.md"
    text = "<!-- copylint-disable-next overclaim/hype until 2027-03-01 -- a name -->\n\nThe peel is a miracle.\n"
    page.write_text(text, encoding="utf-8")

    def on(day: str) -> Done:
        checked.clear()
        monkeypatch.setattr("copylint.verdicts.clock.today", lambda: day)
        return copylint("-j1", "-f", "concise", "--select", "overclaim/hype,copylint")

    first = on("2027-03-01")
    assert b"page.md:" not in first.out
    assert on("2027-03-01") == first
    assert checked == []
    late = on("2027-03-02")
    assert checked == ["page.md"]
    assert b"page.md:3:15: error overclaim/hype" in late.out
    assert b"copylint/expired-suppression" in late.out


def test_what_workers_are_for_is_not_imported_for_a_few_pages(tmp_path: Path) -> None:
    (tmp_path / "page.md").write_text("The fat is gone for good.\n", encoding="utf-8")
    script = (
        "import sys; from copylint.cli import run; run(['check', '--quiet', 'page.md']);"
        "print(sorted({'multiprocessing', 'concurrent.futures', 'sqlite3', 'hashlib', 'copylint.results',"
        " 'copylint.workers', 'copylint.cli.batch'} & set(sys.modules)))"
    )
    for _ in range(2):
        done = subprocess.run(
            [sys.executable, "-c", script], cwd=tmp_path, capture_output=True, encoding="utf-8", check=True
        )
    assert done.stdout.splitlines()[-1] == "[]", done.stderr


def test_one_job_starts_no_process(site: Path, copylint: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "copylint.workers", None)
    assert copylint("-j1", "--no-cache").code == 2


def test_few_pages_are_shared_only_if_one_asks_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    from copylint.documents.document import Source

    monkeypatch.setattr(batch, "_cores", lambda: 4)
    small = [batch.Task(Source("a.md", "x" * 100), None, b"")] * 8  # type: ignore[arg-type]
    large = [batch.Task(Source("a.md", "x" * batch.CHARACTERS_PER_WORKER), None, b"")] * 8  # type: ignore[arg-type]
    assert [batch._worth(small, jobs) for jobs in (0, 1, 3, 50)] == [0, 1, 3, 8]
    assert [batch._worth(large, jobs) for jobs in (0, 1, 3)] == [4, 1, 3]
    assert batch._worth(large[:2], 0) == 2


def test_a_negative_number_of_jobs_is_a_mistake(site: Path, copylint: Run) -> None:
    assert copylint("-j", "-1").code == 2


@linux
def test_a_page_whose_process_dies_is_an_error(site: Path, copylint: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    real = engine.lint

    def lint(source: engine.Source, *arguments: object, **named: object) -> FileReport:
        if source.path == "drafts/draft.md":
            os.kill(os.getpid(), signal.SIGKILL)
        return real(source, *arguments, **named)  # type: ignore[arg-type]

    (site / "part-000" / "binary.md").unlink()
    whole = copylint("-j1", "--no-cache", "-f", "concise", "--ignore", "overclaim/hype")
    monkeypatch.setattr(engine, "lint", lint)
    done = copylint("-j2", "-f", "concise", "--ignore", "overclaim/hype")
    assert done.code == 2
    assert b"drafts/draft.md: error: was not checked: its process died" in done.err
    assert [line for line in whole.out.splitlines() if b"draft.md" not in line] == done.out.splitlines()


@linux
def test_without_workers_the_run_goes_on_alone(site: Path, copylint: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    from copylint import workers

    first = copylint("-j1", "--no-cache")
    monkeypatch.setattr(workers, "_serve", lambda *_: os._exit(3))
    assert copylint("-j2", "--no-cache") == first


def _children(process: int) -> list[int]:
    try:
        return [int(one) for one in Path(f"/proc/{process}/task/{process}/children").read_text().split()]
    except OSError:
        return []


def _is_running(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@linux
@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGKILL])
def test_no_process_outlives_the_run(ending: signal.Signals, tmp_path: Path, site: Path) -> None:
    _generator().write_pages(site, 150)
    with subprocess.Popen(
        [sys.executable, "-m", "copylint", "check", "-j2", "--no-cache", "part-000"],
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True,
    ) as process:  # fmt: skip
        assert process.stderr is not None
        deadline = time.monotonic() + 60
        while len(workers := _children(process.pid)) < 2 and time.monotonic() < deadline:
            time.sleep(0.01)
        time.sleep(0.3)
        start = time.monotonic()
        if ending == signal.SIGINT:
            os.killpg(process.pid, ending)  # as a terminal does
        else:
            process.kill()
        said = process.stderr.read()
        code = process.wait(30)
        assert time.monotonic() - start < 10
    while any(map(_is_running, workers)) and time.monotonic() < start + 20:
        time.sleep(0.05)
    assert len(workers) == 2
    assert not any(map(_is_running, workers))
    if ending == signal.SIGINT:
        assert code == 130
        assert said.strip() == b""


# --- The pages ---------------------------------------------------------------------------------------------------


def test_the_pages_are_the_same_each_time_and_all_different() -> None:
    pages = _generator().pages
    many = list(pages(40))
    assert list(pages(20)) == many[:20]
    assert list(pages(5, seed=2)) != many[:5]
    assert len({page.name for page in many}) == len({page.text for page in many}) == 40
    assert 600 < sum(len(page.text.split()) for page in many) / 40 < 800
