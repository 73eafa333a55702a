"""What a user may set: `[tool.copylint]` of pyproject.toml or a copylint.toml, into LintSettings.

The nearest of the two upwards from the working folder counts; in one folder copylint.toml wins, and a pyproject.toml
without the table is passed over. Keys are named as the options of the command line. Whatever is not understood is an
error that names the file, the line and the nearest thing that would be understood.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Literal

from copylint.checks.settings import CheckSettings
from copylint.findings import JURISDICTIONS, SEVERITIES, Severity
from copylint.nearest import did_you_mean
from copylint.paths import BadPatternError, PathPatterns, shown_path
from copylint.record import Record

FailOn = Literal["error", "warning", "suggestion", "never"]
FAIL_ON: tuple[FailOn, ...] = (*SEVERITIES, "never")
FILE_NAMES = ("copylint.toml", "pyproject.toml")
"""The first that is there wins within a folder."""


class ConfigError(Exception):
    """A fault in the configuration or in an option. The message names the place and says what to do."""


class UnknownNameError(ConfigError):
    """A name that stands for nothing."""

    def __init__(self, name: str, message: str) -> None:
        super().__init__(message)
        self.name = name


class Allowance(Record):
    """A phrase that is let through, such as a clinic's own name. No paths: everywhere."""

    phrase: str
    paths: tuple[str, ...] = ()
    reason: str = ""


class LintSettings(Record):
    """What a user has set for a run.

    root: the folder that patterns are relative to. select: rules or groups, none for all. ignore: the same, taken
    away. fail_on: the mildest severity that fails a run. exclude: patterns as in .gitignore. rules: further rule files.
    origin: the file that this was read from, if any.
    """

    root: Path = Path()
    checks: CheckSettings = CheckSettings()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fail_on: FailOn = "error"
    exclude: tuple[str, ...] = ()
    rules: tuple[Path, ...] = ()
    allow: tuple[Allowance, ...] = ()
    origin: Path | None = None

    @property
    def jurisdictions(self) -> tuple[str, ...]:
        """Those whose rules apply."""
        return self.checks.jurisdictions

    def selects(self, rule: str) -> bool:
        """Whether a rule is to be reported. A rule's own name outweighs its group's, `ignore` outweighs `select`."""
        chosen = _weight(rule, self.select) if self.select else 0
        return chosen > _weight(rule, self.ignore)

    def allows(self, path: str, text: str, start: int, end: int) -> str | None:
        """Why what stands at start..end of the visible text is allowed: it overlaps an allowed phrase. None: it is not.

        path: of the file, relative to the working folder. A phrase with capitals is a name: it is met as written or
        in capitals throughout. One without is met in any case.
        """
        for allowance in _allowances(self.allow, self.root, path) if self.allow else ():
            pattern, longest = _pattern(allowance.phrase)
            for match in pattern.finditer(text, max(0, start - longest), min(len(text), end + longest)):
                if match.start() < end and start < match.end():
                    return allowance.reason or f'"{allowance.phrase}"'
        return None

    def excluded(self) -> PathPatterns:
        """The patterns of `exclude`."""
        return PathPatterns(self.exclude, self.root)

    def fails(self, severity: Severity) -> bool:
        """Whether an open finding of this severity fails the run."""
        return self.fail_on != "never" and SEVERITIES.index(severity) <= SEVERITIES.index(self.fail_on)


@lru_cache(maxsize=4)
def _allowances(allow: tuple[Allowance, ...], root: Path, path: str) -> tuple[Allowance, ...]:
    """Those that hold for a file. A run asks for the same file again and again."""
    place = Path(os.path.abspath(path))
    return tuple(one for one in allow if not one.paths or place in PathPatterns(one.paths, root))


@lru_cache(maxsize=256)
def _pattern(phrase: str) -> tuple[re.Pattern[str], int]:
    """A pattern that finds the phrase as whole words, and how far around a finding it need be looked for."""
    wanted = phrase if phrase == phrase.casefold() else f"{phrase}\n{phrase.upper()}"
    words = [[re.escape(word) for word in line.split()] for line in wanted.splitlines()]
    either = "|".join(re.sub("['’]", "['’]", r"\s{1,8}".join(line)) for line in words)
    flags = re.IGNORECASE if phrase == phrase.casefold() else re.NOFLAG
    return re.compile(rf"(?<!\w)(?:{either})(?!\w)", flags), 2 * len(phrase) + 8 * len(words[0])


def _weight(rule: str, names: Iterable[str]) -> int:
    """2 where the rule is named, 1 where its group is, -1 where neither."""
    group = rule.partition("/")[0]
    return max((2 if name == rule else 1 for name in names if name in (rule, group)), default=-1)


