"""The name that somebody probably meant."""

from __future__ import annotations

from collections.abc import Iterable


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """' Did you mean "x"?' for the known name that is nearest, or an empty string where none is near."""
    from difflib import get_close_matches  # imported here: only an error needs it

    by_case = {candidate.casefold(): candidate for candidate in known}
    near = get_close_matches(name.casefold(), by_case, n=1)
    return f' Did you mean "{by_case[near[0]]}"?' if near else ""
