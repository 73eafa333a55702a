"""Colours of a terminal, by what is painted."""

from __future__ import annotations

_CODES = {"error": "1;31", "warning": "1;33", "suggestion": "1;36", "place": "1", "rule": "1", "gutter": "34"}


def paint(text: str, what: str, *, color: bool) -> str:
    """The text in the colour for a severity, or for a place, a rule, the gutter; as it is where color is off."""
    return f"\x1b[{_CODES[what]}m{text}\x1b[0m" if color and text else text
