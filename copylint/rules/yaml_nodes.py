"""YAML as nodes with places, every scalar a string: no implicit types, no tags, no aliases.

Used for rules.yaml, the cues and users' rule files, so that each fault is told with line and column.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import yaml

from copylint.rules.errors import RulesError

LARGEST_FILE = 4_000_000
"""Characters; a policy is written by hand and never comes near."""
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Scalar:
    """A string and where it stands (line and column from 1). plain: written without quotes."""

    text: str
    path: str
    line: int
    column: int
    plain: bool


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list."""

    items: tuple[Value, ...]
    path: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Mapping:
    """A mapping; keys are unique."""

    items: dict[str, Value]
    keys: dict[str, Scalar]
    path: str
    line: int
    column: int


Value = Scalar | Sequence | Mapping


def fail(value: Value, message: str, hint: str = "") -> RulesError:
    """The error to raise about a value."""
    return RulesError(value.path, value.line, value.column, message, hint)


def read(path: str, text: str) -> Value:
    """The content of a YAML file. Raises RulesError for anything that is not plain lists, mappings and strings."""
    if len(text) > LARGEST_FILE:
        raise RulesError(path, 0, 0, f"the file has more than {LARGEST_FILE:,} characters", "Split it.")
    try:
        root = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
        hint = "Check the indentation and the quotes of this line and the one above."
        raise RulesError(path, line, column, f"not valid YAML: {error.problem or error.context}", hint) from None
    except (yaml.YAMLError, RecursionError) as error:
        raise RulesError(path, 0, 0, f"not valid YAML: {error}") from None
    if root is None:
        raise RulesError(path, 1, 1, "the file is empty", "It needs at least `rules:`.")
    return _value(root, path, text.splitlines(), set())


def _value(node: Any, path: str, lines: list[str], above: set[int]) -> Value:
    line, column = node.start_mark.line + 1, node.start_mark.column + 1
    if id(node) in above or len(above) > 20:
        raise RulesError(path, line, column, "an alias (*name) or very deep nesting", "Write the content out.")
    above = {*above, id(node)}
    if isinstance(node, yaml.ScalarNode):
        scalar = Scalar(node.value, path, line, column, not node.style)
        if scalar.plain and "\n" not in node.value and line <= len(lines):
            rest = lines[line - 1][column - 1 + len(node.value) :]
            if rest[:1].isspace() and rest.lstrip().startswith("#"):
                hint = f"Put it in quotes: '{node.value}{rest}'; a comment goes on a line of its own."
                raise fail(scalar, 'the text is cut off at " #"', hint)
        return scalar
    if isinstance(node, yaml.SequenceNode):
        return Sequence(tuple(_value(item, path, lines, above) for item in node.value), path, line, column)
    items: dict[str, Value] = {}
    keys: dict[str, Scalar] = {}
    for key_node, value_node in node.value:
        key = _value(key_node, path, lines, above)
        if not isinstance(key, Scalar):
            raise fail(key, "a key that is no plain name")
        if key.text in items:
            raise fail(key, f'"{key.text}" stands twice here', f"The first is on line {keys[key.text].line}; keep one.")
        items[key.text] = _value(value_node, path, lines, above)
        keys[key.text] = key
    return Mapping(items, keys, path, line, column)
