"""Which files are read: from what the user typed to decoded text, each file once, in the order of their paths.

A folder is walked without following links to folders, so no loop can catch us and nothing outside of what was asked
for is read. In a walk, hidden files and folders, installed packages and what .gitignore names are left out; `exclude`
of the configuration holds for files that are named outright too, because commit hooks name every file.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePath
from typing import Protocol

from copylint.documents import format_of
from copylint.documents.document import Source
from copylint.nearest import did_you_mean
from copylint.paths import PathPatterns, is_pattern, shown_path
from copylint.record import Record

LARGEST = 20_000_000
"""Bytes of a file that are still read."""
STANDARD_INPUT = "-"

_SKIPPED = frozenset({"node_modules", "bower_components", "__pycache__", "site-packages"})
"""Folders of other people's files. Hidden ones (.git, .venv) need no name here."""
_WILD = frozenset("*?[")
_CONTROL = bytes(code for code in (*range(0x20), 0x7F) if code not in b"\t\n\r\f\x1b")
_MAGIC = {
    b"%PDF-": "is a PDF document",
    b"PK\x03\x04": "is a Word document or another archive",
    b"\xd0\xcf\x11\xe0": "is an old Word document",
    b"{\\rtf": "is an RTF document",
}
_BYTE_ORDER_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)


class Chosen(Record):
    """A file to read. shown: its path as the user sees it. path: None is standard input."""

    shown: str
    path: Path | None

    @property
    def place(self) -> Path | None:
        """Where it stands, or where standard input is said to; None: it has no place."""
        return self.path or (Path(self.shown) if self.shown != STANDARD_INPUT else None)


class Problem(Record):
    """A path that cannot be used, and what to do about it."""

    shown: str
    message: str


class Choice(Record):
    """What the paths of a command come to. excluded: paths that the configuration took out, as shown."""

    files: tuple[Chosen, ...]
    problems: tuple[Problem, ...]
    excluded: tuple[str, ...]


class Exclusion(Protocol):
    """What the configuration excludes."""

    def verdict(self, path: Path, *, folder: bool = False) -> bool | None:
        """Whether an absolute path is excluded."""


class UnreadableError(Exception):
    """A file that gives no text: why, and what to do about it."""


def choose(
    paths: Sequence[str], *, exclude: Exclusion | None = None, stdin_name: str = "", folder: Path | None = None
) -> Choice:
    """The files that the paths stand for: files, folders (with all below), globs, and "-" for standard input.

    exclude: what the configuration leaves out. stdin_name: the path that standard input goes by. folder: the working
    folder, which relative paths start from. What is wrong with a path is a Problem; only `exclude` may raise.
    """
    here = Path(os.path.abspath(folder or "."))
    walk = _Walk(here, exclude or PathPatterns((), here))
    for given in paths:
        if given == STANDARD_INPUT:
            walk.add_standard_input(stdin_name)
        else:
            walk.add(given)
    files = tuple(sorted(walk.files.values(), key=lambda chosen: chosen.shown))
    return Choice(files, tuple(walk.problems), tuple(walk.excluded))


def read(chosen: Chosen) -> Source:
    """The text of a file. Raises UnreadableError."""
    try:
        if chosen.path is None:
            data = sys.stdin.buffer.read(LARGEST + 1)
        else:
            with chosen.path.open("rb") as file:
                data = file.read(LARGEST + 1)
    except OSError as error:
        raise UnreadableError(f"cannot be read: {error.strerror or error}") from error
    if len(data) > LARGEST:
        raise UnreadableError(f"is larger than {LARGEST // 1_000_000} MB: split it, or leave it out with `exclude`")
    source = decode(data, chosen.shown)
    notices = list(source.notices)
    if not source.text.strip():
        notices.append("is empty: there is nothing to check")
    if chosen.shown != STANDARD_INPUT and format_of(chosen.shown) is None:
        notices.append("has no suffix of Markdown, HTML or text; read as plain text")
    return source._replace(notices=tuple(notices)) if notices else source


