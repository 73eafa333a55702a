"""Workers: processes that check files side by side.

Each loads the policy from its compiled cache, gets texts in small batches and answers each with the plain data of its
report. Nobody is given work before the last is answered, so neither side can wait for the other to read. A worker that
dies takes one file with it, the one it was at; the rest of its batch goes to another.

Linux forks, which costs milliseconds: nothing here has threads. Elsewhere a new interpreter is started for each worker.
"""

from __future__ import annotations

import multiprocessing
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from copylint.config import ConfigError
from copylint.config.settings import LintSettings
from copylint.documents.document import Source
from copylint.record import Record
from copylint.results import Result, WatchedClock, encode

if TYPE_CHECKING:
    from copylint.findings import FileReport
    from copylint.rules.policy import Policy

    Lint = Callable[..., FileReport]

LARGEST_BATCH = 40_000
"""Characters that are handed over together, unless one text is longer."""
_BATCHES_EACH = 8
"""At least so many, so that all workers end at about the same time."""
_GOODBYE = 1.0
"""Seconds that a worker has to end by itself."""


class Order(Record):
    """A text to check, and the number of what it is judged by."""

    source: Source
    judging: int


class Terms(Record):
    """What texts are judged by. digest: of the policy that the rules in `settings` come to."""

    settings: LintSettings
    digest: str


class Worker:
    """A process, our end of the pipe to it, and the numbers of the orders that it has not answered."""

    def __init__(self, process: BaseProcess, pipe: Connection) -> None:
        self.process = process
        self.pipe = pipe
        self.unanswered: deque[int] = deque()
        self.ready = False
        """Whether it has said a first word: one that never does cannot run on this machine."""


class Answer(Record):
    """To an order. refused: what is wrong with the rules. fault: the traceback of a fault of ours."""

    number: int
    result: Result | None
    refused: str = ""
    fault: str = ""


class NoWorkersError(Exception):
    """The machine starts no workers."""


def check(orders: Sequence[Order], terms: Sequence[Terms], count: int) -> Iterator[tuple[int, Result | None]]:
    """The number of each order and its result, in the order in which they are done.

    None: the process that checked it died. count: of workers. Raises NoWorkersError, with the orders that have had no
    answer still undone, ConfigError for rules that cannot be used any more, and RuntimeError for a fault of ours.
    """
    pending = _batches(orders, count)
    workers: list[Worker] = []
    try:
        for _ in range(min(count, len(pending))):
            workers.append(_started(terms, workers))
        while workers:
            for pipe in wait([worker.pipe for worker in workers]):
                worker = next(one for one in workers if one.pipe is pipe)
                try:
                    answer = worker.pipe.recv()
                except (EOFError, OSError):
                    yield from _buried(worker, workers, pending)
                    if pending and len(workers) < count:
                        workers.append(_started(terms, workers))
                    continue
                worker.ready = True
                if answer is not None:
                    yield _understood(answer)
                    worker.unanswered.popleft()
                if not worker.unanswered and not _send(worker, orders, pending):
                    worker.pipe.close()
                    workers.remove(worker)
                    worker.process.join(_GOODBYE)
    finally:
        for worker in workers:
            worker.process.terminate()
            worker.pipe.close()


def _batches(orders: Sequence[Order], count: int) -> deque[list[int]]:
    """The numbers of the orders in batches, the longest texts first: nobody waits for a long one at the end."""
    lengths = [len(order.source.text) + 1 for order in orders]
    most = min(LARGEST_BATCH, sum(lengths) // (count * _BATCHES_EACH))
    batches: deque[list[int]] = deque()
    size = most
    for number in sorted(range(len(orders)), key=lambda number: -lengths[number]):
        if size + lengths[number] > most:
            batches.append([])
            size = 0
        batches[-1].append(number)
        size += lengths[number]
    return batches


def start_method() -> Literal["fork", "spawn"]:
    """How processes are started here."""
    return "fork" if sys.platform == "linux" else "spawn"


def _started(terms: Sequence[Terms], others: Sequence[Worker]) -> Worker:
    """Raises NoWorkersError."""
    method = start_method()
    context: Any = multiprocessing.get_context(method)
    try:
        ours, theirs = context.Pipe()
        # A forked process has copies of our ends: while it holds them, the others do not see that we are gone.
        inherited = [ours, *(worker.pipe for worker in others)] if method == "fork" else []
        process = context.Process(target=_serve, args=(theirs, inherited, tuple(terms)), daemon=True)
        with _deaf():
            process.start()
    except OSError as error:
        raise NoWorkersError(str(error)) from error
    theirs.close()
    return Worker(process, ours)


@contextmanager
def _deaf() -> Iterator[None]:
    """Ctrl-C is for us: processes that are started meanwhile are not interrupted by it. We end them."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _send(worker: Worker, orders: Sequence[Order], pending: deque[list[int]]) -> bool:
    """Give the next batch to a worker that has none; False where there is none left."""
    if not pending:
        return False
    numbers = pending.popleft()
    worker.unanswered.extend(numbers)
    # One that is dead is noticed when its answer is read.
    with suppress(OSError):
        worker.pipe.send([(number, orders[number]) for number in numbers])
    return True


def _understood(answer: Answer) -> tuple[int, Result]:
    if answer.refused:
        raise ConfigError(answer.refused)
    if answer.result is None:
        raise RuntimeError(answer.fault)
    return answer.number, answer.result


def _buried(worker: Worker, workers: list[Worker], pending: deque[list[int]]) -> Iterator[tuple[int, None]]:
    """Take out a worker that has died. The file that it was at has no result; it gives the others back."""
    workers.remove(worker)
    worker.pipe.close()
    worker.process.join(_GOODBYE)
    if not worker.ready:
        raise NoWorkersError(f"a worker ended with {worker.process.exitcode}")
    if worker.unanswered:
        yield worker.unanswered.popleft(), None
    if worker.unanswered:
        pending.appendleft(list(worker.unanswered))


# --- In the worker -----------------------------------------------------------------------------------------------


def _serve(pipe: Connection, inherited: Sequence[Connection], terms: Sequence[Terms]) -> None:
    """Answer batches until there are no more, or nobody to give them."""
    import gc

    from copylint.engine import lint

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.set_threshold(200_000, 20, 20)
    for one in inherited:
        one.close()
    policies: dict[tuple[Path, ...], Policy] = {}
    try:
        pipe.send(None)
        while True:
            for number, order in pipe.recv():
                pipe.send(_answer(number, order, terms[order.judging], policies, lint))
    except (EOFError, OSError):
        return


def _answer(number: int, order: Order, terms: Terms, policies: dict[tuple[Path, ...], Policy], lint: Lint) -> Answer:
    from copylint.rules.errors import RulesError
    from copylint.rules.policy import load

    clock = WatchedClock()
    rules = terms.settings.rules
    try:
        if rules not in policies:
            policies[rules] = load(rules)
        if policies[rules].digest != terms.digest:
            return Answer(number, None, refused="The rules were changed while they were in use: start the run again.")
        report = lint(order.source, policies[rules], terms.settings, clock=clock)
        return Answer(number, Result(encode(report), clock.day))
    except (ConfigError, RulesError) as error:
        return Answer(number, None, refused=str(error))
    except Exception:  # shown where the user sees it
        import traceback

        return Answer(number, None, fault=f"{order.source.path}:\n{traceback.format_exc()}")
