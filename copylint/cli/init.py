"""`copylint init`: look at a repository of copy and write a configuration to begin with."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path

import click

from copylint import config
from copylint.config.lookup import in_folder
from copylint.config.survey import Sign, Survey, has_hook, relative, survey
from copylint.config.toml import shown
from copylint.reports.visible import visible

FILE_NAME = config.FILE_NAMES[0]
HOOK = """\
repos:
  - repo: local
    hooks:
      - id: copylint
        name: copylint
        entry: copylint check
        language: system
        types: [text]
        files: (?i)\\.(md|markdown|mdx|txt|html?)$
"""
"""For pre-commit, with the copylint that is installed."""
_HEAD = (
    "The settings of copylint for this folder and all below it. Paths and patterns start at this file.",
    "# `copylint config PAGE` shows what counts for a page, and where it comes from.",
)
_PROFILE = (
    "draft: nothing fails, duties wait. publish: errors fail. strict: warnings fail, and more is asked of a text.",
    'profile = "publish"',
)
_SUGGESTED = (
    ("The hosts of your own site: to lead a reader there is no plug.", '# own-sites = ["roseclinic.example"]'),
    (
        "Names, and wording that your compliance team has approved.",
        '# allow = ["Miracle Skin Clinic", {phrase = "gone for good", reason = "approved on 3 November"}]',
    ),
    ("Rules or groups to leave out. `copylint rules` lists them.", '# ignore = ["readability/jargon"]'),
    (
        "Years of copy: `copylint baseline` writes down what is found today, and only what is new fails.",
        '# baseline = "copylint-baseline.json"',
    ),
    ("Approved claims, with evidence, owner and date.", '# claims = "claims.yaml"'),
    (
        "How grave a rule or group is: error, warning, suggestion or off.",
        "# [severity]",
        '# "overclaim/superlative" = "suggestion"',
    ),
    (
        "What is left out in some files.",
        "# [per-file-ignores]",
        '# "case-studies/" = ["promotion/testimonial"]',
    ),
)
"""Comments, and settings that nothing in a repository tells."""
_FORMATS = {"markdown": "Markdown", "mdx": "MDX", "html": "HTML", "plain": "plain text"}


@click.command(name="init", short_help="Look at a repository and write a configuration to begin with.")
@click.argument("folder", default=".", metavar="[FOLDER]", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Overwrite a configuration that is there.")
def command(folder: Path, force: bool) -> None:
    """Look at a folder of copy (default: the working folder) and write a commented copylint.toml into it.

    What was found is shown. A configuration that is there is never overwritten without --force.
    """
    if not folder.is_dir():
        raise click.UsageError(f"{visible(str(folder))} is no folder. Name the one that holds your copy.")
    place = Path(os.path.abspath(folder))
    path = folder / FILE_NAME
    if not force:
        _check_free(folder)
    outer = config.find(place.parent) if place.parent != place else None
    found = survey(place)
    text = starter(found, relative(outer, place) if outer else "")
    try:
        with path.open("w" if force else "x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError as error:
        raise click.FileError(str(path), error.strerror or str(error)) from error
    for line in (*_told(found), *_advice(place, outer, path)):
        click.echo(visible(line))
    if has_hook(place) is not True:
        click.echo(
            f"\nTo check each commit with pre-commit, put this into .pre-commit-config.yaml:\n\n{HOOK}", nl=False
        )


def _check_free(folder: Path) -> None:
    """Raises ConfigError where there is a configuration already."""
    there = folder / FILE_NAME
    if not os.path.lexists(there):
        shared = in_folder(folder)
        if shared is None:
            return
        there = shared
    place = shown(there)
    raise config.ConfigError(
        f"{place}: there is a configuration already. Change it, or write a new {FILE_NAME} in its place with --force."
    )


def _told(found: Survey) -> Iterator[str]:
    """What was found, for the user."""
    kinds = ", ".join(f"{count:,} {_FORMATS[name]}" for name, count in found.formats.items())
    yield f"Copy: {kinds or 'none yet'}"
    for place, signs in found.signs.items():
        yield f"Jurisdiction {place}: {_listed(signs)}"
    if not found.signs:
        yield "Jurisdiction us: nothing points elsewhere"
    for folder in found.generated:
        yield f"Excluded: {folder.path} ({f'{_counted(folder.files)}, ' if folder.files else ''}not written by hand)"
    for folder in found.doubtful:
        yield f"Perhaps to be excluded: {folder.path} ({_counted(folder.files)}, if they are not written by hand)"
    for problem in found.problems if found.formats else ():
        yield f"Not read: {problem}"


def _advice(place: Path, outer: Path | None, path: Path) -> Iterator[str]:
    if outer:
        kept = relative(outer, place)
        yield f'{kept} no longer counts here. To keep its settings: extend = "{kept}"'
    yield f"Wrote {path.as_posix()}. Read it, then: copylint check {path.parent.as_posix()}"
    if has_hook(place):
        yield "pre-commit runs copylint already."


def _listed(signs: tuple[Sign, ...]) -> str:
    return ", ".join(f"{sign.name} ({_counted(sign.files)})" for sign in signs)


def _counted(files: int) -> str:
    return f"{files:,} file{'' if files == 1 else 's'}"


def starter(found: Survey, outer: str) -> str:
    """The text of a configuration for what was found. outer: a configuration that counted so far, or empty.

    A line that begins with "# " and then reads as TOML is a setting to be had by taking the "# " away.
    """
    signs = "; ".join(f"{place}: {_listed(signs)}" for place, signs in found.signs.items())
    inherited = [("The configuration above this folder, to begin with its settings.", f"# extend = {_string(outer)}")]
    blocks = [
        _HEAD,
        *(inherited if outer else []),
        (
            f"Whose rules apply: us, uk, au, ca, eu. {f'Found: {signs}.' if signs else 'Nothing points elsewhere.'}",
            f"jurisdictions = {_strings(list(found.signs) or ['us'])}",
        ),
        _PROFILE,
        (
            "Left alone, in the patterns of .gitignore. Hidden files and what .gitignore names are left alone anyway.",
            *_exclude(found),
        ),
        *_SUGGESTED,
    ]
    return "\n\n".join("\n".join((f"# {visible(comment)}", *lines)) for comment, *lines in blocks) + "\n"


def _exclude(found: Survey) -> Iterator[str]:
    if not found.generated and not found.doubtful:
        yield '# exclude = ["drafts/"]'
        return
    yield "exclude = ["
    for folder in found.generated:
        yield f"  {_string(_pattern(folder.path))},"
    for folder in found.doubtful:
        yield f"  # {_string(_pattern(folder.path))},"
    yield "]"


def _pattern(path: str) -> str:
    """The pattern of .gitignore for this very folder."""
    return "/" + re.sub(r"([\\*?\[\]!#])", r"\\\1", path)


def _strings(values: list[str]) -> str:
    return f"[{', '.join(map(_string, values))}]"


def _string(value: str) -> str:
    """As TOML writes a string of printable characters, which is as JSON does."""
    return json.dumps(value, ensure_ascii=False)
