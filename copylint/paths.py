"""How paths are shown, and how they are matched: the patterns of .gitignore, `exclude` and `allow`.

Importing pathspec costs more than linting a page, so it is imported when the first pattern is matched.
"""

from __future__ import annotations

import ntpath
import os
import posixpath
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path, PurePath, PureWindowsPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec


def shown_path(path: PurePath, folder: PurePath) -> str:
    """The absolute path as a user sees it: relative to the folder, with /; whole where it is on another drive.

    Bytes of a file name that are no text are shown as escapes, so the result can be written anywhere.
    """
    try:
        if isinstance(path, PureWindowsPath):
            shown = ntpath.relpath(str(path), str(folder)).replace("\\", "/")
        else:
            shown = posixpath.relpath(str(path), str(folder))
    except ValueError:
        shown = path.as_posix()
    return shown.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


class BadPatternError(ValueError):
    """A pattern that means nothing: its text."""


class PathPatterns:
    """Patterns in the syntax of .gitignore, relative to a folder."""

    def __init__(self, lines: Iterable[str], root: Path) -> None:
        self.lines = tuple(lines)
        self.root = Path(os.path.abspath(root))

    @cached_property
    def _spec(self) -> GitIgnoreSpec:
        from pathspec import GitIgnoreSpec

        return GitIgnoreSpec.from_lines(self.lines)

    def check(self) -> None:
        """Raises BadPatternError for the first line that is no pattern."""
        for line in self.lines:
            if not is_pattern(line):
                raise BadPatternError(line)

    def verdict(self, path: Path, *, folder: bool = False) -> bool | None:
        """True: the last pattern that speaks of the path takes it; False: it begins with "!"; None: none speaks of it.

        path is absolute. One outside the root is never spoken of.
        """
        if not self.lines or not path.is_relative_to(self.root):
            return None
        relative = path.relative_to(self.root).as_posix()
        if relative == ".":
            return None
        return self._spec.check_file(relative + "/" if folder else relative).include

    def __contains__(self, path: Path) -> bool:
        return self.verdict(path) is True


def is_pattern(line: str) -> bool:
    """Whether the line is a pattern, a comment or blank, and not one of the few things that git rejects."""
    from pathspec import GitIgnoreSpec

    try:
        GitIgnoreSpec.from_lines([line])
    except ValueError:
        return False
    return True
