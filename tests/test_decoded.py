"""Mappings that decode an entry when it is asked for."""

from __future__ import annotations

import pytest

from copylint.decoded import Decoded, encoded


def test_an_entry_is_made_once_and_when_it_is_asked_for() -> None:
    made: list[str] = []

    def make(key: str, value: object) -> tuple[str, object]:
        made.append(key)
        return key, value

    mapping = Decoded(encoded({"a": 1, "é": ["x", {"y": None}]}), make)
    assert list(mapping) == ["a", "é"]
    assert len(mapping) == 2
    assert "a" in mapping
    assert made == []
    assert mapping["é"] == mapping["é"] == ("é", ["x", {"y": None}])
    assert made == ["é"]
    with pytest.raises(KeyError):
        mapping["b"]
