"""Which configuration counts for which file: the nearest upwards from it, as in ruff.

In one folder copylint.toml wins, and a pyproject.toml without our table is passed over. A file that has no
configuration above it takes that of the working folder. What a configuration excludes at or below the working folder
stays excluded, even if there is a further configuration inside: naming a file then means the same as walking to it.
"""

from __future__ import annotations

import os
from pathlib import Path

from copylint.config.errors import ConfigError
from copylint.config.settings import LintSettings

FILE_NAMES = ("copylint.toml", "pyproject.toml")
"""The first that is there wins within a folder."""


class Configurations:
    """The settings for every file of a run. Each folder is looked into once, each configuration read once.

    here: the working folder. only: settings that count for all files, in place of any configuration.
    All questions raise ConfigError for a configuration that cannot be read.
    """

    def __init__(self, here: Path, only: LintSettings | None = None) -> None:
        self.here = Path(os.path.abspath(here))
        self._only = only
        self._known: dict[Path, LintSettings | None] = {}

    def of_file(self, path: Path | None) -> LintSettings:
        """The settings for a file. None: for what has no place, as standard input without a name."""
        return self.of_folder(Path(os.path.abspath(path)).parent if path else self.here)

    def of_folder(self, folder: Path) -> LintSettings:
        """The settings for the files in an absolute folder."""
        if self._only is not None:
            return self._only
        return self._nearest(folder) or self._nearest(self.here) or LintSettings(root=self.here)

    def verdict(self, path: Path, *, folder: bool = False) -> bool | None:
        """Whether an absolute path is excluded; None: no pattern speaks of it.

        A folder is judged from outside: its own configuration speaks of what is in it. Only for the working folder
        nothing further outside counts than for the files in it. Between it and the path, a configuration can exclude
        the folder of a nearer one.
        """
        settings = self.of_folder(path if path == self.here else path.parent)
        verdict = settings.excluded().verdict(path, folder=folder)
        if verdict or settings.origin is None or self._only is not None:
            return verdict
        home = Path(os.path.abspath(settings.origin)).parent
        if home != self.here and home.is_relative_to(self.here):
            return self.verdict(home, folder=True) or verdict
        return verdict

    def _nearest(self, folder: Path) -> LintSettings | None:
        """The settings of the nearest configuration from a folder upwards."""
        if folder in self._known:
            return self._known[folder]
        passed: list[Path] = []
        settings = None
        for at in (folder, *folder.parents):
            if at in self._known:
                settings = self._known[at]
                break
            passed.append(at)
            found = in_folder(at)
            if found:
                settings = load(found)
                break
        self._known.update(dict.fromkeys(passed, settings))
        return settings


def load(path: Path) -> LintSettings:
    """The settings of a configuration file and of those that it extends. Raises ConfigError."""
    from copylint.config.layers import read  # tomllib, for those who have a configuration

    return read(path)


def find(folder: Path) -> Path | None:
    """The configuration file that counts for the files in a folder: the nearest upwards."""
    start = Path(os.path.abspath(folder))
    return next(filter(None, map(in_folder, (start, *start.parents))), None)


def in_folder(folder: Path) -> Path | None:
    """The configuration file in this very folder."""
    ours, shared = (folder / name for name in FILE_NAMES)
    if ours.is_file():
        return ours
    return shared if shared.is_file() and _has_table(shared) else None


def _has_table(path: Path) -> bool:
    """Whether a pyproject.toml has our table. The look at its bytes spares most runs the import of tomllib."""
    import re

    try:
        data = path.read_bytes()
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror or error}") from error
    # The ways in which TOML can begin [tool.copylint].
    perhaps = rb"""^\s*(?:\[\s*["']?tool["']?\s*(?:\]|\.\s*["']?copylint\b)|["']?tool["']?\s*[.=])"""
    if not re.search(perhaps, data, re.MULTILINE):
        return False
    from copylint.config.toml import TomlFile

    return TomlFile(path).table() is not None
