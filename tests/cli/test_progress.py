"""The progress bar: late, on a terminal, never in the way."""

from __future__ import annotations

import io
import sys

import pytest

from copylint.cli import progress


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> _Terminal:
    stream = _Terminal()
    monkeypatch.setattr(sys, "stderr", stream)
    return stream


def run(seconds_each: float, monkeypatch: pytest.MonkeyPatch, *, shown: bool = True) -> list[int]:
    clock = iter(range(1000))
    monkeypatch.setattr(progress, "monotonic", lambda: next(clock) * seconds_each)
    return list(progress.with_progress([1, 2, 3, 4], shown=shown))


def test_a_run_of_seconds_shows_how_far_it_is(terminal: _Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(0.7, monkeypatch) == [1, 2, 3, 4]
    assert "Reading" in terminal.getvalue()
    assert "100%" in terminal.getvalue()


def test_a_quick_run_shows_nothing(terminal: _Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(0.01, monkeypatch) == [1, 2, 3, 4]
    assert terminal.getvalue() == ""


def test_nothing_is_shown_where_it_is_not_wanted(terminal: _Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(5, monkeypatch, shown=False) == [1, 2, 3, 4]
    assert terminal.getvalue() == ""
