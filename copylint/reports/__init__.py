"""The formats in which a run is reported, one a file.

A format is a module with one function `render(report, style) -> str`. Modules are imported when they are used.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import cast

from copylint.findings import Report
from copylint.record import Record


class Format(Record):
    """module: below copylint.reports. machine: read by a program, so nothing else may be printed beside it."""

    module: str
    machine: bool


FORMATS = {
    "full": Format("full", machine=False),
    "concise": Format("concise", machine=False),
    "json": Format("json", machine=True),
}
"""By the name that --format takes. A further format is a module and a line here."""


def _no_title(citation: str) -> str:
    return citation


class Style(Record):
    """How a report for people looks. width: columns. citation: from the id of a regulation to what to call it."""

    color: bool = False
    width: int = 100
    citation: Callable[[str], str] = _no_title


def render(name: str, report: Report, style: Style) -> str:
    """The report in the format of this name. It ends with a newline unless it is empty."""
    module = import_module(f"copylint.reports.{FORMATS[name].module}")
    return cast(Callable[[Report, Style], str], module.render)(report, style)
