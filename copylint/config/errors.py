"""How the configuration says no."""

from __future__ import annotations


class ConfigError(Exception):
    """A fault in the configuration or in an option. The message names the place and says what to do."""


class UnknownNameError(ConfigError):
    """A name that stands for nothing."""

    def __init__(self, name: str, message: str) -> None:
        super().__init__(message)
        self.name = name
