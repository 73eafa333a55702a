"""Results kept on disk, so that a page that has not changed is not checked again.

A result is kept under a key of all that decides it: the text and its format, the settings as they are for that file,
the rules and the knowledge, the code of copylint and of the libraries that read text. Nothing else is compared, neither
times nor paths, so a result serves every copy of a page and every checkout. Where the day played a part (a suppression
with a last day), it holds on that day only.

The file is a database of SQLite beside the compiled rules. It may be deleted at any time. One that is absent, damaged,
in use or unwritable costs time, never a verdict. What has not been asked for longest goes when there is too much.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from time import time
from typing import TYPE_CHECKING, Any
from zlib import compress, decompress
from zlib import error as ZlibError  # noqa: N812 - a class, named as one

from copylint.config.settings import LintSettings
from copylint.documents import format_of
from copylint.documents.document import Source
from copylint.findings import FileReport, Finding, Verdict
from copylint.record import Record
from copylint.verdicts import clock as calendar
from copylint.verdicts.clock import Clock
from copylint.version import VERSION

if TYPE_CHECKING:
    from sqlite3 import Connection

    from copylint.rules.policy import Policy

FORMAT = 1
"""Raise it when the plain data of a result or the table changes its shape."""
MOST_BYTES = 200_000_000
"""Of the file. A page of 700 words takes some 3,000."""
LONGEST = 4_000_000
"""Bytes of a result that is kept."""
LIBRARIES = ("pyromark", "rapidfuzz", "regex", "sentencex", "textstat")
"""Distributions whose release may change a verdict."""
_PATIENCE = 1.0
"""Seconds to wait for another process that is writing."""
_DAY = 86_400
_PACKAGE = Path(__file__).parent
_NOT_ASKED = frozenset({
    "root", "fail_on", "exclude", "rules", "allow", "per_file_ignores", "profile", "baseline", "cache", "origin",
})  # fmt: skip
"""Settings that decide nothing of a result by themselves; a new one decides until it is named here."""


class Result(Record):
    """The plain data of a report. day: on which alone it holds, as 2027-03-01; empty: it holds on every day."""

    content: bytes
    day: str = ""


class WatchedClock:
    """A clock that remembers whether it was asked. By default, that of this machine."""

    def __init__(self, clock: Clock | None = None) -> None:
        self._clock = clock or calendar.today
        self.day = ""
        """What it said, if it was asked."""

    def __call__(self) -> str:
        self.day = self.day or self._clock()
        return self.day


# --- Reports as plain data ---------------------------------------------------------------------------------------


def encode(report: FileReport) -> bytes:
    """A report as JSON, without what the file itself tells: its path and its text."""
    findings = [
        [
            *(getattr(one, name) for name in _PLAIN),
            [[where, verdict.severity, verdict.citations] for where, verdict in one.verdicts.items()],
        ]
        for one in report.findings
    ]
    plain = [report.format, report.words, report.words_read, dict(report.readability), findings, report.notices]
    return json.dumps(plain, separators=(",", ":"), allow_nan=False).encode()


def decode(content: bytes, source: Source) -> FileReport | None:
    """The report of a source, from what `encode` made of it; None for anything else."""
    try:
        format, words, words_read, readability, findings, notices = json.loads(content)
        return FileReport(
            source.path, format, source.text, words, words_read, readability, tuple(map(_finding, findings)),
            tuple(notices),
        )  # fmt: skip
    except (ValueError, TypeError, KeyError):
        return None


_PLAIN = tuple(name for name in Finding._fields if name != "verdicts")


def _finding(plain: list[Any]) -> Finding:
    *values, verdicts = plain
    named = dict(zip(_PLAIN, values, strict=True))
    named["better"] = tuple(named["better"])
    named["verdicts"] = {where: Verdict(severity, tuple(citations)) for where, severity, citations in verdicts}
    return Finding(**named)


# --- Keys --------------------------------------------------------------------------------------------------------


class Keys:
    """Makes the keys of a run."""

    def __init__(self) -> None:
        self._tool = _tool()
        self._registers: dict[tuple[Path, str], tuple[object, ...]] = {}

    def of(self, source: Source, settings: LintSettings, policy: Policy) -> bytes:
        """The key of a source. Raises what reading a register of claims raises."""
        from hashlib import blake2b

        said = (
            self._tool, policy.digest, format_of(source.path), source.notices, _effective(settings, source.path),
            self._register(settings.claims, policy) if settings.claims else (),
        )  # fmt: skip
        state = blake2b(repr(said).encode("utf-8", "surrogatepass"), digest_size=20)
        state.update(b"\0")
        state.update(source.text.encode("utf-8", "surrogatepass"))
        return state.digest()

    def _register(self, path: Path, policy: Policy) -> tuple[object, ...]:
        """What the register of approved claims says, and which files of its evidence are not there."""
        from copylint.verdicts import register

        known = self._registers.get((path, policy.digest))
        if known is None:
            missing = tuple(claim.missing_evidence for claim in register.load(path, policy).claims)
            known = self._registers[path, policy.digest] = (path.read_bytes(), missing)
        return known


def _effective(settings: LintSettings, path: str) -> tuple[object, ...]:
    """What the settings are for one file, wherever they stand."""
    named = tuple((name, value) for name, value in settings._asdict().items() if name not in _NOT_ASKED)
    allowed = tuple((one.phrase, one.reason) for one in settings.allowed_in(path))
    return (*named, allowed, settings.ignored_in(path))


def _tool() -> str:
    """A digest of the code that gives the verdicts: ours, the libraries', the interpreter's."""
    from hashlib import blake2b

    state = blake2b(f"{FORMAT} {VERSION} {sys.version}".encode(), digest_size=20)
    for name in LIBRARIES:
        state.update(f"{name} {_release(name)}\n".encode())
    for path in sorted([*_PACKAGE.rglob("*.py"), *_PACKAGE.rglob("*.txt")]):
        content = path.read_bytes()
        state.update(f"{path.relative_to(_PACKAGE).as_posix()} {len(content)}\n".encode())
        state.update(content)
    return state.hexdigest()


def _release(library: str) -> str:
    """The release of a library, from the name of the folder that installers make. importlib.metadata takes 30 ms."""
    from importlib.util import find_spec

    spec = find_spec(library)
    if spec is None or spec.origin is None:
        return ""
    records = Path(spec.origin).parent.parent.glob(f"{library}-*.dist-info")
    return " ".join(sorted(path.stem.removeprefix(f"{library}-") for path in records))


# --- The file ----------------------------------------------------------------------------------------------------


def place() -> Path:
    """Where the results of this user are kept."""
    from copylint.rules import cache

    return cache.folder() / f"results-{FORMAT}.sqlite3"


def find(path: Path, keys: Iterable[bytes], *, clock: Clock | None = None) -> dict[bytes, bytes]:
    """The plain data of the results that are there, by key. clock: that of this machine, unless given."""
    today = clock or calendar.today
    if not path.is_file():
        return {}
    found: dict[bytes, bytes] = {}
    old: list[bytes] = []
    now = int(time() // _DAY)

    def look(connection: Connection) -> None:
        for key in keys:
            row = connection.execute("SELECT content, day, used FROM results WHERE key = ?", (key,)).fetchone()
            content = _unpacked(row[0], key) if row and (not row[1] or row[1] == today()) else None
            if content is not None:
                found[key] = content
                if row[2] != now:
                    old.append(key)
        # Once a day, so that a run that finds everything writes nothing.
        connection.executemany("UPDATE results SET used = ? WHERE key = ?", ((now, key) for key in old))

    _do(path, look)
    return found


def keep(path: Path, results: Mapping[bytes, Result]) -> None:
    """Keep these results by their keys, and let go of the oldest if there are too many."""
    now = int(time() // _DAY)
    rows = [(key, _packed(one.content, key), one.day, now) for key, one in results.items()]

    def write(connection: Connection) -> None:
        connection.execute(
            "CREATE TABLE IF NOT EXISTS results (key BLOB PRIMARY KEY, content BLOB, day TEXT, used INTEGER)"
        )
        connection.executemany(
            "INSERT OR REPLACE INTO results VALUES (?, ?, ?, ?)", [row for row in rows if len(row[1]) <= LONGEST]
        )
        _prune(connection)

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError:
        return
    _do(path, write)


def _do(path: Path, work: Callable[[Connection], None]) -> None:
    """Work on the file in one transaction. What cannot be done is left; a file that is no database any more goes."""
    try:
        import sqlite3
    except ImportError:  # an interpreter that was built without
        return
    try:
        connection = sqlite3.connect(path, timeout=_PATIENCE)
        try:
            # A machine that loses its power may damage the file: each content names its key and has a checksum.
            connection.execute("PRAGMA synchronous = OFF")
            with connection:
                work(connection)
        finally:
            connection.close()
    except sqlite3.OperationalError:  # in use, unwritable, without a table, no space left
        pass
    except (sqlite3.Error, ValueError, TypeError):
        _remove(path)


def _prune(connection: Connection) -> None:
    """Take out what has not been used for longest, until a quarter is free. The file keeps its size for new ones."""
    pages, free, size = (
        connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "freelist_count", "page_size")
    )
    if (pages - free) * size <= MOST_BYTES:
        return
    total = connection.execute("SELECT sum(length(content)) FROM results").fetchone()[0]
    surplus = total - MOST_BYTES * 3 // 4
    gone = []
    for key, length in connection.execute("SELECT key, length(content) FROM results ORDER BY used, rowid"):
        if surplus <= 0:
            break
        surplus -= length
        gone.append((key,))
    connection.executemany("DELETE FROM results WHERE key = ?", gone)


def _packed(content: bytes, key: bytes) -> bytes:
    return key + compress(content, 1)


def _unpacked(packed: object, key: bytes) -> bytes | None:
    """What was packed under this key; None for anything else. zlib holds a checksum."""
    if not isinstance(packed, bytes) or not packed.startswith(key):
        return None
    try:
        return decompress(packed[len(key) :])
    except ZlibError:
        return None


def _remove(path: Path) -> None:
    """The journal goes first: one that is left would be played into the next file."""
    for one in (f"{path}-journal", path):
        try:
            os.unlink(one)
        except OSError:
            continue
