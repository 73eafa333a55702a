"""What is wrong in a file of rules, cues or knowledge, said so that its author can mend it."""

from __future__ import annotations


class RulesError(Exception):
    """A fault in a policy file.

    line and column count from 1; 0 stands for the whole file. hint says what to do.
    """

    def __init__(self, path: str, line: int, column: int, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.path = path
        self.line = line
        self.column = column
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}:{self.column}" if self.line else self.path
        return f"{place}: {self.message}" + (f"\n  {self.hint}" if self.hint else "")
