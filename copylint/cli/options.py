"""Options that several verbs share, and what becomes of them: settings, policy, colours."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click

from copylint import config
from copylint.config import Configurations, FailOn, LintSettings, UnknownNameError
from copylint.findings import JURISDICTIONS, Severity
from copylint.record import Record

if TYPE_CHECKING:
    from copylint.files import Chosen
    from copylint.rules.policy import Policy

Command = TypeVar("Command", bound=Callable[..., Any])


def config_options(command: Command) -> Command:
    """--config FILE and --no-config."""
    command = click.option("--no-config", is_flag=True, help="Read no configuration file.")(command)
    return click.option(
        "--config", "config_file", metavar="FILE", type=click.Path(path_type=Path),
        help="Read the configuration from this file instead of the nearest copylint.toml or pyproject.toml.",
    )(command)  # fmt: skip


def rule_options(command: Command) -> Command:
    """--jurisdiction, --select and --ignore."""
    command = click.option("--ignore", multiple=True, metavar="RULES", help="Leave out these rules or groups.")(command)
    command = click.option(
        "--select", multiple=True, metavar="RULES", help="Only these rules or groups, as GROUP or GROUP/NAME."
    )(command)
    return click.option(
        "--jurisdiction", multiple=True, metavar="us,uk,au,ca,eu", help="Whose rules apply. [default: us]"
    )(command)


def color_option(command: Command) -> Command:
    """--color."""
    return click.option(
        "--color", type=click.Choice(["auto", "always", "never"]), default="auto",
        help="Colours. auto: on a terminal, as NO_COLOR and FORCE_COLOR say.",
    )(command)  # fmt: skip


class Overrides(Record):
    """What the command line says in place of a configuration."""

    jurisdiction: tuple[str, ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fail_on: FailOn | None = None


class Judging(NamedTuple):
    """What a file is judged by."""

    settings: LintSettings
    policy: Policy


class Judgings(Record):
    """What the files of a run are judged by. by_path: as they are shown. used: each once; at least one."""

    by_path: Mapping[str, Judging]
    used: tuple[Judging, ...]

    @property
    def jurisdictions(self) -> tuple[str, ...]:
        """Those of all files together."""
        chosen = {place for one in self.used for place in one.settings.jurisdictions}
        return tuple(place for place in JURISDICTIONS if place in chosen)

    @property
    def digest(self) -> str:
        """Of the rules and the knowledge; of all of them together where files are judged by different rules."""
        digests = sorted({one.policy.digest for one in self.used})
        if len(digests) == 1:
            return digests[0]
        from hashlib import sha256

        return f"sha256:{sha256(' '.join(digests).encode()).hexdigest()}"

    def fails(self, path: str, severity: Severity) -> bool:
        """Whether an open finding of this severity in a file fails the run."""
        return self.by_path[path].settings.fails(severity)


class Scope:
    """What each file of a run is judged by: the configuration that counts for it, and the options over it.

    All questions raise ConfigError, RulesError and UsageError.
    """

    def __init__(self, configurations: Configurations, overrides: Overrides) -> None:
        self.configurations = configurations
        self._overrides = overrides
        self._known: dict[Path | None, Judging] = {}
        self._policies: dict[tuple[Path, ...], Policy] = {}

    def of_files(self, chosen: Iterable[Chosen]) -> Judgings:
        """For these files; where there are none, what would count in the working folder."""
        by_path = {one.shown: self._of(self.configurations.of_file(one.place)) for one in chosen}
        used = {one.settings.origin: one for one in by_path.values()}
        return Judgings(by_path, tuple(used.values()) or (self.of_folder(self.configurations.here),))

    def of_folder(self, folder: Path) -> Judging:
        """For the files in an absolute folder."""
        return self._of(self.configurations.of_folder(folder))

    def _of(self, settings: LintSettings) -> Judging:
        known = self._known.get(settings.origin)
        if known is None:
            policy = self._policy(settings.rules)
            config.check_configured_names(settings, policy.rules)
            known = Judging(_overridden(settings, policy, self._overrides), policy)
            self._known[settings.origin] = known
        return known

    def _policy(self, rules: tuple[Path, ...]) -> Policy:
        from copylint.rules.policy import load

        if rules not in self._policies:
            self._policies[rules] = load(rules)
        return self._policies[rules]


def scope(config_file: Path | None, no_config: bool, overrides: Overrides) -> Scope:
    """What the options that choose a configuration come to. Raises ConfigError."""
    return Scope(configurations(config_file, no_config), overrides)


def configurations(config_file: Path | None, no_config: bool) -> Configurations:
    """The configurations to look for, or the one that is given. Raises ConfigError."""
    if config_file is not None and no_config:
        raise click.UsageError("--config and --no-config exclude each other.")
    here = Path.cwd()
    if no_config:
        return Configurations(here, only=LintSettings(root=here))
    return Configurations(here, only=config.load(config_file) if config_file else None)


def read_settings(config_file: Path | None, no_config: bool, *, path: Path | None = None) -> LintSettings:
    """The settings of the configuration that counts for a file, or for the working folder. Raises ConfigError."""
    return configurations(config_file, no_config).of_file(path)


def load_policy(settings: LintSettings) -> Policy:
    """The policy for the settings, which may name none but its rules. Raises RulesError and ConfigError."""
    from copylint.rules.policy import load

    policy = load(settings.rules)
    config.check_configured_names(settings, policy.rules)
    return policy


def _overridden(settings: LintSettings, policy: Policy, overrides: Overrides) -> LintSettings:
    settings = override(
        settings,
        policy,
        jurisdiction=overrides.jurisdiction,
        select=overrides.select,
        ignore=overrides.ignore,
    )
    return settings._replace(fail_on=overrides.fail_on or settings.fail_on)


def override(
    settings: LintSettings,
    policy: Policy,
    *,
    jurisdiction: tuple[str, ...],
    select: tuple[str, ...],
    ignore: tuple[str, ...],
) -> LintSettings:
    """The settings with what the command line says. --select starts afresh, --ignore takes away more."""
    try:
        if jurisdiction:
            wanted = config.jurisdictions_of(listed(jurisdiction))
            settings = settings._replace(checks=settings.checks._replace(jurisdictions=wanted))
        if select:
            config.check_names(listed(select), policy.rules)
            weighed = tuple((name, severity) for name, severity in settings.severity if severity != "off")
            settings = settings._replace(select=listed(select), extend_select=(), ignore=(), severity=weighed)
        if ignore:
            config.check_names(listed(ignore), policy.rules)
            settings = settings._replace(ignore=(*settings.ignore, *listed(ignore)))
    except UnknownNameError as error:
        raise click.UsageError(str(error)) from None
    return settings


def listed(values: Iterable[str]) -> tuple[str, ...]:
    """The entries of an option that may be repeated and may hold several with commas between."""
    return tuple(entry.strip() for value in values for entry in value.split(",") if entry.strip())


def known_rule(name: str, policy: Policy) -> str:
    """The id of the rule that is called so; the group may be left out where that is clear. Raises UsageError."""
    if name in policy.rules:
        return name
    same = [rule for rule in policy.rules if rule.partition("/")[2] == name]
    if len(same) == 1:
        return same[0]
    try:
        config.check_names([name], policy.rules)
    except UnknownNameError as error:
        raise click.UsageError(str(error)) from None
    members = ", ".join(rule for rule in policy.rules if rule.startswith(f"{name}/"))
    raise click.UsageError(f'"{name}" is a group of rules: {members}.')


def citation_title(citation: str, policy: Policy) -> str:
    """What to call a regulation, by its id: who made it, its title and section."""
    regulation = policy.knowledge.regulations.get(citation)
    if regulation is None:
        return citation
    return ", ".join(part for part in (regulation.body, regulation.title, regulation.section) if part)


def use_color(choice: str, *, terminal: bool) -> bool:
    """Whether to colour. terminal: the output goes to one. See no-color.org and force-color.org."""
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return terminal and os.environ.get("TERM") != "dumb"


def columns() -> int:
    """The width to print for: the terminal's, or 100 where the output goes elsewhere."""
    try:
        return max(40, int(os.environ.get("COLUMNS") or os.get_terminal_size(sys.stdout.fileno()).columns))
    except (OSError, ValueError):
        return 100
