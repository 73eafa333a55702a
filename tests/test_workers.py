"""Workers: the same results as in one process, whatever happens to one of them."""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from copylint import engine, results, workers
from copylint.config import ConfigError, LintSettings
from copylint.documents.document import Source
from copylint.findings import FileReport
from copylint.results import Result
from copylint.rules.policy import Policy, load
from copylint.workers import NoWorkersError, Order, Terms

forks = pytest.mark.skipif(
    sys.platform != "linux", reason="what is put in place of the engine is there after a fork only"
)
SOURCES = [
    Source(f"page-{number}.md", f"# Page {number}\n\n" + "The fat is gone for good.\n\n" * number)
    for number in range(12)
]


@pytest.fixture(scope="module")
def policy() -> Policy:
    return load()


def terms(policy: Policy, settings: LintSettings | None = None) -> list[Terms]:
    return [Terms(settings or LintSettings(), policy.digest)]


def checked(policy: Policy, sources: Sequence[Source] = SOURCES, count: int = 3) -> dict[int, Result | None]:
    return dict(workers.check([Order(source, 0) for source in sources], terms(policy), count))


def report(source: Source, result: Result | None) -> FileReport | None:
    return results.decode(result.content, source) if result else None


def nobody_is_left() -> bool:
    for process in multiprocessing.active_children():
        process.join(10)
    return multiprocessing.active_children() == []


@pytest.mark.parametrize("method", ["spawn", pytest.param("fork", marks=forks)])
def test_workers_find_what_one_process_finds(method: str, policy: Policy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "start_method", lambda: method)
    found = checked(policy, count=2)
    alone = [engine.lint(source, policy, LintSettings()) for source in SOURCES]
    assert [report(source, found[number]) for number, source in enumerate(SOURCES)] == alone
    assert nobody_is_left()


@pytest.mark.parametrize("count", [1, 2, 5, 50])
def test_every_order_is_answered_once(count: int, policy: Policy) -> None:
    answers = list(workers.check([Order(source, 0) for source in SOURCES], terms(policy), count))
    assert sorted(number for number, _ in answers) == list(range(len(SOURCES)))
    assert all(result is not None for _, result in answers)


def test_each_text_is_judged_by_its_own_settings(policy: Policy) -> None:
    source = Source("page.md", "The fat is gone for good.\n")
    both = [*terms(policy), *terms(policy, LintSettings(select=("readability",)))]
    found = dict(workers.check([Order(source, 0), Order(source, 1)], both, 2))
    assert [len(report(source, found[number]).findings) for number in (0, 1)] == [2, 0]  # type: ignore[union-attr]


def test_a_long_text_stands_at_the_beginning_and_alone() -> None:
    lengths = [10, 90_000, 10, 30_000, 10]
    batches = workers._batches([Order(Source("a", "x" * length), 0) for length in lengths], 1)
    assert batches[0] == [1]
    assert sorted(number for batch in batches for number in batch) == [0, 1, 2, 3, 4]


def test_batches_are_small() -> None:
    sources = [Source("a", "x" * 5_000)] * 400
    batches = workers._batches([Order(source, 0) for source in sources], 2)
    assert max(len(batch) for batch in batches) * 5_000 <= workers.LARGEST_BATCH
    few = workers._batches([Order(source, 0) for source in sources[:20]], 2)
    assert len(few) >= 10, "each worker gets some, and none much more than the others"


def with_engine(monkeypatch: pytest.MonkeyPatch, trouble: Any) -> None:
    """Calls `trouble` for page-7 in place of checking it."""
    real = engine.lint

    def lint(source: Source, *arguments: Any, **named: Any) -> FileReport:
        return trouble() if source.path == "page-7.md" else real(source, *arguments, **named)

    monkeypatch.setattr(engine, "lint", lint)


@forks
@pytest.mark.parametrize("count", [1, 3])
def test_a_worker_that_dies_takes_one_file_with_it(count: int, policy: Policy, monkeypatch: pytest.MonkeyPatch) -> None:
    with_engine(monkeypatch, lambda: os.kill(os.getpid(), 9))
    found = checked(policy, count=count)
    assert sorted(found) == list(range(len(SOURCES)))
    assert [number for number, result in found.items() if result is None] == [7]
    assert nobody_is_left()


@forks
def test_a_fault_of_ours_is_told_with_its_place(policy: Policy, monkeypatch: pytest.MonkeyPatch) -> None:
    with_engine(monkeypatch, lambda: 1 // 0)
    with pytest.raises(RuntimeError, match=r"page-7\.md:\nTraceback(?s:.)*ZeroDivisionError"):
        checked(policy)
    assert nobody_is_left()


@forks
def test_workers_that_never_begin_are_none(policy: Policy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "_serve", lambda *_: os._exit(3))
    with pytest.raises(NoWorkersError):
        checked(policy)
    assert nobody_is_left()


def test_a_system_without_room_for_processes_has_none(policy: Policy, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: object) -> None:
        raise BlockingIOError("resource temporarily unavailable")

    monkeypatch.setattr(multiprocessing.process.BaseProcess, "start", refuse)
    with pytest.raises(NoWorkersError, match="unavailable"):
        checked(policy)


def test_rules_that_change_meanwhile_end_the_run() -> None:
    with pytest.raises(ConfigError, match="changed while"):
        list(workers.check([Order(SOURCES[0], 0)], [Terms(LintSettings(), "sha256:other")], 1))


def test_rules_that_are_gone_meanwhile_end_the_run(tmp_path: Path, policy: Policy) -> None:
    settings = LintSettings(rules=(tmp_path / "gone.yaml",))
    with pytest.raises(ConfigError, match=r"gone\.yaml"):
        list(workers.check([Order(SOURCES[0], 0)], terms(policy, settings), 1))


def test_who_stops_asking_leaves_no_process_behind(policy: Policy) -> None:
    answers = workers.check([Order(source, 0) for source in SOURCES], terms(policy), 2)
    next(answers)
    answers.close()  # type: ignore[attr-defined]  # it is a generator
    assert nobody_is_left()
