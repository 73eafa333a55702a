"""What a user may set: `[tool.copylint]` of pyproject.toml or a copylint.toml, into LintSettings.

    lookup      which file counts for which copy
    layers      a file, what it extends and the profiles that they name, one over the other
    keys        every key: how it is read, and what its faults are called
    toml        a file of TOML, and the line of each key in it
    settings    what the rest of the program is given

Keys are named as the options of the command line. Whatever is not understood is an error that names the file, the line
and the nearest thing that would be understood. A run without a configuration imports lookup and settings only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from copylint.config.errors import ConfigError, UnknownNameError
from copylint.config.lookup import FILE_NAMES, Configurations, find, load
from copylint.config.names import check_configured_names, check_names, jurisdictions_of
from copylint.config.settings import FAIL_ON, Allowance, FailOn, FileIgnore, LintSettings, Patterns

if TYPE_CHECKING:
    from copylint.config.keys import KEYS

__all__ = [
    "FAIL_ON",
    "FILE_NAMES",
    "KEYS",
    "Allowance",
    "ConfigError",
    "Configurations",
    "FailOn",
    "FileIgnore",
    "LintSettings",
    "Patterns",
    "UnknownNameError",
    "check_configured_names",
    "check_names",
    "find",
    "jurisdictions_of",
    "load",
]


def __getattr__(name: str) -> Any:
    """The table of keys, imported when it is asked for: a run without a configuration reads none."""
    if name == "KEYS":
        from copylint.config import keys

        return keys.KEYS
    raise AttributeError(name)
