"""A progress bar for those who wait: on a terminal, and only when a run takes longer than a second."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from time import monotonic
from typing import TypeVar

import click

Item = TypeVar("Item")
PATIENCE = 1.0
"""Seconds."""


def with_progress(items: Sequence[Item], *, shown: bool) -> Iterator[Item]:
    """The items; a bar on stderr says how many of them are done."""
    if not shown:
        yield from items
        return
    start = monotonic()
    with ExitStack() as stack:
        bar = None
        for done, item in enumerate(items):
            if bar is not None:
                bar.update(1)
            elif monotonic() - start > PATIENCE:
                bar = stack.enter_context(click.progressbar(length=len(items), label="Reading", file=sys.stderr))
                bar.update(done)
            yield item
        if bar is not None:
            bar.update(1)
