"""A progress bar for those who wait: on a terminal, and only when a run takes longer than a second."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sized
from contextlib import ExitStack
from time import monotonic
from typing import TYPE_CHECKING, TypeVar

import click

if TYPE_CHECKING:
    from click._termui_impl import ProgressBar

Item = TypeVar("Item")
PATIENCE = 1.0
"""Seconds."""


def with_progress(items: Iterable[Item], *, shown: bool, count: int | None = None) -> Iterator[Item]:
    """The items; a bar on stderr says how many of them have come. count: of them, where they are no list."""
    if not shown:
        yield from items
        return
    start = monotonic()
    length = len(items) if isinstance(items, Sized) else count
    with ExitStack() as stack:
        bar: ProgressBar[Item] | None = None
        for done, item in enumerate(items, 1):
            if bar is not None:
                bar.update(1)
            elif monotonic() - start > PATIENCE:
                bar = stack.enter_context(click.progressbar(length=length, label="Reading", file=sys.stderr))
                bar.update(done)
            yield item
