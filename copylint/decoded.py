"""Mappings whose values are decoded from JSON one by one, when they are asked for."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class ByWord(dict[str, str]):
    """Marks a mapping that is asked for the words of a text: a cache keeps all of them in one table."""


class Decoded(Mapping[str, T], Generic[T]):
    """texts: key -> JSON text, in the order of the keys. make: from a key and what its text says to the value."""

    def __init__(self, texts: Mapping[str, str], make: Callable[[str, Any], T]) -> None:
        self._texts = texts
        self._make = make
        self._known: dict[str, T] = {}

    def __getitem__(self, key: str) -> T:
        value = self._known.get(key)
        if value is None:
            value = self._known[key] = self._make(key, json.loads(self._texts[key]))
        return value

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)

    def __contains__(self, key: object) -> bool:
        return key in self._texts


def encoded(values: Mapping[str, object]) -> dict[str, str]:
    """Each value as the JSON text that `Decoded` reads."""
    return {key: json.dumps(value, separators=(",", ":"), ensure_ascii=False) for key, value in values.items()}
