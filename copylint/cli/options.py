"""Options that several verbs share, and what becomes of them: settings, policy, colours."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from copylint import config
from copylint.config import LintSettings, UnknownNameError

if TYPE_CHECKING:
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


def read_settings(config_file: Path | None, no_config: bool) -> LintSettings:
    """The settings of the configuration file that counts. Raises ConfigError."""
    if config_file is not None and no_config:
        raise click.UsageError("--config and --no-config exclude each other.")
    if no_config:
        return LintSettings(root=Path.cwd())
    found = config_file or config.find(Path.cwd())
    return config.load(found) if found else LintSettings(root=Path.cwd())


def load_policy(settings: LintSettings) -> Policy:
    """The policy for the settings, which may name none but its rules. Raises RulesError and ConfigError."""
    from copylint.rules.policy import load

    policy = load(settings.rules)
    if settings.select or settings.ignore:
        config.check_configured_names(settings, policy.rules)
    return policy


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
            settings = settings._replace(select=listed(select), ignore=())
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
