"""The progress bar: late, on a terminal, never in the way."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable

import pytest

from copylint.cli import progress


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def run(
    seconds_each: float, monkeypatch: pytest.MonkeyPatch, *, shown: bool = True, items: Iterable[int] = (1, 2, 3, 4)
) -> str:
    """What a run over four items writes to the terminal."""
    clock = iter(range(1000))
    terminal = _Terminal()
    with monkeypatch.context() as patch:
        patch.setattr(progress, "monotonic", lambda: next(clock) * seconds_each)
        patch.setattr(sys, "stderr", terminal)
        assert list(progress.with_progress(items, shown=shown, count=4)) == [1, 2, 3, 4]
    return terminal.getvalue()


def test_a_run_of_seconds_shows_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    written = run(0.7, monkeypatch)
    assert "Reading" in written
    assert "100%" in written


def test_items_that_come_from_workers_are_counted_as_they_come(monkeypatch: pytest.MonkeyPatch) -> None:
    written = run(0.7, monkeypatch, items=iter([1, 2, 3, 4]))
    assert "50%" in written
    assert "100%" in written


def test_a_quick_run_shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(0.01, monkeypatch) == ""


def test_nothing_is_shown_where_it_is_not_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(5, monkeypatch, shown=False) == ""
