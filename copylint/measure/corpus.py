"""Labelled texts: one JSON object a line, with the passages that a reviewer would send back.

    {"id": "peel-page", "text": "...", "format": "md", "kind": "clinic", "whole": false,
     "spans": [{"quote": "zero downtime", "nth": 1, "label": "downtime", "optional": true, "by": "regulator"}],
     "document": ["no-risks"]}

Only id and text are required; keys that are not ours are left alone. No message of this module
holds text of the corpus: a corpus may be somebody's unpublished copy.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from copylint.documents import format_of
from copylint.files import LARGEST
from copylint.nearest import did_you_mean

SPAN_LABELS = (
    "hype", "permanence", "weight-loss", "guarantee", "safety", "painless", "downtime", "speed", "superlative",
    "proof", "number", "cure", "regulator", "minimise", "pressure", "insecurity", "authority", "testimonial", "plug",
    "fact",
)  # fmt: skip
"""What is said of a passage, in the order of the tables."""
DOCUMENT_LABELS = ("no-risks", "thin-risks", "no-consult", "no-vary", "repeated")
"""What is said of a whole text: something is missing from it, or stands there twice."""
UNSCORED = ("prescription", "unlicensed", "hard-to-read", "notice")
"""Never counted: what depends on the country or on a formula, and copylint's remarks on its own comments."""
KINDS = ("clinic", "regulator", "neutral", "other")
DECOY = "ok:"
"""Before a label: looks like it, and is none."""

_RECORD_KEYS = ("id", "text", "kind", "format", "whole", "spans", "document", "source", "note")
_SPAN_KEYS = ("quote", "nth", "label", "optional", "by", "note")
_FIX_JSON = "one JSON object stands on each line, without a comma after it"
_Wanted = TypeVar("_Wanted")


class Span(NamedTuple):
    """A labelled passage. start and end: characters of Record.text from 0, end exclusive.

    decoy: it looks like a case of the label and is none. optional: a reviewer may send it back or not.
    regulator: a regulator objected to it in a ruling.
    """

    label: str
    start: int
    end: int
    decoy: bool = False
    optional: bool = False
    regulator: bool = False


class Record(NamedTuple):
    """A labelled text. place: "FILE:LINE". format: the suffix of the file that it would be ("md", "html", "txt").

    whole: it is a whole document, so document says what is missing from it.
    """

    place: str
    id: str
    text: str
    kind: str = "clinic"
    format: str = "md"
    whole: bool = False
    spans: tuple[Span, ...] = ()
    document: frozenset[str] = frozenset()


class CorpusError(ValueError):
    """A corpus that cannot be used. The message names file and line and says what to do."""


class _FaultError(ValueError):
    """What is wrong in a line, without the place."""


class Vocabulary(NamedTuple):
    """The labels that a corpus may hold and that are counted."""

    spans: tuple[str, ...] = SPAN_LABELS
    documents: tuple[str, ...] = DOCUMENT_LABELS

    @property
    def known(self) -> tuple[str, ...]:
        """All that a corpus may hold."""
        return (*self.spans, *self.documents, *UNSCORED)


def vocabulary(rule_labels: Iterable[str]) -> Vocabulary:
    """The labels of the manual, and after them those that only the given rules have."""
    known = {*SPAN_LABELS, *DOCUMENT_LABELS, *UNSCORED}
    own = dict.fromkeys(label for label in rule_labels if label not in known)
    return Vocabulary((*SPAN_LABELS, *own))


def read(path: Path, labels: Vocabulary) -> list[Record]:
    """The records of a file in JSON lines (UTF-8), in its order. Raises CorpusError."""
    records: list[Record] = []
    lines: dict[str, int] = {}
    for number, line in _lines(path):
        place = f"{path}:{number}"
        try:
            record = record_of(_json(line), labels, place)
            if record.id in lines:
                raise _FaultError(f"has the id of line {lines[record.id]}: give it one of its own")
        except _FaultError as fault:
            raise CorpusError(f"{place}: {fault}") from None
        lines[record.id] = number
        records.append(record)
    if not records:
        raise CorpusError(f"{path}: holds no records: {_FIX_JSON}")
    return records


def _lines(path: Path) -> Iterator[tuple[int, bytes]]:
    """Every line that is not blank, with its number from 1."""
    try:
        with path.open("rb") as file:
            number = 0
            while line := file.readline(LARGEST + 1):
                number += 1
                if len(line) > LARGEST:
                    raise CorpusError(
                        f"{path}:{number}: is longer than {LARGEST // 1_000_000} MB: put each text on a line of its own"
                    )
                if number == 1:
                    line = line.removeprefix(b"\xef\xbb\xbf")
                if line.strip():
                    yield number, line
    except OSError as error:
        raise CorpusError(f"{path}: cannot be read: {error.strerror or error}. Check the path.") from error