def decode(data: bytes, shown: str) -> Source:
    """Bytes to text: by the byte-order mark, else as UTF-8, else as Windows-1252 with a notice.

    The byte-order mark is no part of the text. Raises UnreadableError for what is no text at all.
    """
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            try:
                return Source(shown, data[len(mark) :].decode(encoding))
            except UnicodeDecodeError as error:
                at = error.start + len(mark)
                raise UnreadableError(
                    f"begins as {encoding.upper()} but is not (byte {at:,}): save it as UTF-8"
                ) from error
    for magic, what in _MAGIC.items():
        if data.startswith(magic):
            raise UnreadableError(f"{what}: save the copy as text, Markdown or HTML, or leave it out with `exclude`")
    if b"\0" in data or 10 * (len(data) - len(data.translate(None, _CONTROL))) > 3 * len(data):
        raise UnreadableError("is no text (binary data): save it as UTF-8 text, or leave it out with `exclude`")
    try:
        return Source(shown, data.decode("utf-8"))
    except UnicodeDecodeError as error:
        broken = error.start
    line = data.count(b"\n", 0, broken) + 1
    where = f"byte 0x{data[broken]:02x} in line {line}"
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError as error:
        raise UnreadableError(f"is neither UTF-8 ({where}) nor Windows-1252: save it as UTF-8") from error
    return Source(shown, text, (f"is not UTF-8 ({where}); read as Windows-1252. Save it as UTF-8.",))


class _Walk:
    """Collects files; remembers by their real place which ones it has."""

    def __init__(self, here: Path, exclude: Exclusion) -> None:
        self.here = here
        self.exclude = exclude
        self.files: dict[str, Chosen] = {}
        self.problems: list[Problem] = []
        self.excluded: list[str] = []
        self.ignored = 0
        """Files and folders that .gitignore left out."""

    def add_standard_input(self, name: str) -> None:
        path = self.here / name if name else None
        if path is not None and self._is_excluded(path, folder=False):
            return
        self.files[STANDARD_INPUT] = Chosen(shown_path(path, self.here) if path else STANDARD_INPUT, None)

    def add(self, given: str) -> None:
        if "\0" in given:
            self.problems.append(Problem(given, "is no path: it holds a NUL character"))
            return
        path = Path(os.path.abspath(self.here / given))
        try:
            if path.is_dir():
                self._add_folder(path)
            elif path.exists():
                self._add_named(path)
            elif _WILD & set(given):
                self._add_glob(given)
            else:
                self.problems.append(Problem(self._shown(path), _missing(path)))
        except OSError as error:
            self.problems.append(Problem(self._shown(path), f"cannot be read: {error.strerror or error}"))

    def _add_named(self, path: Path) -> None:
        if self._is_excluded(path, folder=False):
            return
        self._keep(path)

    def _add_folder(self, folder: Path) -> None:
        if self._is_excluded(folder, folder=True):
            return
        before = len(self.excluded), len(self.problems)
        ignored = self.ignored
        found = False
        for path in self._below(folder):
            found = True
            self._keep(path)
        if not found and before == (len(self.excluded), len(self.problems)):
            ignored = self.ignored - ignored
            hint = f" ({ignored:,} left out by .gitignore: name one to have it read)" if ignored else ""
            self.problems.append(Problem(self._shown(folder), f"holds no Markdown, HTML or text file{hint}"))

    def _add_glob(self, given: str) -> None:
        """The shells of Windows don't expand globs, and quoted ones reach us on every system."""
        parts = PurePath(given).parts
        wild = next(index for index, part in enumerate(parts) if _WILD & set(part))
        base = Path(os.path.abspath(self.here.joinpath(*parts[:wild])))
        pattern = PathPatterns(["/" + "/".join(parts[wild:])], base)
        before = len(self.excluded), len(self.problems)
        found = False
        if base.is_dir():
            for path in self._below(base):
                if path in pattern:
                    found = True
                    self._keep(path)
        if not found and before == (len(self.excluded), len(self.problems)):
            self.problems.append(Problem(given, "matches no Markdown, HTML or text file: check the pattern"))

    def _keep(self, path: Path) -> None:
        self.files.setdefault(os.path.normcase(os.path.realpath(path)), Chosen(self._shown(path), path))

    def _shown(self, path: Path) -> str:
        return shown_path(path, self.here)

    def _is_excluded(self, path: Path, *, folder: bool) -> bool:
        if self.exclude.verdict(path, folder=folder):
            self.excluded.append(self._shown(path))
            return True
        return False

    def _below(self, folder: Path) -> Iterator[Path]:
        """The files to read in a folder and all below it."""
        real = os.path.realpath(folder)
        pending = [(folder, _ignores_above(folder))]
        while pending:
            at, ignores = pending.pop()
            try:
                with os.scandir(at) as listing:
                    entries = list(listing)
            except OSError as error:
                reason = f"cannot be read: {error.strerror or error}"
                self.problems.append(Problem(self._shown(at), reason))
                continue
            if any(entry.name == ".gitignore" for entry in entries):
                ignores = (*ignores, _gitignore(at))
            for entry in entries:
                path = at / entry.name
                is_folder = entry.is_dir(follow_symlinks=False)
                if entry.name.startswith(".") or (is_folder and entry.name in _SKIPPED):
                    continue
                if not is_folder and (format_of(entry.name) is None or not _is_file_inside(entry, real)):
                    continue
                if _is_ignored(path, ignores, folder=is_folder):
                    self.ignored += 1
                elif not self._is_excluded(path, folder=is_folder):
                    if is_folder:
                        pending.append((path, ignores))
                    else:
                        yield path


