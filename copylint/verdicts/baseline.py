"""The baseline file: the findings that were there when a team began.

It is made for version control: one finding a line, sorted, without line numbers and dates, so that it changes only
where the copy does, and the lines of two people can be put together in any order. What it means for the findings of a
run is told in comparison.py.

    {
      "schema": 1,
      "jurisdictions": ["us"],
      "findings": [
        {"path": "page.md", "rule": "overclaim/cure", "fingerprint": "67c07e56045a3c53:1", "text": "It cures acne."}
      ]
    }
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from copylint.config import ConfigError, jurisdictions_of
from copylint.findings import JURISDICTIONS
from copylint.paths import shown_path

FILE_NAME = "copylint-baseline.json"
SCHEMA = 1
"""Goes up when a key changes its meaning or goes away."""
LARGEST = 50_000_000
"""Bytes of a file that are still read: some 250,000 findings."""

_FINGERPRINT = re.compile(r"[0-9a-f]{16}:[1-9][0-9]{0,8}")
_CONFLICT = re.compile(r"^(?:<{7}|={7}|>{7}|\|{7})(?=\s|\Z)", re.MULTILINE)
_LIST = re.compile(r'"findings"\s*:\s*\[')
_BETWEEN = re.compile(r"[\s,]*")
_ANEW = "Take the file from version control, or delete it and write it anew with `copylint baseline`."


class Entry(NamedTuple):
    """A known finding. path: relative to the folder of the baseline, with /. fingerprint: as in fingerprints.of.

    about: what it is about, if that is no matter of one sentence. text: else the first words of the sentence.
    """

    path: str
    rule: str
    fingerprint: str
    about: str = ""
    text: str = ""

    @property
    def identity(self) -> str:
        """The fingerprint without the place at its end."""
        return self.fingerprint.partition(":")[0]


class Baseline(NamedTuple):
    """What is known. jurisdictions: those whose rules were looked for when it was written, in our order.

    entries: sorted, each once.
    """

    jurisdictions: tuple[str, ...] = ()
    entries: tuple[Entry, ...] = ()


def distinct(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The entries sorted, each once. The words that only people read don't make two of one."""
    return tuple(sorted({entry[:3]: entry for entry in sorted(entries, reverse=True)}.values()))


def dump(baseline: Baseline) -> str:
    """The text of a baseline file: the same entries give the same text."""
    lines = [f"    {_json({name: value for name, value in entry._asdict().items() if value})}"
             for entry in baseline.entries]  # fmt: skip
    findings = "[\n{}\n  ]".format(",\n".join(lines)) if lines else "[]"
    jurisdictions = _json(list(baseline.jurisdictions))
    return f'{{\n  "schema": {SCHEMA},\n  "jurisdictions": {jurisdictions},\n  "findings": {findings}\n}}\n'


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def load(path: Path) -> Baseline:
    """Read a baseline file. Raises ConfigError with the line of what is wrong."""
    shown = shown_path(Path(os.path.abspath(path)), Path.cwd())
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise ConfigError(f"{shown}: cannot be read: {error.strerror or error}") from error
    if len(data) > LARGEST:
        raise ConfigError(f"{shown}: is larger than {LARGEST // 1_000_000} MB, and no baseline. {_ANEW}")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ConfigError(f"{shown}:{line}: is not UTF-8. {_ANEW}") from error
    return _Reader(shown, text).baseline()


class _Reader(NamedTuple):
    """Reads the text of one file, and knows where its entries stand."""

    shown: str
    text: str

    def error(self, message: str, offset: int) -> ConfigError:
        """offset: in the text, in characters from 0."""
        return ConfigError(f"{self.shown}:{self.text.count(chr(10), 0, offset) + 1}: {message}")

    def baseline(self) -> Baseline:
        content = self.parsed()
        if not isinstance(content, dict) or not isinstance(content.get("findings"), list):
            raise self.error(f'is no baseline: there is no list "findings" in it. {_ANEW}', 0)
        if content.get("schema") != SCHEMA or isinstance(content["schema"], bool):
            message = f'its "schema" is {_json(content.get("schema"))}, and this copylint reads {SCHEMA} only.'
            raise self.error(
                f"{message} Write it anew with the copylint that checks the copy.", self.place_of("schema")
            )
        entries = []
        for number, value in enumerate(content["findings"]):
            fault = _fault(value)
            if fault:
                message = f"{fault} Take the line out, or take the file from version control."
                raise self.error(message, self.place_of_entry(number))
            entries.append(Entry(**value))
        return Baseline(self.jurisdictions(content.get("jurisdictions")), distinct(entries))

    def parsed(self) -> object:
        conflict = _CONFLICT.search(self.text)
        if conflict:
            message = (
                "holds the marks of a merge conflict. Take out the marks and keep the findings of both sides: "
                "their order does not matter, and one may be there twice."
            )
            raise self.error(message, conflict.start())
        try:
            return json.loads(self.text)
        except json.JSONDecodeError as error:
            raise self.error(f"is not valid JSON: {error.msg} (column {error.colno}). {_ANEW}", error.pos) from error
        except (ValueError, RecursionError) as error:
            raise self.error(f"is not valid JSON: {error}. {_ANEW}", 0) from error

    def jurisdictions(self, value: object) -> tuple[str, ...]:
        if not isinstance(value, list) or not all(place in JURISDICTIONS for place in value):
            message = f'"jurisdictions" must be a list of {", ".join(JURISDICTIONS)}, as `copylint baseline` writes it.'
            raise self.error(message, self.place_of("jurisdictions"))
        return jurisdictions_of(value) if value else ()

    def place_of(self, key: str) -> int:
        return max(self.text.find(f'"{key}"'), 0)

    def place_of_entry(self, number: int) -> int:
        """The offset of a finding, counted from 0; whoever wrote the file may have broken its lines differently."""
        start = _LIST.search(self.text)
        decoder = json.JSONDecoder()
        at = start.end() if start else 0
        for _ in range(number):
            at = decoder.raw_decode(self.text, _after(self.text, at))[1]
        return _after(self.text, at)


def _after(text: str, at: int) -> int:
    match = _BETWEEN.match(text, at)
    return match.end() if match else at


def _fault(value: object) -> str:
    """What is wrong with a value that should be an entry, or ""."""
    if not isinstance(value, Mapping):
        return "a finding must be an object, {...}."
    for key, part in value.items():
        if key not in Entry._fields:
            return f"a finding has no key {_json(key)}; its keys are {', '.join(Entry._fields)}."
        if not isinstance(part, str):
            return f'"{key}" of a finding must be a string.'
    for key in ("path", "rule", "fingerprint"):
        if not value.get(key):
            return f'a finding needs "{key}".'
    if not _FINGERPRINT.fullmatch(value["fingerprint"]):
        return "a fingerprint is 16 hexadecimal digits, a colon and a number."
    return ""
