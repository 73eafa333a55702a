"""claims.yaml: read, and every fault told with its place.

    claims:
      - id: C-014
        wording: 'reduces the fat layer by up to {20|25}%'
        product: CoolSculpting
        jurisdictions: [us, uk]
        evidence: [doi:10.1000/182, evidence/c-014.pdf]
        owner: Marketing
        approved-by: J. Doe
        valid-until: 2027-06-30

Every value is a string; a list of one may be written without brackets.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path, PureWindowsPath

from copylint.config import ConfigError
from copylint.findings import JURISDICTIONS
from copylint.language.phrases import Node, PhraseError, parse
from copylint.language.sentences import boundaries
from copylint.language.words import words_of
from copylint.paths import shown_path
from copylint.reports.visible import one_line
from copylint.rules import yaml_nodes
from copylint.rules.errors import RulesError
from copylint.rules.policy import Policy
from copylint.rules.schema import suggestion
from copylint.rules.yaml_nodes import Scalar, Value, fail
from copylint.verdicts.clock import is_day
from copylint.verdicts.register.entries import Claim, Evidence, Subject, Wording
from copylint.verdicts.register.subjects import UnknownSubjectError, product_called, treatment_called
from copylint.verdicts.register.wordings import unknown_class

LARGEST = 2_000_000
"""Bytes of a register that are still read: some 5,000 claims."""
LONGEST = 500
"""Characters of one value."""
DEEPEST = 10
"""Brackets inside of each other in a wording."""
MOST_PARTS = 6
"""Words that hyphens and the like hold together: they are met in every spelling, with hyphens and without."""
COVERED_KINDS = ("claim", "status", "accuracy", "plugs")
"""Kinds of rules that speak of words in one place, so that an approval of the words can answer them."""

_KEYS = (
    "id", "wording", "treatment", "product", "jurisdictions", "evidence", "owner", "approved-by", "valid-until",
    "rules",
)  # fmt: skip
_REQUIRED = ("id", "wording", "jurisdictions", "evidence", "owner", "approved-by", "valid-until")
_ID = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,38}[A-Za-z0-9])?")
_DOI = re.compile(r"(?:doi:|https?://(?:dx\.)?doi\.org/)?10\.\d{4,9}/\S+", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://[^\s/?#]+\.?[^\s]*", re.IGNORECASE)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_BETWEEN = re.compile(r"[\s{}\[\]<>|~]+")
_BEGIN = "Begin with `claims:`, and each claim with `- id: C-001`."


def read(path: Path, policy: Policy) -> tuple[Claim, ...]:
    """The claims of a register, in their order. Raises ConfigError where it cannot be read, and RulesError."""
    shown = shown_path(Path(os.path.abspath(path)), Path.cwd())
    return claims_in(_text(path, shown), shown, policy, folder=path.parent)


def _text(path: Path, shown: str) -> str:
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except FileNotFoundError:
        raise ConfigError(
            f'{shown}: there is no such register. Write it, or take "claims" out of the configuration.'
        ) from None
    except OSError as error:
        raise ConfigError(f"{shown}: cannot be read: {error.strerror or error}") from error
    if len(data) > LARGEST:
        raise ConfigError(f"{shown}: is larger than {LARGEST // 1_000_000} MB. Take out claims that have expired.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ConfigError(f"{shown}:{line}: is not UTF-8. Save it as UTF-8.") from error


def claims_in(text: str, shown: str, policy: Policy, *, folder: Path) -> tuple[Claim, ...]:
    """The claims in the text of a register. folder: where its files of evidence are. Raises RulesError."""
    if not any(line.strip() and not line.lstrip().startswith("#") for line in text.splitlines()):
        raise RulesError(shown, 1, 1, "the register is empty", "Write at least `claims: []`.")
    root = yaml_nodes.read(shown, text)
    top = _mapping(root, ("claims",), _BEGIN)
    if "claims" not in top.items:
        raise fail(root, "no list of claims", _BEGIN)
    entries = top.items["claims"]
    if not isinstance(entries, yaml_nodes.Sequence):
        raise fail(entries, "a list of claims is wanted here", _BEGIN)
    reader = _Reader(policy, folder)
    return tuple(reader.claim(entry) for entry in entries.items)


class _Reader:
    """Reads the claims of one register."""

    def __init__(self, policy: Policy, folder: Path) -> None:
        self._policy = policy
        self._folder = folder
        self._lines: dict[str, int] = {}
        """Of each id that was read."""

    def claim(self, value: Value) -> Claim:
        entry = _mapping(value, _KEYS, "Begin each claim with `- id: C-001`.")
        for key in _REQUIRED:
            if key not in entry.items:
                raise fail(entry, f'a claim lacks "{key}"', f"Add `{key}: ...`.")
        items = entry.items
        rules = _texts(items["rules"]) if "rules" in items else ()
        return Claim(
            self._id(items["id"]),
            tuple(self._wording(one) for one in _texts(items["wording"])),
            self._subject(entry),
            _jurisdictions(items["jurisdictions"]),
            tuple(self._evidence(one) for one in _texts(items["evidence"])),
            _text_of(items["owner"]).text,
            _text_of(items["approved-by"]).text,
            _day(items["valid-until"]),
            tuple(one.text for one in rules),
            self._covered(rules),
            entry.line,
        )

    def _id(self, value: Value) -> str:
        scalar = _text_of(value)
        if not _ID.fullmatch(scalar.text):
            raise fail(value, f'"{scalar.text}" is no id', "Use letters, digits, dots and hyphens, as in C-014.")
        if scalar.text in self._lines:
            hint = f"The first is on line {self._lines[scalar.text]}; give one of them another id."
            raise fail(value, f'a second claim "{scalar.text}"', hint)
        self._lines[scalar.text] = scalar.line
        return scalar.text

    def _wording(self, value: Scalar) -> Wording:
        if len(boundaries(value.text)) > 1:
            raise fail(value, "a wording is of one sentence", "Make it a list of wordings, one for each sentence.")
        node = _phrase(value)
        unknown = unknown_class(node, self._policy.class_texts)
        if unknown is not None:
            hint = suggestion(unknown, self._policy.class_texts) or "Write the words out: {one|other}."
            raise fail(value, f"no word class <{unknown}> in the rules", hint)
        return Wording(value.text, node)

    def _subject(self, entry: yaml_nodes.Mapping) -> Subject:
        named = [key for key in ("treatment", "product") if key in entry.items]
        if len(named) != 1:
            hint = "Write what it is about: `treatment: cryolipolysis`, `product: CoolSculpting`, or `treatment: any`."
            raise fail(entry, 'a claim has either "treatment" or "product"', hint)
        value = _text_of(entry.items[named[0]])
        called = treatment_called if named[0] == "treatment" else product_called
        try:
            return called(value.text, self._policy.knowledge)
        except UnknownSubjectError as error:
            raise fail(value, error.message, error.hint) from None

    def _evidence(self, value: Scalar) -> Evidence:
        text = value.text
        if _DOI.fullmatch(text):
            return Evidence(text, "doi")
        if _ADDRESS.fullmatch(text):
            return Evidence(text, "address")
        # Only paths from the folder on are looked up: no register shall make us reach for another machine.
        if _SCHEME.match(text) or "\\" in text or PureWindowsPath(text).anchor or "\0" in text:
            hint = "Write doi:10.1000/182, https://..., or the path of a file from the folder of the register on."
            raise fail(value, f'"{text}" is no evidence that can be looked up', hint)
        return Evidence(text, "file", missing=not os.path.isfile(self._folder / text))

    def _covered(self, names: Sequence[Scalar]) -> frozenset[str]:
        """The rules that an approval covers: the named ones, or all claim rules."""
        rules = self._policy.rules
        if not names:
            return frozenset(rule.id for rule in rules.values() if rule.kind == "claim")
        covered: set[str] = set()
        for name in names:
            meant = [one for one in rules.values() if name.text in (one.id, one.id.partition("/")[0])]
            if not meant:
                hint = suggestion(name.text, rules) or "`copylint rules` lists all rules."
                raise fail(name, f'no rule or group "{name.text}"', hint)
            able = {one.id for one in meant if one.kind in COVERED_KINDS}
            if not able:
                hint = "It speaks of the page, not of its words. Suppress it in the copy, with the reason."
                raise fail(name, f'an approval of words cannot cover "{name.text}"', hint)
            covered |= able
        return frozenset(covered)


def _phrase(value: Scalar) -> Node:
    if _depth(value.text) > DEEPEST:
        raise fail(value, "too many brackets inside of each other", "Make it several wordings.")
    if any(len(words_of(run).keys) > MOST_PARTS for run in _BETWEEN.split(value.text)):
        raise fail(value, f"a run of more than {MOST_PARTS} words without a space", "Put spaces between them.")
    full_stop = value.text.endswith(".") and not value.text.endswith("..")
    try:
        # Copy may go on where the register ends its sentence.
        return parse(value.text[:-1] if full_stop else value.text)
    except PhraseError as error:
        column = value.column + error.at + (0 if value.plain else 1)
        raise RulesError(value.path, value.line, column, f"in '{value.text}': {error.message}", error.hint) from None


def _depth(text: str) -> int:
    """How deep brackets stand inside of each other."""
    depth = deepest = 0
    for character in text:
        depth += (character in "{[") - (character in "}]")
        deepest = max(deepest, depth)
    return deepest


def _jurisdictions(value: Value) -> tuple[str, ...]:
    given = _texts(value)
    for one in given:
        if one.text not in JURISDICTIONS:
            hint = suggestion(one.text, JURISDICTIONS) or f"There are {', '.join(JURISDICTIONS)}."
            raise fail(one, f'no jurisdiction "{one.text}"', hint)
    named = {one.text for one in given}
    return tuple(place for place in JURISDICTIONS if place in named)


def _day(value: Value) -> str:
    text = _text_of(value).text
    if not is_day(text):
        raise fail(value, f'"{text}" is no day', "Write the last day as year-month-day: 2027-03-01.")
    return text


def _mapping(value: Value, known: Collection[str], hint: str) -> yaml_nodes.Mapping:
    """A mapping that has these keys and no others."""
    if not isinstance(value, yaml_nodes.Mapping):
        raise fail(value, "a mapping is wanted here", hint)
    for name, key in value.keys.items():
        if name not in known:
            hint = suggestion(name, known) or f"There are {', '.join(known)}."
            raise fail(key, f'unknown key "{one_line(name)}"', hint)
    return value


def _text_of(value: Value) -> Scalar:
    """A text, on one line. An empty one is a fault, a very long one, and one that does not show all that it holds."""
    if not isinstance(value, Scalar):
        raise fail(value, "a text is wanted here, not a list or a mapping", "Put it in quotes.")
    if not value.text.strip():
        raise fail(value, "an empty text", "Write something, or take the key out.")
    text = " ".join(value.text.split())
    if len(text) > LONGEST:
        raise fail(value, f"a text of more than {LONGEST} characters", "Shorten it.")
    if not text.isprintable():
        raise fail(value, f'"{one_line(text)}" holds a character that does not show', "Type the text anew.")
    return replace(value, text=text)


def _texts(value: Value) -> tuple[Scalar, ...]:
    """A list of texts, at least one, or a text alone."""
    items = value.items if isinstance(value, yaml_nodes.Sequence) else (value,)
    if not items:
        raise fail(value, "an empty list", "Write at least one entry.")
    return tuple(_text_of(item) for item in items)