def _is_file_inside(entry: os.DirEntry[str], folder: str) -> bool:
    """A plain file, or a link to one that does not lead out of the folder (a real path)."""
    try:
        if not entry.is_file():
            return False
    except OSError:
        return False
    return not entry.is_symlink() or Path(os.path.realpath(entry.path)).is_relative_to(folder)


def _is_ignored(path: Path, ignores: tuple[PathPatterns, ...], *, folder: bool) -> bool:
    """The nearest .gitignore that speaks of the path decides, as in git."""
    for patterns in reversed(ignores):
        verdict = patterns.verdict(path, folder=folder)
        if verdict is not None:
            return verdict
    return False


def _ignores_above(folder: Path) -> tuple[PathPatterns, ...]:
    """The .gitignore files between the top of the folder's git repository and the folder, from the top.

    None where the folder itself is ignored: it was asked for, so what lies in it is read.
    """
    above = list(folder.parents)
    if (folder / ".git").exists():
        return ()
    top = next((index for index, parent in enumerate(above) if (parent / ".git").exists()), None)
    if top is None:
        return ()
    ignores: tuple[PathPatterns, ...] = ()
    for parent in reversed(above[: top + 1]):
        if (parent / ".gitignore").is_file():
            ignores = (*ignores, _gitignore(parent))
    if any(_is_ignored(parent, ignores, folder=True) for parent in (folder, *above[:top])):
        return ()
    return ignores


def _gitignore(folder: Path) -> PathPatterns:
    """The patterns of a folder's .gitignore; lines that git would not take are passed over, as git does."""
    try:
        text = (folder / ".gitignore").read_text(encoding="utf-8-sig", errors="replace")
    except OSError:
        return PathPatterns((), folder)
    return PathPatterns([line for line in text.splitlines() if is_pattern(line)], folder)


def _missing(path: Path) -> str:
    try:
        near = did_you_mean(path.name, [neighbour.name for neighbour in path.parent.iterdir()])
    except OSError:
        near = ""
    return "does not exist." + (near or " Check the path.")
