"""Every key of the configuration: how its value is read, and what is said of a value that cannot be.

A new key is a field of LintSettings or CheckSettings that is called like it, and a line in KEYS (one of CheckSettings
needs none, unless it has more to say than its type). A key that is not given keeps the default of its field.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from copylint.checks.settings import CheckSettings
from copylint.config.errors import ConfigError, UnknownNameError
from copylint.config.names import jurisdictions_of
from copylint.config.profiles import PROFILES
from copylint.config.settings import FAIL_ON, SEVERITY_SETTINGS, Allowance, FileIgnore, LintSettings, Patterns
from copylint.config.toml import Keys, TomlFile
from copylint.nearest import did_you_mean
from copylint.paths import BadPatternError, PathPatterns
from copylint.record import Record

_KINDS: dict[type, str] = {
    int: "a whole number", float: "a number", str: "a string", bool: "true or false", list: "a list", dict: "a table",
}  # fmt: skip


class Entry(Record):
    """A value and the place where it stands: what every function that reads one is given."""

    file: TomlFile
    way: Keys
    value: object

    @property
    def folder(self) -> Path:
        """What relative paths and patterns start from."""
        return self.file.path.parent

    @property
    def key(self) -> str:
        """The key that it belongs to."""
        return next(str(key) for key in reversed(self.way) if isinstance(key, str))

    @property
    def kind(self) -> str:
        """What it is, for messages."""
        return _KINDS.get(type(self.value), "a date or time")

    def error(self, message: str) -> ConfigError:
        """A fault of this value."""
        return self.file.error(self.way, message)

    def items(self) -> list[Entry]:
        """The items of a list."""
        if not isinstance(self.value, list):
            raise self.error(f'"{self.key}" must be a list, {self.key} = [...], not {self.kind}.')
        return [Entry(self.file, (*self.way, at), item) for at, item in enumerate(self.value)]

    def table(self) -> dict[str, Entry]:
        """The entries of a table."""
        if not isinstance(self.value, dict):
            raise self.error(f'"{self.key}" must be a table, {self.key} = {{...}}, not {self.kind}.')
        return {key: Entry(self.file, (*self.way, key), value) for key, value in self.value.items()}

    def known(self, keys: Iterable[str], where: str = "") -> dict[str, Entry]:
        """The entries of a table that may have these keys and no others."""
        known = tuple(keys)
        for key, entry in self.table().items():
            if key not in known:
                near = did_you_mean(key, known) or f" There are {', '.join(known)}."
                raise entry.error(f'unknown key "{key}"{where}.{near}')
        return self.table()

    def choice(self, choices: Iterable[str]) -> str:
        """One of these words."""
        known = tuple(choices)
        if isinstance(self.value, str) and self.value in known:
            return self.value
        near = did_you_mean(self.value, known) if isinstance(self.value, str) else ""
        raise self.error(f'"{self.key}" must be one of {", ".join(known)}, not {self.value!r}.{near}')


def words(entry: Entry) -> tuple[str, ...]:
    """A list of strings."""
    found = []
    for item in entry.items():
        if not isinstance(item.value, str) or not item.value.strip():
            what = "an empty string" if isinstance(item.value, str) else item.kind
            raise item.error(f'"{entry.key}" must be a list of strings, and {what} stands in it.')
        found.append(item.value)
    return tuple(found)


def yes_or_no(entry: Entry) -> bool:
    """A truth value."""
    if not isinstance(entry.value, bool):
        raise entry.error(f'"{entry.key}" must be true or false, not {entry.kind}.')
    return entry.value


def file_name(entry: Entry) -> Path:
    """A path, relative to the file that it stands in. Whether there is a file is not asked."""
    if not isinstance(entry.value, str) or not entry.value.strip() or "\0" in entry.value:
        raise entry.error(f'"{entry.key}" must be the path of a file.')
    return entry.folder / entry.value


def _jurisdictions(entry: Entry) -> tuple[str, ...]:
    for item, name in zip(entry.items(), words(entry), strict=True):
        try:
            jurisdictions_of([name])
        except UnknownNameError as error:
            raise item.error(str(error)) from None
    try:
        return jurisdictions_of(words(entry))
    except UnknownNameError as error:
        raise entry.error(str(error)) from None


def _patterns(entry: Entry) -> tuple[Patterns, ...]:
    lines = words(entry)
    for item, line in zip(entry.items(), lines, strict=True):
        _check_pattern(line, item, entry.key)
    return (Patterns(lines, entry.folder),) if lines else ()


def _check_pattern(line: str, entry: Entry, key: str) -> None:
    try:
        PathPatterns([line], entry.folder).check()
    except BadPatternError:
        raise entry.error(f'"{line}" in "{key}" is no pattern. Patterns are written as in .gitignore.') from None


def _rule_files(entry: Entry) -> tuple[Path, ...]:
    for item, name in zip(entry.items(), words(entry), strict=True):
        if "\0" in name or not (entry.folder / name).is_file():
            raise item.error(f'no rule file "{name}" beside this file. Paths in "rules" start here.')
    return tuple(entry.folder / name for name in words(entry))


def _allowances(entry: Entry) -> tuple[Allowance, ...]:
    return tuple(_allowance(item) for item in entry.items())


def _allowance(entry: Entry) -> Allowance:
    if isinstance(entry.value, str):
        entry = entry._replace(value={"phrase": entry.value})
    if not isinstance(entry.value, dict):
        raise entry.error(f'"allow" holds strings or {{phrase = "..."}}, not {entry.kind}.')
    entries = entry.known(("phrase", "paths", "reason"), ' in "allow"')
    phrase = entries.get("phrase", entry).value
    if not isinstance(phrase, str) or not phrase.strip():
        raise entry.error('an entry of "allow" needs a phrase: {phrase = "Miracle Skin"}.')
    reason = entries["reason"].value if "reason" in entries else ""
    if not isinstance(reason, str):
        raise entries["reason"].error(f'"reason" in "allow" must be a string, not {entries["reason"].kind}.')
    paths = _patterns(entries["paths"]) if "paths" in entries else ()
    return Allowance(phrase, *((paths[0].lines, reason, paths[0].root) if paths else ((), reason)))


def _severities(entry: Entry) -> dict[str, str]:
    return {name: one.choice(SEVERITY_SETTINGS) for name, one in entry.table().items()}


def _file_ignores(entry: Entry) -> dict[tuple[str, Path], FileIgnore]:
    """By pattern and folder: the same pattern in another folder's file means other files."""
    found = {}
    for pattern, one in entry.table().items():
        _check_pattern(pattern, one, entry.key)
        found[pattern, entry.folder] = FileIgnore(pattern, words(one), entry.folder)
    return found


