"""Many files: what is known from an earlier run is taken from there, the rest is checked, by workers where it pays.

Neither changes what is found: reports come in any order, and whoever asks for them puts them into that of their paths.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from copylint import files, results
from copylint.cli.options import Judging
from copylint.documents.document import Source
from copylint.findings import FileReport
from copylint.results import Result, WatchedClock

CHARACTERS_PER_WORKER = 40_000
"""With less copy for each, workers cost more than they bring."""
DIED = "was not checked: its process died, perhaps for want of memory. Check it alone, with --jobs 1, to see."
_AT_ONCE = 200
"""Files that are looked up together; results that are kept together, so that a run that is cut short keeps some."""


class Task(NamedTuple):
    """A text to check. key: of its result; empty where results are not kept."""

    source: Source
    judging: Judging
    key: bytes


class Done(NamedTuple):
    """A task, its report, and the same as plain data if it is to be kept."""

    task: Task
    report: FileReport
    result: Result | None


def lint_all(
    chosen: Sequence[files.Chosen], judgings: Mapping[str, Judging], *, jobs: int, cache: bool
) -> Iterator[FileReport]:
    """The reports of the files. jobs: workers, 0 for as many as it pays. cache: look up and keep results.

    Raises ConfigError where the rules change meanwhile, and what `lint` raises.
    """
    keys = results.Keys() if cache and any(one.settings.cache for one in judgings.values()) else None
    tasks: list[Task] = []
    for start in range(0, len(chosen), _AT_ONCE):
        read: list[Task] = []
        for one in chosen[start : start + _AT_ONCE]:
            try:
                source = files.read(one)
            except files.UnreadableError as error:
                yield unread(one.shown, str(error))
            else:
                read.append(_task(source, judgings[one.shown], keys))
        known, unknown = _told_apart(read)
        yield from known
        tasks += unknown
    yield from _kept(_checked(tasks, jobs))


def unread(path: str, error: str) -> FileReport:
    """The report of a file that could not be read or checked."""
    return FileReport(path, "", "", 0, 0, {}, (), error=error)


def _task(source: Source, judging: Judging, keys: results.Keys | None) -> Task:
    is_kept = keys is not None and judging.settings.cache
    return Task(source, judging, keys.of(source, judging.settings, judging.policy) if keys and is_kept else b"")


def _told_apart(tasks: Sequence[Task]) -> tuple[list[FileReport], list[Task]]:
    """The reports that are known, and the tasks that are not."""
    wanted = [task.key for task in tasks if task.key]
    found = results.find(results.place(), wanted) if wanted else {}
    known: list[FileReport] = []
    unknown: list[Task] = []
    for task in tasks:
        content = found.get(task.key)
        report = results.decode(content, task.source) if content is not None else None
        if report is None:
            unknown.append(task)
        else:
            known.append(report)
    return known, unknown


def _checked(tasks: Sequence[Task], jobs: int) -> Iterator[Done]:
    count = _worth(tasks, jobs)
    done: set[int] = set()
    if count > 1:
        from copylint import workers

        used = {id(task.judging): task.judging for task in tasks}
        numbers = {known: number for number, known in enumerate(used)}
        terms = [workers.Terms(one.settings, one.policy.digest) for one in used.values()]
        orders = [workers.Order(task.source, numbers[id(task.judging)]) for task in tasks]
        try:
            for number, result in workers.check(orders, terms, count):
                done.add(number)
                yield _answered(tasks[number], result)
        except workers.NoWorkersError:
            pass  # Then we do it ourselves.
    yield from (_alone(task) for number, task in enumerate(tasks) if number not in done)


def _worth(tasks: Sequence[Task], jobs: int) -> int:
    """How many workers to use for these; one is ourselves."""
    if jobs:
        return min(jobs, len(tasks))
    return min(_cores(), len(tasks), sum(len(task.source.text) for task in tasks) // CHARACTERS_PER_WORKER)


def _cores() -> int:
    """Processors that we may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _answered(task: Task, result: Result | None) -> Done:
    report = results.decode(result.content, task.source) if result else None
    return Done(task, report or unread(task.source.path, DIED), result)


def _alone(task: Task) -> Done:
    """Check a text in this process."""
    from copylint.engine import lint

    clock = WatchedClock()
    report = lint(task.source, task.judging.policy, task.judging.settings, clock=clock)
    return Done(task, report, Result(results.encode(report), clock.day) if task.key else None)


def _kept(done: Iterator[Done]) -> Iterator[FileReport]:
    """The reports; on the way, their results are kept."""
    fresh: dict[bytes, Result] = {}
    try:
        for task, report, result in done:
            if task.key and result is not None:
                fresh[task.key] = result
            if len(fresh) >= _AT_ONCE:
                results.keep(results.place(), fresh)
                fresh = {}
            yield report
    finally:
        if fresh:
            results.keep(results.place(), fresh)
