"""Layers of settings, each over the one before: defaults, the file that is extended, a profile, the file itself.

A value replaces the one below it; the entries of a table are added to those below; extend-select, extend-ignore and
extend-exclude add to the list below. A profile lies under the file that names it and over what that file extends; where
several files name one, that of the uppermost counts alone.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, cast

from copylint.checks.settings import CheckSettings
from copylint.config.errors import ConfigError, UnknownNameError
from copylint.config.keys import EXTENDING, KEYS, TABLES, Entry
from copylint.config.profiles import PROFILES
from copylint.config.settings import FileIgnore, LintSettings
from copylint.config.toml import Keys, TomlFile, shown
from copylint.record import Record


class Layer(Record):
    """What one file or one profile says: values by key, as they are read. file: None for a profile, called `name`."""

    name: str
    values: Mapping[str, object]
    file: TomlFile | None = None
    way: Keys = ()

    def line(self, *keys: str | int) -> int:
        """The line of the file on which a key of our table, or something in it, stands."""
        return self.file.line((*self.way, *keys)) if self.file else 0


class Setting(Record):
    """What a key comes to, and the layers that have a part in it, from the lowest."""

    value: object
    said: tuple[Layer, ...]


def read(path: Path) -> LintSettings:
    """The settings of a configuration file and of those that it extends. Raises ConfigError."""
    return settled(path, merged(layers(path)))


def layers(path: Path) -> list[Layer]:
    """The layers of a configuration file, the lowest first. Raises ConfigError."""
    files = _chain(path)
    named = [at for at, layer in enumerate(files) if "profile" in layer.values]
    if not named:
        return files
    name = str(files[named[-1]].values["profile"])
    return [*files[: named[-1]], Layer(f"profile {name}", PROFILES[name]), *files[named[-1] :]]


def _chain(path: Path) -> list[Layer]:
    """The file and what it extends, the outermost first."""
    found = [_layer(path, named=True)]
    places = {os.path.realpath(path)}
    while "extend" in found[-1].values:
        path = Path(str(found[-1].values["extend"]))
        _check_extended(path, found, places)
        places.add(os.path.realpath(path))
        found.append(_layer(path, named=False))
    return found[::-1]


def _check_extended(path: Path, found: Sequence[Layer], places: Collection[str]) -> None:
    """Raises ConfigError where a file cannot be extended by the last of those found. places: of those, as they are."""
    file, way = found[-1].file, (*found[-1].way, "extend")
    assert file is not None
    chain = " -> ".join([*(layer.name for layer in found), shown(path)])
    if os.path.realpath(path) in places:
        raise file.error(way, f"the files extend each other in a circle: {chain}. Take one `extend` out.")
    if not path.is_file():
        raise file.error(
            way, f'there is no file to extend: {chain}. Paths in "extend" start at the file that names them.'
        )


def _layer(path: Path, *, named: bool) -> Layer:
    """named: by the user or by its place, not by another file."""
    file = TomlFile(path)
    ours = file.table()
    if ours is None:
        advice = "Add one, or leave out --config." if named else "Add one, or do not extend it."
        raise ConfigError(f"{file.shown}: has no table [tool.copylint]. {advice}")
    way, table = ours
    entries = Entry(file, way, table).known(KEYS)
    values = {key: KEYS[key](entry) for key, entry in entries.items()}
    return Layer(file.shown, values, file, way)


def merged(found: Sequence[Layer]) -> dict[str, Setting]:
    """What the layers come to, by key; a key that none of them gives is not in it."""
    result: dict[str, Setting] = {}
    for layer in found:
        for key in sorted(layer.values, key=lambda key: key.startswith(EXTENDING)):
            value, below = layer.values[key], result.get(key)
            if below and key in TABLES:
                result[key] = Setting(_joined(key, below.value, value), (*below.said, layer))
            elif below and key.startswith(EXTENDING):
                result[key] = Setting((*_items(below.value), *_items(value)), (*below.said, layer))
            else:
                # A list that is given anew puts aside what was added to the one below.
                result.pop(EXTENDING + key, None)
                result[key] = Setting(value, (layer,))
    return result


def _joined(key: str, below: object, above: object) -> dict[object, object]:
    """The entries of both tables. The severity of a group puts aside those below of its rules."""
    assert isinstance(below, dict)
    assert isinstance(above, dict)
    if key == "severity":
        below = {name: value for name, value in below.items() if name.partition("/")[0] not in above}
    return {**below, **above}


def _items(value: object) -> tuple[object, ...]:
    assert isinstance(value, tuple)
    return value


def settled(path: Path, found: Mapping[str, Setting]) -> LintSettings:
    values: dict[str, Any] = {key.replace("-", "_"): setting.value for key, setting in found.items()}
    values.pop("extend", None)
    for name in ("ignore", "exclude"):
        values[name] = (*values.get(name, ()), *values.pop(f"extend_{name}", ()))
    values["severity"] = tuple(values.get("severity", {}).items())
    values["per_file_ignores"] = tuple(values.get("per_file_ignores", {}).values())
    checks = CheckSettings(**{name: values.pop(name) for name in CheckSettings._fields if name in values})
    return LintSettings(root=path.parent, checks=checks, origin=path, **values)


def where_named(path: Path, error: UnknownNameError) -> ConfigError:
    """The error about a name of a rule or group in the settings of a file, with its place."""
    for layer in reversed(layers(path)):
        for way, name in _names(layer):
            if name == error.name and layer.file is not None:
                return layer.file.error((*layer.way, *way), str(error))
    return ConfigError(f"{shown(path)}: {error}")


def _names(layer: Layer) -> Iterator[tuple[Keys, str]]:
    """Every rule or group that a layer names, and the way to it from our table."""
    for key in ("select", "extend-select", "ignore", "extend-ignore"):
        for at, name in enumerate(_items(layer.values.get(key, ()))):
            yield (key, at), str(name)
    yield from ((("severity", name), name) for name in cast("dict[str, str]", layer.values.get("severity", {})))
    ignores = cast("dict[object, FileIgnore]", layer.values.get("per-file-ignores", {}))
    for ignore in ignores.values():
        yield from ((("per-file-ignores", ignore.pattern, at), name) for at, name in enumerate(ignore.rules))
