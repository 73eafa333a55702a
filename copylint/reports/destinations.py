"""Where `--report FORMAT=FILE` puts further reports of one run."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from copylint.config import ConfigError
from copylint.nearest import did_you_mean
from copylint.reports import FORMATS


class Destination(NamedTuple):
    """A report to write: the name of its format, and the file."""

    format: str
    path: Path


def destinations(written: Iterable[str], *, read: Iterable[Path], output: Path | None) -> tuple[Destination, ...]:
    """What the options stand for. read: the files to check; a report would take their place. output: of --output.

    Raises ConfigError for what cannot be meant, and for a file that cannot be written as far as that shows before the
    run: nobody should wait for a report that has no place.
    """
    copy = {_identity(path) for path in read}
    taken = {_identity(output)} if output else set()
    found = []
    for option in written:
        one = _destination(option)
        identity = _identity(one.path)
        if identity in copy:
            raise ConfigError(f"--report {option}: the file is one of those to check. Give another, or exclude it.")
        if identity in taken:
            raise ConfigError(f"--report {option}: another report goes to this file. Give another file.")
        taken.add(identity)
        found.append(one)
    return tuple(found)


def _destination(option: str) -> Destination:
    format_, parting, name = option.partition("=")
    if not parting:
        raise ConfigError(f"--report {option}: write FORMAT=FILE, as in --report sarif=copylint.sarif")
    if format_ not in FORMATS:
        near = did_you_mean(format_, FORMATS)
        raise ConfigError(f'--report {option}: no format "{format_}".{near} There are {", ".join(FORMATS)}.')
    if not name:
        raise ConfigError(f'--report {option}: no file after the "=", as in --report sarif=copylint.sarif')
    if name == "-":
        raise ConfigError(f"--report {option}: a report goes to a file; --format says what goes to standard output.")
    path = Path(name)
    if path.is_dir():
        raise ConfigError(f"--report {option}: {name} is a folder. Give a file in it.")
    if not path.parent.is_dir():
        raise ConfigError(f"--report {option}: no folder {path.parent.as_posix()}. Make it first.")
    return Destination(format_, path)


def _identity(path: Path) -> str:
    """The same for every way to write the path of one file."""
    return os.path.normcase(os.path.realpath(path))
