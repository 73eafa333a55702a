"""The day that dates in the copy and beside it are compared with."""

from __future__ import annotations

from collections.abc import Callable

Clock = Callable[[], str]
"""Gives the day as 2027-03-01, so that two days compare as strings."""


def today() -> str:
    """The day on this machine."""
    from datetime import date  # imported here: most runs meet no date

    return date.today().isoformat()


def is_day(text: str) -> bool:
    """Whether this is a day of the calendar, written as 2027-03-01."""
    from datetime import date

    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