def _json(line: bytes) -> object:
    try:
        return json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise _FaultError(f"is not UTF-8 (byte {error.start + 1:,} of the line): save the file as UTF-8") from None
    except json.JSONDecodeError as error:
        raise _FaultError(f"is no JSON (column {error.colno:,}: {error.msg}): {_FIX_JSON}") from None
    except (ValueError, RecursionError):
        raise _FaultError(f"is no JSON that can be read: {_FIX_JSON}") from None


def record_of(plain: object, labels: Vocabulary, place: str) -> Record:
    """A record from its JSON object. Raises ValueError that says what is wrong with it and what to do."""
    if not isinstance(plain, dict):
        raise _FaultError(f"is no JSON object: {_FIX_JSON}")
    _no_slip(plain, _RECORD_KEYS)
    text = _value(plain, "text", str)
    record = Record(
        place,
        _value(plain, "id", str),
        text,
        _one_of(_value(plain, "kind", str, "clinic"), "kind", KINDS),
        _value(plain, "format", str, "md"),
        _value(plain, "whole", bool, False),
    )
    if format_of(f"x.{record.format}") is None:
        raise _FaultError('"format" is no format that copylint reads: write md, mdx, html or txt')
    spans = tuple(
        _span(number, entry, text, labels) for number, entry in enumerate(_value(plain, "spans", list, []), 1)
    )
    known = (*labels.documents, *UNSCORED)
    document = frozenset(
        _one_of(label, "label of the document", known) for label in _value(plain, "document", list, [])
    )
    return record._replace(spans=spans, document=document)


def _span(number: int, plain: object, text: str, labels: Vocabulary) -> Span:
    try:
        if not isinstance(plain, dict):
            raise _FaultError("is no JSON object with a quote and a label")
        _no_slip(plain, _SPAN_KEYS)
        name = _value(plain, "label", str)
        label = name.removeprefix(DECOY)
        if label in labels.documents:
            raise _FaultError(f'"{label}" is said of a whole text: write it under "document"')
        _one_of(label, "label", (*labels.spans, *UNSCORED))
        # A label that is not counted is neither missed nor a decoy; what is found there is not false either.
        optional = _value(plain, "optional", bool, False) or label in UNSCORED
        quote, nth = _value(plain, "quote", str), _value(plain, "nth", int, 1)
        start = _place_of(quote, nth, text)
        regulator = plain.get("by") == "regulator"
        return Span(label, start, start + len(quote), name.startswith(DECOY), optional, regulator)
    except _FaultError as fault:
        raise _FaultError(f"span {number}: {fault}") from None


def _place_of(quote: str, nth: int, text: str) -> int:
    """Where the nth occurrence of the quote begins. Raises ValueError."""
    if not quote or nth < 1:
        raise _FaultError('"quote" must not be empty' if not quote else '"nth" counts from 1')
    start = -1
    for found in range(nth):
        start = text.find(quote, start + 1)
        if start >= 0:
            continue
        if found:
            raise _FaultError(f'"nth" is {nth}, but its quote stands in the text {_times(found)}: count again')
        likeness = " ".join(quote.casefold().split()) in " ".join(text.casefold().split())
        differs = " (it does with other capitals, spaces or line ends)" if likeness else ""
        raise _FaultError(f"its quote does not stand in the text{differs}: copy it from there letter for letter")
    return start


def _times(count: int) -> str:
    return "once only" if count == 1 else f"{count} times only"


def _value(plain: Mapping[str, Any], key: str, kind: type[_Wanted], default: _Wanted | None = None) -> _Wanted:
    """The value of a key, of the wanted type. Raises ValueError; a default of None makes the key required."""
    value = plain.get(key, default)
    if key not in plain and default is None:
        raise _FaultError(f'lacks "{key}"')
    # True is an int for Python, not for whoever writes JSON.
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        names = {str: "a string", bool: "true or false", int: "a whole number", list: "a list"}
        raise _FaultError(f'"{key}" must be {names[kind]}')
    return value


def _one_of(name: object, what: str, known: Collection[str]) -> str:
    if isinstance(name, str) and name in known:
        return name
    near = did_you_mean(name, known) if isinstance(name, str) else ""
    raise _FaultError(f"unknown {what}.{near or ' Known are ' + ', '.join(known) + '.'}")


def _no_slip(plain: Mapping[str, Any], known: Collection[str]) -> None:
    """A key that is nearly one of ours is a slip of the pen; any other belongs to the team."""
    for key in plain:
        if key not in known and (near := did_you_mean(key, known)):
            raise _FaultError(f"has an unknown key.{near}")
