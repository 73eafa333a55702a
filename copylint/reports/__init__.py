"""The formats in which a run is reported, one a file.

A format is a module with one function `render(report, style) -> str`. Modules are imported when they are used.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import cast

from copylint.findings import Report, Severity
from copylint.record import Record


class Format(Record):
    """module: below copylint.reports. machine: read by a program, so nothing else may be printed beside it."""

    module: str
    machine: bool


FORMATS = {
    "full": Format("full", machine=False),
    "concise": Format("concise", machine=False),
    "json": Format("json", machine=True),
    "sarif": Format("sarif", machine=True),
    "github": Format("github", machine=True),
    "gitlab": Format("gitlab", machine=True),
    "junit": Format("junit", machine=True),
    "markdown": Format("markdown", machine=True),
    "csv": Format("csv", machine=True),
}
"""By the name that --format takes. A further format is a module and a line here."""


class Citation(Record):
    """A regulation behind a rule. url: where it can be read, or empty."""

    jurisdiction: str
    title: str
    url: str


class RulePage(Record):
    """What explains a rule to a reader who has no `copylint explain` at hand. flagged, passed: examples."""

    title: str
    severity: Severity
    why: str
    better: tuple[str, ...]
    citations: tuple[Citation, ...]
    flagged: tuple[str, ...]
    passed: tuple[str, ...]


def _no_title(citation: str) -> str:
    return citation


def _no_page(rule: str) -> None:
    """Stands in where nobody knows more of a rule than its findings say."""


def _always(path: str, severity: Severity) -> bool:
    return True


class Style(Record):
    """How a report looks, and what it may look up.

    width: columns. citation: from the id of a regulation to what to call it. rule: from the id of a rule to its page.
    fails: whether an open finding in this file and of this severity fails the run.
    """

    color: bool = False
    width: int = 100
    citation: Callable[[str], str] = _no_title
    rule: Callable[[str], RulePage | None] = _no_page
    fails: Callable[[str, Severity], bool] = _always


def render(name: str, report: Report, style: Style) -> str:
    """The report in the format of this name. It ends with a newline unless it is empty."""
    module = import_module(f"copylint.reports.{FORMATS[name].module}")
    return cast(Callable[[Report, Style], str], module.render)(report, style)
