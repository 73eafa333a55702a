"""`copylint config`: the settings that count for a file or folder, and where each comes from."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import click

from copylint.cli import options
from copylint.config import FAIL_ON, Allowance, FailOn, FileIgnore, LintSettings, Patterns
from copylint.config.keys import KEYS, TABLES, default_of
from copylint.config.layers import Layer, Setting, layers, merged
from copylint.config.toml import shown
from copylint.reports.visible import visible

SCHEMA = 1
"""Of the JSON. Goes up when a key changes its meaning or goes away."""
_WIDEST = 48
"""Columns after which the origin of a setting no longer stands in line with the others."""
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")


class Origin(NamedTuple):
    """Where a setting comes from. kind: file, profile, default or option. line: from 1."""

    kind: str
    name: str = ""
    line: int = 0

    def __str__(self) -> str:
        if self.kind == "file":
            return f"{self.name}:{self.line}"
        return {"profile": f"profile {self.name}", "option": self.name}.get(self.kind, self.kind)


class Row(NamedTuple):
    """A setting, or one entry of a table, as plain data."""

    key: str
    entry: str | None
    value: object
    origins: tuple[Origin, ...]


@click.command(name="config", short_help="Show the settings for a file or folder, and where they come from.")
@click.argument("path", default=".", metavar="[PATH]", type=click.Path(path_type=Path))
@click.option("-f", "--format", "format_", type=click.Choice(["text", "json"]), default="text", help="[default: text]")
@options.rule_options
@click.option("--fail-on", type=click.Choice(FAIL_ON), help="The mildest severity that gives exit code 1.")
@options.config_options
def command(
    path: Path,
    format_: str,
    jurisdiction: tuple[str, ...],
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    fail_on: FailOn | None,
    config_file: Path | None,
    no_config: bool,
) -> None:
    """Show the settings for a file or folder (default: the working folder), and where each comes from.

    The options mean what they mean for `copylint check`.
    """
    if not path.exists():
        raise click.UsageError(f"{visible(str(path))} does not exist. Check the path.")
    place = Path(os.path.abspath(path))
    overrides = options.Overrides(jurisdiction, select, ignore, fail_on)
    scope = options.scope(config_file, no_config, overrides)
    settings = scope.of_folder(place if place.is_dir() else place.parent).settings
    found = layers(settings.origin) if settings.origin else []
    rows = list(_rows(merged([*found, *option_layers(settings, overrides)]), all_on=bool(select)))
    excluded = bool(scope.configurations.verdict(place, folder=place.is_dir()))
    ignored = () if place.is_dir() else settings.ignored_in(shown(place))
    files = tuple(layer.file.shown for layer in reversed(found) if layer.file)
    if format_ == "json":
        text = json.dumps(_plain(shown(place), files, rows, excluded, ignored), ensure_ascii=False, indent=2)
        click.echo(f"{text}\n".encode(), nl=False)
    else:
        click.echo(_text(shown(place), files, rows, excluded, ignored), nl=False)


def option_layers(settings: LintSettings, overrides: options.Overrides) -> Iterator[Layer]:
    """What the options say, as layers over those of the files. settings: with the options in force."""
    if overrides.jurisdiction:
        yield Layer("--jurisdiction", {"jurisdictions": settings.jurisdictions})
    if overrides.select:
        yield Layer("--select", {"select": settings.select, "ignore": ()})
    if overrides.ignore:
        yield Layer("--ignore", {"extend-ignore": options.listed(overrides.ignore)})
    if overrides.fail_on:
        yield Layer("--fail-on", {"fail-on": overrides.fail_on})


def _rows(settings: Mapping[str, Setting], *, all_on: bool) -> Iterator[Row]:
    """all_on: --select puts aside what is off, as it does what is ignored."""
    for key in KEYS:
        setting = settings.get(key)
        if setting is None:
            value = default_of(key)
            yield Row(key, None, list(value) if isinstance(value, tuple) else value, (Origin("default"),))
        elif key not in TABLES:
            yield Row(key, None, _value(setting.value), tuple(_origin(layer, key) for layer in setting.said))
        else:
            assert isinstance(setting.value, dict)
            for name, value in setting.value.items():
                layer = next(one for one in reversed(setting.said) if name in _table(one, key))
                entry = value.pattern if isinstance(value, FileIgnore) else str(name)
                if not (all_on and value == "off"):
                    yield Row(key, entry, _value(value), (_origin(layer, key, entry),))


def _table(layer: Layer, key: str) -> Mapping[object, object]:
    table = layer.values[key]
    assert isinstance(table, dict)
    return table


def _origin(layer: Layer, *keys: str) -> Origin:
    if layer.file is not None:
        return Origin("file", layer.name, layer.line(*keys))
    if layer.name.startswith("--"):
        return Origin("option", layer.name)
    return Origin("profile", layer.name.removeprefix("profile "))


def _value(value: object) -> object:
    """As it may stand in TOML or JSON."""
    if isinstance(value, Path):
        return shown(value)
    if isinstance(value, FileIgnore):
        return list(value.rules)
    if isinstance(value, Allowance):
        entry = {"phrase": value.phrase, "paths": list(value.paths), "reason": value.reason}
        return {key: one for key, one in entry.items() if one} if value.paths or value.reason else value.phrase
    if isinstance(value, tuple):
        return [line for one in value for line in (one.lines if isinstance(one, Patterns) else [_value(one)])]
    return value


def _plain(
    path: str, files: Sequence[str], rows: Sequence[Row], excluded: bool, ignored: Sequence[str]
) -> dict[str, object]:
    return {
        "schema": SCHEMA,
        "path": path,
        "files": list(files),
        "excluded": excluded,
        "ignored": list(ignored),
        "settings": [
            {
                "key": row.key,
                **({} if row.entry is None else {"entry": row.entry}),
                "value": row.value,
                "from": [_plain_origin(origin) for origin in row.origins],
            }
            for row in rows
        ],
    }


def _plain_origin(origin: Origin) -> dict[str, object]:
    plain: dict[str, object] = {"kind": origin.kind}
    if origin.name:
        plain["name"] = origin.name
    if origin.line:
        plain["line"] = origin.line
    return plain


def _text(path: str, files: Sequence[str], rows: Sequence[Row], excluded: bool, ignored: Sequence[str]) -> str:
    """TOML, with the origins as comments."""
    by = f"{files[0]}, which extends {', then '.join(files[1:])}" if files[1:] else "".join(files)
    lines = [f"# {path}: {by or 'no configuration file'}"]
    if excluded:
        lines.append("# It is excluded: `copylint check` leaves it alone.")
    if ignored:
        lines.append(f"# Ignored in it on account of its path: {', '.join(ignored)}")
    settings = [(f"{_key(row)} = {_toml(row.value)}", ", ".join(map(str, row.origins))) for row in rows]
    column = max((len(text) for text, _ in settings if len(text) <= _WIDEST), default=0)
    lines += [f"{text:{column}}  # {origin}" for text, origin in settings]
    return "\n".join(map(visible, lines)) + "\n"


def _key(row: Row) -> str:
    if row.entry is None:
        return row.key
    return f"{row.key}.{row.entry if _BARE_KEY.fullmatch(row.entry) else _toml(row.entry)}"


def _toml(value: object) -> str:
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key} = {_toml(one)}' for key, one in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(_toml, value))}]"
    return json.dumps(value, ensure_ascii=False)