def find(folder: Path) -> Path | None:
    """The configuration file that counts for the working folder."""
    start = Path(os.path.abspath(folder))
    for parent in (start, *start.parents):
        for name in FILE_NAMES:
            path = parent / name
            if path.is_file() and (name == FILE_NAMES[0] or _has_table(path)):
                return path
    return None


_PERHAPS_OURS = re.compile(
    rb"""^\s*(?:\[\s*["']?tool["']?\s*(?:\]|\.\s*["']?copylint\b)|["']?tool["']?\s*[.=])""", re.MULTILINE
)
"""The ways in which TOML can begin [tool.copylint]."""


def _has_table(path: Path) -> bool:
    """Whether a pyproject.toml has our table. The look at its bytes spares most runs the import of tomllib."""
    try:
        data = path.read_bytes()
        return _PERHAPS_OURS.search(data) is not None and _table(path, data) is not None
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror or error}") from error


def load(path: Path) -> LintSettings:
    """The settings of a configuration file. Raises ConfigError."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror or error}") from error
    table = _table(path, data)
    if table is None:
        raise ConfigError(f"{path}: has no table [tool.copylint]. Add one, or leave out --config.")
    return _Reader(path, data.decode("utf-8-sig")).settings(table)


def _table(path: Path, data: bytes) -> Mapping[str, object] | None:
    import tomllib

    try:
        content = tomllib.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: is not UTF-8 (byte {error.start:,}). Save it as UTF-8.") from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ConfigError(f"{path}: is not valid TOML: {error or 'nested too deeply'}") from error
    tool = content.get("tool", {})
    if isinstance(tool, dict) and "copylint" in tool:
        table = tool["copylint"]
        if not isinstance(table, dict):
            raise ConfigError(f"{path}: tool.copylint must be a table: [tool.copylint]")
        return table
    return None if path.name == FILE_NAMES[1] else content


def jurisdictions_of(names: Iterable[str]) -> tuple[str, ...]:
    """The jurisdictions of these names, each once, in our order. Raises UnknownNameError."""
    wanted = list(names)
    for name in wanted:
        if name not in JURISDICTIONS:
            near = did_you_mean(name, JURISDICTIONS)
            raise UnknownNameError(name, f'no jurisdiction "{name}".{near} There are {", ".join(JURISDICTIONS)}.')
    if not wanted:
        raise UnknownNameError("", f"no jurisdiction given. There are {', '.join(JURISDICTIONS)}.")
    return tuple(name for name in JURISDICTIONS if name in wanted)


def check_names(names: Iterable[str], rules: Iterable[str]) -> None:
    """Raises UnknownNameError for the first name that is neither a rule nor a group of rules."""
    known = dict.fromkeys(rules)
    known.update(dict.fromkeys(rule.partition("/")[0] for rule in list(known)))
    for name in names:
        if name not in known:
            near = did_you_mean(name, known) or " `copylint rules` lists all rules."
            raise UnknownNameError(name, f'no rule or group "{name}".{near}')


def check_configured_names(settings: LintSettings, rules: Iterable[str]) -> None:
    """check_names for what the configuration file selects and ignores; the error says where it stands."""
    known = tuple(rules)
    for key, names in (("select", settings.select), ("ignore", settings.ignore)):
        try:
            check_names(names, known)
        except UnknownNameError as error:
            if settings.origin is None:
                raise
            text = settings.origin.read_text(encoding="utf-8-sig")
            raise _Reader(settings.origin, text).error(key, str(error), error.name) from None


_ALLOW_KEYS = ("phrase", "paths", "reason")
_CHECKS = {name.replace("_", "-"): name for name in CheckSettings._fields if name != "jurisdictions"}
"""Keys for the settings of the checks: one that is added to CheckSettings can be configured at once."""
KEYS = ("jurisdictions", "select", "ignore", "fail-on", "exclude", "rules", "allow", *_CHECKS)


class _Reader(Record):
    """Reads one table, and knows where in the file its keys stand."""

    path: Path
    text: str

    def settings(self, table: Mapping[str, object]) -> LintSettings:
        self.known("", table, KEYS)
        return LintSettings(
            root=self.path.parent,
            checks=self.checks(table),
            select=self.words(table, "select"),
            ignore=self.words(table, "ignore"),
            fail_on=self.fail_on(table.get("fail-on", "error")),
            exclude=self.patterns("exclude", self.words(table, "exclude")),
            rules=tuple(self.rule_file(name) for name in self.words(table, "rules")),
            allow=tuple(self.allowance(entry) for entry in self.entries(table, "allow")),
            origin=self.path,
        )

    def error(self, key: str, message: str, value: str = "") -> ConfigError:
        line = _line(self.text, key, value)
        place = shown_path(Path(os.path.abspath(self.path)), Path.cwd())
        return ConfigError(f"{place}{f':{line}' if line else ''}: {message}")

    def known(self, where: str, table: Mapping[str, object], keys: tuple[str, ...]) -> None:
        for key in table:
            if key not in keys:
                near = did_you_mean(key, keys) or f" There are {', '.join(keys)}."
                raise self.error(key, f'unknown key "{key}"{where}.{near}')

    def checks(self, table: Mapping[str, object]) -> CheckSettings:
        values: dict[str, object] = {}
        for key, name in _CHECKS.items():
            if key in table:
                values[name] = self.of_kind(key, table[key], type(CheckSettings._field_defaults[name]))
        if "jurisdictions" in table:
            try:
                values["jurisdictions"] = jurisdictions_of(self.words(table, "jurisdictions"))
            except UnknownNameError as error:
                raise self.error("jurisdictions", str(error), error.name) from None
        return CheckSettings()._replace(**values)

    def of_kind(self, key: str, value: object, kind: type) -> object:
        if kind is tuple:
            return self.words({key: value}, key)
        if kind is float and isinstance(value, int) and not isinstance(value, bool):
            value = float(value)
        if type(value) is not kind:
            raise self.error(key, f'"{key}" must be {_KINDS[kind]}, not {_kind(value)}.')
        if kind in (int, float) and not 0 <= value < float("inf"):  # type: ignore[operator]  # a number, by its kind
            raise self.error(key, f'"{key}" must be 0 or more.')
        return value

    def entries(self, table: Mapping[str, object], key: str) -> list[object]:
        value = table.get(key, [])
        if not isinstance(value, list):
            raise self.error(key, f'"{key}" must be a list, {key} = [...], not {_kind(value)}.')
        return value

    def words(self, table: Mapping[str, object], key: str) -> tuple[str, ...]:
        found = []
        for entry in self.entries(table, key):
            if not isinstance(entry, str) or not entry.strip():
                what = "an empty string" if isinstance(entry, str) else _kind(entry)
                raise self.error(key, f'"{key}" must be a list of strings, and {what} stands in it.')
            found.append(entry)
        return tuple(found)

    def fail_on(self, value: object) -> FailOn:
        for choice in FAIL_ON:
            if value == choice:
                return choice
        near = did_you_mean(value, FAIL_ON) if isinstance(value, str) else ""
        raise self.error("fail-on", f'"fail-on" must be one of {", ".join(FAIL_ON)}, not {value!r}.{near}')

    def patterns(self, key: str, patterns: tuple[str, ...]) -> tuple[str, ...]:
        try:
            PathPatterns(patterns, self.path.parent).check()
        except BadPatternError as error:
            message = f'"{error}" in "{key}" is no pattern. Patterns are written as in .gitignore.'
            raise self.error(key, message, str(error)) from None
        return patterns

    def rule_file(self, name: str) -> Path:
        path = self.path.parent / name
        if not path.is_file():
            raise self.error("rules", f'no rule file "{name}" beside this file. Paths in "rules" start here.', name)
        return path

    def allowance(self, entry: object) -> Allowance:
        if isinstance(entry, str):
            entry = {"phrase": entry}
        if not isinstance(entry, dict):
            raise self.error("allow", f'"allow" holds strings or {{phrase = "..."}}, not {_kind(entry)}.')
        self.known(' in "allow"', entry, _ALLOW_KEYS)
        phrase, reason = entry.get("phrase"), entry.get("reason", "")
        if not isinstance(phrase, str) or not phrase.strip():
            raise self.error("allow", 'an entry of "allow" needs a phrase: {phrase = "Miracle Skin"}.')
        if not isinstance(reason, str):
            raise self.error("reason", f'"reason" in "allow" must be a string, not {_kind(reason)}.')
        return Allowance(phrase, self.patterns("paths", self.words(entry, "paths")), reason)


_KINDS: dict[type, str] = {
    int: "a whole number", float: "a number", str: "a string", bool: "true or false", list: "a list", dict: "a table",
}  # fmt: skip


def _kind(value: object) -> str:
    return _KINDS.get(type(value), "a date or time")


def _line(text: str, key: str, value: str) -> int:
    """The line (from 1) where the key stands in our table, or the value after it; 0 where neither can be found."""
    lines = text.splitlines()
    ours = next((at for at, line in enumerate(lines) if re.match(r"\s*\[+\s*tool\.copylint\b", line)), 0)
    written = re.compile(rf"""(^|[\s{{,\[.])["']?{re.escape(key)}["']?\s*(=|\])""")
    found = next((at for at, line in enumerate(lines[ours:], ours) if written.search(line)), -1)
    if found < 0:
        return 0
    if value:
        found = next((at for at, line in enumerate(lines[found:], found) if value in line), found)
    return found + 1