def _profile(entry: Entry) -> str:
    return entry.choice(PROFILES)


def _fail_on(entry: Entry) -> str:
    return entry.choice(FAIL_ON)


def _of_default(default: object) -> Callable[[Entry], object]:
    """Reads a value of the type of the default."""

    def read(entry: Entry) -> object:
        value, kind = entry.value, type(default)
        if kind is tuple:
            return words(entry)
        if kind is float and isinstance(value, int) and not isinstance(value, bool):
            value = _float(entry, value)
        if type(value) is not kind:
            raise entry.error(f'"{entry.key}" must be {_KINDS[kind]}, not {entry.kind}.')
        if kind in (int, float) and not 0 <= value < float("inf"):  # type: ignore[operator]  # a number, by its kind
            raise entry.error(f'"{entry.key}" must be 0 or more.')
        return value

    return read


def _float(entry: Entry, value: int) -> float:
    try:
        return float(value)
    except OverflowError:
        raise entry.error(f'"{entry.key}" is too large.') from None


KEYS: Mapping[str, Callable[[Entry], object]] = {
    "extend": file_name,
    "profile": _profile,
    "jurisdictions": _jurisdictions,
    "select": words,
    "extend-select": words,
    "ignore": words,
    "extend-ignore": words,
    "severity": _severities,
    "per-file-ignores": _file_ignores,
    "fail-on": _fail_on,
    "exclude": _patterns,
    "extend-exclude": _patterns,
    "rules": _rule_files,
    "allow": _allowances,
    "baseline": file_name,
    "claims": file_name,
    "require-reason": yes_or_no,
    "cache": yes_or_no,
    **{
        name.replace("_", "-"): _of_default(default)
        for name, default in CheckSettings._field_defaults.items()
        if name != "jurisdictions"
    },
}
"""How each key is read: a function from an Entry to the value of the field. It raises ConfigError."""
TABLES = ("severity", "per-file-ignores")
"""Keys whose entries are added to those of the file that is extended."""
EXTENDING = "extend-"
"""extend-select adds to what select comes to, and so on."""


def default_of(key: str) -> object:
    """What a key comes to where nobody gives it."""
    if key in ("extend", "baseline", "claims"):
        return ""
    if key in TABLES:
        return {}
    defaults = {**CheckSettings._field_defaults, **LintSettings._field_defaults}
    return defaults.get(key.replace("-", "_"), ())
