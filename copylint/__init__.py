"""copylint: a linter for medical-aesthetic marketing copy.

from copylint import lint
for finding in lint("Results are permanent.").findings:
print(finding.rule, finding.text, finding.better)
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from copylint.findings import FileReport, Finding, Report, Verdict

__all__ = ["FileReport", "Finding", "Report", "Verdict", "lint"]


def lint(text: str, *, path: str = "text.md", jurisdictions: Iterable[str] = ("us",)) -> FileReport:
    """Check a text with the shipped rules.

    path names the text and, by its suffix, the format (.md, .mdx, .txt, .html). The places of the findings count
    characters of `text` from 0. Raises ValueError for an unknown jurisdiction. Thread-safe; the rules are loaded once.
    """
    from copylint.checks.settings import CheckSettings
    from copylint.config import LintSettings
    from copylint.documents.document import Source
    from copylint.engine import lint as lint_source
    from copylint.findings import JURISDICTIONS

    chosen = tuple(jurisdictions)
    unknown = [place for place in chosen if place not in JURISDICTIONS]
    if unknown or not chosen:
        raise ValueError(f"jurisdictions are {', '.join(JURISDICTIONS)}, not {', '.join(unknown) or 'none'}")
    settings = LintSettings(checks=CheckSettings(jurisdictions=chosen))
    return lint_source(Source(path, text), _policy(), settings)


@cache
def _policy() -> Any:
    from copylint.rules.policy import load

    return load()


def __getattr__(name: str) -> Any:
    """The types of a report, imported when they are asked for: the command line pays for none that it does not use."""
    if name in __all__:
        from copylint import findings

        return getattr(findings, name)
    raise AttributeError(name)
