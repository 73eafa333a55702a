"""Names that a user gives: of jurisdictions, rules and groups of rules."""

from __future__ import annotations

from collections.abc import Iterable

from copylint.config.errors import UnknownNameError
from copylint.config.settings import LintSettings
from copylint.findings import JURISDICTIONS
from copylint.nearest import did_you_mean


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


def configured_names(settings: LintSettings) -> tuple[str, ...]:
    """Every rule or group that the settings name."""
    ignored = (rule for ignore in settings.per_file_ignores for rule in ignore.rules)
    weighed = (name for name, _ in settings.severity)
    return (*settings.select, *settings.extend_select, *settings.ignore, *weighed, *ignored)


def check_configured_names(settings: LintSettings, rules: Iterable[str]) -> None:
    """check_names for what the configuration names; the ConfigError says where it stands."""
    try:
        check_names(configured_names(settings), rules)
    except UnknownNameError as error:
        if settings.origin is None:
            raise
        from copylint.config.layers import where_named

        raise where_named(settings.origin, error) from None
