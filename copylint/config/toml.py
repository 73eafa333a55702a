"""A file of TOML: its content, and the line on which every key and every item stands.

tomllib tells no places. So `lines_of` goes through a text that tomllib has taken and notes where keys and items begin.
It need not judge the text, which is known to be valid, and it runs only when a place is asked for: for an error, or for
`copylint config`.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

from copylint.config.errors import ConfigError
from copylint.paths import shown_path

LARGEST = 1_000_000
"""Bytes of a configuration file that are still read."""
Keys = tuple[str | int, ...]
"""The way to a value: keys of tables, numbers (from 0) of items."""


class TomlFile:
    """A file of TOML. Reading it raises ConfigError."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.text = _text(path)
        self.content = _content(path, self.text)

    @property
    def shown(self) -> str:
        """The path as a user sees it."""
        return shown(self.path)

    def table(self) -> tuple[Keys, Mapping[str, object]] | None:
        """What is meant for copylint, and the way there: [tool.copylint], else the whole of a file that is ours."""
        tool = self.content.get("tool", {})
        if isinstance(tool, dict) and "copylint" in tool:
            way: Keys = ("tool", "copylint")
            if not isinstance(tool["copylint"], dict):
                raise self.error(way, "tool.copylint must be a table: [tool.copylint]")
            return way, tool["copylint"]
        return None if self.path.name == "pyproject.toml" else ((), self.content)

    def line(self, keys: Keys) -> int:
        """The line (from 1) on which the key or item begins, or what holds it; 0 where there is none."""
        for length in range(len(keys), 0, -1):
            if keys[:length] in self._lines:
                return self._lines[keys[:length]]
        return 0

    def error(self, keys: Keys, message: str) -> ConfigError:
        """A fault of what stands there."""
        line = self.line(keys)
        return ConfigError(f"{self.shown}{f':{line}' if line else ''}: {message}")

    @cached_property
    def _lines(self) -> Mapping[Keys, int]:
        return lines_of(self.text)


def shown(path: Path) -> str:
    """A path as a user sees it, from the working folder."""
    return shown_path(Path(os.path.abspath(path)), Path.cwd())


def _text(path: Path) -> str:
    try:
        if path.exists() and not path.is_file():
            raise ConfigError(f"{shown(path)}: is no file. Name a file of TOML.")
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        raise ConfigError(f"{shown(path)}: cannot be read: {getattr(error, 'strerror', None) or error}") from error
    if len(data) > LARGEST:
        raise ConfigError(f"{shown(path)}: is larger than {LARGEST // 1_000_000} MB: this is no configuration.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ConfigError(f"{shown(path)}:{line}: is not UTF-8 (byte {error.start:,}). Save it as UTF-8.") from error


def _content(path: Path, text: str) -> Mapping[str, object]:
    import tomllib

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        told = re.fullmatch(r"(?P<what>.*) \(at (?:line (?P<line>\d+), column \d+|end of document)\)", str(error))
        line = (told and told["line"]) or max(1, len(text.splitlines()))
        message = told["what"] if told else str(error)
        raise ConfigError(f"{shown(path)}:{line}: is not valid TOML: {message}") from error
    except RecursionError as error:
        raise ConfigError(f"{shown(path)}: is not valid TOML: nested too deeply") from error


def lines_of(text: str) -> dict[Keys, int]:
    """The line (from 1) of every key and item. text: valid TOML."""
    return _Scan(text.replace("\r\n", "\n")).run()


_GAP = re.compile(r"(?:[ \t\n]|#[^\n]*)*")
"""What may stand between two parts: blanks, ends of lines, comments."""
_STRING = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}'
    r"|'''.*?'{3,5}"
    r'|"(?:\\.|[^"\\])*"'
    r"|'[^']*'",
    re.DOTALL,
)
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_BARE_VALUE = re.compile(r"[^,\]}#\n]+")


class _Scan:
    """Goes through a text once. `at` is the offset of what comes next."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.found: dict[Keys, int] = {}
        self._items: dict[Keys, int] = {}
        """How many tables there are so far in each array of tables."""
        self._counted = 0, 1
        """An offset and its line, to go on counting from."""

    def run(self) -> dict[Keys, int]:
        table: Keys = ()
        while self._next():
            table = self._header() if self._next() == "[" else self._pair(table)
        return self.found

    def _next(self) -> str:
        """The character that comes next, behind any gap; empty at the end."""
        self.at = self._matched(_GAP)
        return self.text[self.at : self.at + 1]

    def _matched(self, pattern: re.Pattern[str]) -> int:
        """The end of the pattern, which begins here."""
        match = pattern.match(self.text, self.at)
        return match.end() if match else self.at

    def _note(self, keys: Keys, offset: int) -> None:
        """Keys that stand in several places, as [a] and [a.b] name a, are where they stand first."""
        if keys not in self.found:
            start, line = self._counted
            line += self.text.count("\n", start, offset)
            self._counted = offset, line
            self.found[keys] = line

    def _header(self) -> Keys:
        """[table] or [[array of tables]]. Returns the way to the table."""
        start = self.at
        several = self.text.startswith("[[", self.at)
        self.at += 2 if several else 1
        *above, last = self._dotted()
        self._next()
        self.at += 2 if several else 1
        way: Keys = ()
        for key in above:
            way = self._entered((*way, key), start)
        if not several:
            return self._entered((*way, last), start)
        way = (*way, last)
        self._items[way] = self._items.get(way, 0) + 1
        return self._entered(way, start)

    def _entered(self, way: Keys, start: int) -> Keys:
        """The table that is called so: the last one where there are several."""
        self._note(way, start)
        if way in self._items:
            way = (*way, self._items[way] - 1)
            self._note(way, start)
        return way

    def _pair(self, table: Keys) -> Keys:
        """A key and its value. Returns the table that it stands in."""
        start, way = self.at, table
        for key in self._dotted():
            way = (*way, key)
            self._note(way, start)
        self._next()
        self.at += 1  # =
        self._value(way)
        return table

    def _dotted(self) -> list[str]:
        """The parts of a key."""
        keys = []
        while True:
            quoted = self._next() in ("'", '"')
            start, self.at = self.at, self._matched(_STRING if quoted else _BARE_KEY)
            keys.append(_unquoted(self.text[start : self.at]) if quoted else self.text[start : self.at])
            if self._next() != ".":
                return keys
            self.at += 1

    def _value(self, way: Keys) -> None:
        opening = self._next()
        if opening not in ("[", "{"):
            self.at = self._matched(_STRING if opening in ("'", '"') else _BARE_VALUE)
            return
        self.at += 1
        count = 0
        while self._next() not in ("]", "}", ""):
            if opening == "{":
                self._pair(way)
            else:
                item = (*way, count)
                self._note(item, self.at)
                self._value(item)
                count += 1
            if self._next() == ",":
                self.at += 1
        self.at += 1


def _unquoted(key: str) -> str:
    import tomllib

    return next(iter(tomllib.loads(f"{key} = 0")))
