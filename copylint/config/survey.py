"""A look at a repository of copy: what `copylint init` can tell of it without asking.

Everything here is a guess from signs that anybody can check, so each guess comes with its signs.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from copylint import files
from copylint.documents import format_of
from copylint.findings import JURISDICTIONS

MOST_FILES = 300
"""Files that are looked into; of more, as many evenly spread."""
MOST_BYTES = 100_000
"""Of one file."""
FEWEST = 20
"""One file in so many must hold a sign for it to count: one link abroad says nothing of a site."""

GENERATED: Mapping[str, tuple[str, ...]] = {
    "_site": (),
    "_book": (),
    "_build": (),
    "dist": (),
    "coverage": (),
    "public": ("hugo.toml", "hugo.yaml", "config.toml", "gatsby-config.js", "gatsby-config.ts"),
    "build": ("docusaurus.config.js", "docusaurus.config.ts"),
    "out": ("next.config.js", "next.config.mjs", "next.config.ts"),
    "site": ("mkdocs.yml", "mkdocs.yaml"),
}
"""Folders that programs write, and the files beside them that give a program away; none where the name says enough."""

_HOST = r"(?:https?://|www\.|@)[\w.-]+"
SIGNS: tuple[tuple[str, str, str], ...] = (
    ("uk", "prices in £", r"£ ?\d"),
    ("uk", "addresses in .co.uk", r"\w\.(?:co|org|ltd)\.uk\b"),
    ("uk", "telephone numbers of +44", r"\+44[ (\d]"),
    ("au", "prices in A$", r"\bA(?:U|UD)?\$ ?\d|\bAUD\b"),
    ("au", "addresses in .com.au", r"\w\.(?:com|net|org)\.au\b"),
    ("au", "telephone numbers of +61", r"\+61[ (\d]"),
    ("ca", "prices in C$", r"\bCA?\$ ?\d|\bCAD\b"),
    ("ca", "addresses in .ca", rf"{_HOST}\.ca\b(?!\.)"),
    ("eu", "prices in €", r"€ ?\d|\d ?€"),
    ("eu", "addresses in .eu, .ie and the like", rf"{_HOST}\.(?:eu|ie|de|fr|nl|es|it|be|at|pt|fi|dk|se|pl|gr)\b(?!\.)"),
    ("us", "prices in $", r"(?<![A-Za-z])\$ ?\d"),
    ("us", "ZIP codes", r"\b[A-Z]{2} \d{5}(?:-\d{4})?\b"),
)
"""Jurisdiction, what the sign is called, and its pattern. A bare $ is anybody's where a file has signs of au or ca."""
_DOLLAR = "prices in $"
_BRITISH = r"(?i)\b(?:colour\w*|centres?|anaesth\w+|specialis\w+|minimis\w+|programmes?|oedema|tumours?|favourite)\b"
_AMERICAN = r"(?i)\b(?:color(?!ado)\w*|centers?|anesth\w+|specializ\w+|minimiz\w+|programs?|edema|tumors?|favorite)\b"
_SPELLING = "British spelling"


class Sign(NamedTuple):
    """A sign of a jurisdiction, and in how many files it was met."""

    name: str
    files: int


class Folder(NamedTuple):
    """A folder that a program seems to write. path: with /, from the folder looked at. files: those of copy in it."""

    path: str
    files: int


class Survey(NamedTuple):
    """What was found. formats: files by format. signs: by jurisdiction, in our order; only jurisdictions that count.

    generated: to exclude. doubtful: folders that may be generated as well as not. problems: what could not be read.
    """

    formats: Mapping[str, int]
    signs: Mapping[str, tuple[Sign, ...]]
    generated: tuple[Folder, ...]
    doubtful: tuple[Folder, ...]
    problems: tuple[str, ...]


def survey(folder: Path) -> Survey:
    """Look at an absolute folder and all below it, as `copylint check` would walk through it."""
    choice = files.choose(["."], folder=folder)
    paths = [one.path.relative_to(folder).as_posix() for one in choice.files if one.path]
    generated, doubtful = _generated(folder, paths)
    copy = _outside(generated, paths)
    return Survey(
        dict(Counter(format_of(path) or "plain" for path in copy).most_common()),
        _signs([folder / path for path in _spread(_outside(doubtful, copy))]),
        tuple(generated),
        tuple(doubtful),
        tuple(f"{problem.shown} {problem.message}" for problem in choice.problems),
    )


def _generated(folder: Path, paths: Iterable[str]) -> tuple[list[Folder], list[Folder]]:
    """The folders that are generated, and those that may be. One whose name no configuration can hold is neither."""
    sure: Counter[str] = Counter()
    doubtful: Counter[str] = Counter()
    for path in paths:
        for parent in reversed(PurePosixPath(path).parents[:-1]):
            if parent.name in GENERATED and parent.as_posix().isprintable():
                makers = GENERATED[parent.name]
                known = not makers or any((folder / parent.parent / maker).is_file() for maker in makers)
                (sure if known else doubtful)[f"{parent.as_posix()}/"] += 1
                break
    if (folder / "node_modules").is_dir():
        sure["node_modules/"] = 0
    return [Folder(*one) for one in sorted(sure.items())], [Folder(*one) for one in sorted(doubtful.items())]


def _outside(folders: Iterable[Folder], paths: Iterable[str]) -> Sequence[str]:
    inside = tuple(folder.path for folder in folders)
    return [path for path in paths if not path.startswith(inside)]


def _spread(copy: Sequence[str]) -> Sequence[str]:
    return copy[:: -(-len(copy) // MOST_FILES) or 1]


def _signs(paths: Sequence[Path]) -> dict[str, tuple[Sign, ...]]:
    """The signs of each jurisdiction that enough files speak for."""
    patterns = [(place, name, re.compile(pattern)) for place, name, pattern in SIGNS]
    found: Counter[tuple[str, str]] = Counter()
    spelling: Counter[str] = Counter()
    for path in paths:
        text = _beginning(path)
        here = {(place, name) for place, name, pattern in patterns if pattern.search(text)}
        if any(place in ("au", "ca") for place, _ in here):
            here.discard(("us", _DOLLAR))
        found.update(here)
        british, american = len(re.findall(_BRITISH, text)), len(re.findall(_AMERICAN, text))
        if british != american:
            spelling["uk" if british > american else "us"] += 1
    enough = {one: count for one, count in found.items() if count * FEWEST >= len(paths)}
    if not enough and spelling["uk"] > spelling["us"]:
        return {"uk": (Sign(_SPELLING, spelling["uk"]),)}
    signs = {
        place: tuple(Sign(name, enough[place, name]) for of, name, _ in SIGNS if of == place and (of, name) in enough)
        for place in JURISDICTIONS
    }
    return {place: one for place, one in signs.items() if one}


def _beginning(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES).decode("utf-8", "replace")
    except OSError:
        return ""


def has_hook(folder: Path) -> bool | None:
    """Whether pre-commit runs copylint in a folder; None: there is no pre-commit here."""
    try:
        text = (folder / ".pre-commit-config.yaml").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    return re.search(r"^[^#\n]*\bid:\s*['\"]?copylint\b", text, re.MULTILINE) is not None


def relative(path: Path, folder: Path) -> str:
    """A path as a configuration in the folder writes it."""
    return Path(os.path.relpath(path, folder)).as_posix()
