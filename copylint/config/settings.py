"""What the rest of the program is given: LintSettings, plain data with the few questions that are asked of it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Literal

from copylint.checks.settings import CheckSettings
from copylint.findings import SEVERITIES, Severity
from copylint.paths import PathPatterns
from copylint.record import Record

FailOn = Literal["error", "warning", "suggestion", "never"]
FAIL_ON: tuple[FailOn, ...] = (*SEVERITIES, "never")
SeveritySetting = Literal["error", "warning", "suggestion", "off"]
SEVERITY_SETTINGS: tuple[SeveritySetting, ...] = (*SEVERITIES, "off")


class Patterns(Record):
    """Patterns as in .gitignore, and the folder that they are relative to."""

    lines: tuple[str, ...]
    root: Path


class Allowance(Record):
    """A phrase that is let through, such as a clinic's own name. No paths: everywhere.

    root: the folder that the paths are relative to; None for that of the settings.
    """

    phrase: str
    paths: tuple[str, ...] = ()
    reason: str = ""
    root: Path | None = None


class FileIgnore(Record):
    """Rules or groups that are not reported in the files of a pattern. root: the folder that it is relative to."""

    pattern: str
    rules: tuple[str, ...]
    root: Path


class Excluded:
    """Patterns of several files, the last of which outweighs those before it."""

    def __init__(self, patterns: tuple[Patterns, ...]) -> None:
        self.patterns = patterns

    def verdict(self, path: Path, *, folder: bool = False) -> bool | None:
        """Whether an absolute path is excluded; None: no pattern speaks of it. See PathPatterns.verdict."""
        for patterns in reversed(self.patterns):
            verdict = _compiled(patterns).verdict(path, folder=folder)
            if verdict is not None:
                return verdict
        return None


class LintSettings(Record):
    """What a user has set for a run, or for the files that one configuration counts for.

    root: the folder of the configuration. select: rules or groups, none for all. extend_select: more of them, which
    may be among those that `ignore` takes away as members of a group. ignore: rules or groups that are taken away.
    severity: what is set in place of the severity of a rule or group. per_file_ignores: what is not reported where.
    fail_on: the mildest severity that fails a run. exclude: files and folders to leave alone. rules: further rule
    files. profile: the name of the set of defaults. require_reason: whether a suppression without a reason is
    reported. baseline: the file of known findings, if there is one. claims: the register of approved claims, if there
    is one. cache: whether results are kept for later runs. origin: the file that this was read from, if any.
    """

    root: Path = Path()
    checks: CheckSettings = CheckSettings()
    select: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fail_on: FailOn = "error"
    exclude: tuple[Patterns, ...] = ()
    rules: tuple[Path, ...] = ()
    allow: tuple[Allowance, ...] = ()
    severity: tuple[tuple[str, SeveritySetting], ...] = ()
    per_file_ignores: tuple[FileIgnore, ...] = ()
    profile: str = "publish"
    require_reason: bool = True
    baseline: Path | None = None
    claims: Path | None = None
    cache: bool = True
    origin: Path | None = None

    @property
    def jurisdictions(self) -> tuple[str, ...]:
        """Those whose rules apply."""
        return self.checks.jurisdictions

    def selects(self, rule: str) -> bool:
        """Whether a rule is to be reported. A rule's own name outweighs its group's, `ignore` outweighs `select`."""
        chosen = max(_weight(rule, self.select) if self.select else 0, _weight(rule, self.extend_select))
        return chosen > _weight(rule, self.ignore) and not self._is_off(rule)

    def unwanted(self, rule: str, path: str) -> str | None:
        """Why a rule is not to be reported in a file, for `copylint why`; None: it is to be.

        path: of the file, relative to the working folder.
        """
        if not self.selects(rule):
            return f"{rule} is turned off" if self._is_off(rule) else f"{rule} is not selected"
        if self.per_file_ignores and _weight(rule, self.ignored_in(path)) > 0:
            return f"{rule} is ignored in this file"
        return None

    def ignored_in(self, path: str) -> tuple[str, ...]:
        """The rules and groups that `per_file_ignores` takes away in a file."""
        return tuple(rule for ignore in _file_ignores(self.per_file_ignores, path) for rule in ignore.rules)

    def severity_of(self, rule: str) -> Severity | None:
        """The severity that is set for a rule, in place of all that the rules say; None: they count."""
        found = self._severity(rule)
        return None if found == "off" else found

    def _is_off(self, rule: str) -> bool:
        return self._severity(rule) == "off"

    def _severity(self, rule: str) -> SeveritySetting | None:
        """What `severity` says. A rule's own name outweighs its group's."""
        if not self.severity:
            return None
        named = dict(self.severity)
        return named.get(rule) or named.get(rule.partition("/")[0])

    def allows(self, path: str, text: str, start: int, end: int) -> str | None:
        """Why what stands at start..end of the visible text is allowed: it overlaps an allowed phrase. None: it is not.

        path: of the file, relative to the working folder. A phrase with capitals is a name: it is met as written or
        in capitals throughout. One without is met in any case.
        """
        for allowance in self.allowed_in(path):
            pattern, longest = _pattern(allowance.phrase)
            for match in pattern.finditer(text, max(0, start - longest), min(len(text), end + longest)):
                if match.start() < end and start < match.end():
                    return allowance.reason or f'"{allowance.phrase}"'
        return None

    def allowed_in(self, path: str) -> tuple[Allowance, ...]:
        """What `allow` says that holds in a file."""
        return _allowances(self.allow, self.root, path) if self.allow else ()

    def excluded(self) -> Excluded:
        """What `exclude` says of paths."""
        return Excluded(self.exclude)

    def fails(self, severity: Severity) -> bool:
        """Whether an open finding of this severity fails the run."""
        return self.fail_on != "never" and SEVERITIES.index(severity) <= SEVERITIES.index(self.fail_on)


@lru_cache(maxsize=256)
def _compiled(patterns: Patterns) -> PathPatterns:
    return PathPatterns(patterns.lines, patterns.root)


@lru_cache(maxsize=4)
def _allowances(allow: tuple[Allowance, ...], root: Path, path: str) -> tuple[Allowance, ...]:
    """Those that hold for a file. A run asks for the same file again and again."""
    place = Path(os.path.abspath(path))
    return tuple(one for one in allow if not one.paths or place in _compiled(Patterns(one.paths, one.root or root)))


@lru_cache(maxsize=4)
def _file_ignores(ignores: tuple[FileIgnore, ...], path: str) -> tuple[FileIgnore, ...]:
    """Those that hold for a file."""
    place = Path(os.path.abspath(path))
    return tuple(one for one in ignores if place in _compiled(Patterns((one.pattern,), one.root)))


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
