"""The cache of compiled rules: a damaged, stale or unwritable one costs time, never a verdict."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copylint.rules import cache, policy

SECTIONS = {
    "rules": [{"id": "é\n"}],
    "phrases": ["one", "two \u00e9", '"three"'],
    "anchors": {"word": "1 0 0;2 1 1", "’": "3 0 0"},
    "odd": ["with\x1eseparator", "with\nnewline"],
    "empty": [],
}


def test_what_is_stored_comes_back(tmp_path: Path) -> None:
    content = cache.encode("sha256:1", "signed", SECTIONS)
    cache.store(tmp_path / "new" / "c.cache", content)
    for loaded in (
        cache.load(tmp_path / "new" / "c.cache", signed="signed"),
        cache.load(tmp_path / "new" / "c.cache", digest="sha256:1"),
        cache.decoded(content),
    ):
        assert loaded is not None
        assert {name: loaded.section(name) for name in SECTIONS} == SECTIONS


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"",
        lambda data: data[: len(data) // 2],
        lambda data: data[:-3],
        lambda data: data.replace(b"sha256:1", b"sha256:2"),
        lambda data: b"\x80\x04N." + data,
        lambda data: b"[]\n" + data,
        lambda data: data.replace(b'"format": ', b'"format": 9'),
        lambda data: b"[" * 100_000,
    ],
)
def test_anything_else_is_no_cache(tmp_path: Path, damage) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "c.cache"
    path.write_bytes(damage(cache.encode("sha256:1", "signed", SECTIONS)))
    assert cache.load(path, digest="sha256:1") is None


def test_absent_and_unwritable_are_passed_over(tmp_path: Path) -> None:
    assert cache.load(tmp_path / "none", signed="signed") is None
    file = tmp_path / "file"
    file.write_text("")
    cache.store(file / "below" / "c.cache", b"x")


def test_old_caches_are_taken_away(tmp_path: Path) -> None:
    for number in range(cache.MOST_CACHES + 3):
        path = tmp_path / f"policy-{number}.cache"
        cache.store(path, b"x")
        os.utime(path, ns=(number, number))
    cache.store(tmp_path / "policy-new.cache", b"x")
    left = {path.name for path in tmp_path.glob("*.cache")}
    assert len(left) == cache.MOST_CACHES
    assert "policy-new.cache" in left


def test_policy_is_rebuilt_from_a_damaged_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "PREBUILT", tmp_path / "none")
    monkeypatch.setenv("COPYLINT_CACHE_DIR", str(tmp_path))
    names = list(policy.load().rules)
    (stored,) = tmp_path.glob("policy-*.cache")
    stored.write_bytes(stored.read_bytes()[:1000])
    assert list(policy.load().rules) == names


def test_policy_follows_the_rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COPYLINT_CACHE_DIR", str(tmp_path))
    own = tmp_path / "own.yaml"
    own.write_text("classes: {praise: [wow]}\nrules: []\n")
    before = policy.load([own]).digest
    assert policy.load([own]).digest == before
    own.write_text("classes: {praise: [oh!]}\nrules: []\n")
    assert policy.load([own]).digest != before


def test_prebuilt_cache_is_known_by_content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COPYLINT_CACHE_DIR", str(tmp_path / "empty"))
    built = policy.load()
    (stored,) = (tmp_path / "empty").glob("policy-*.cache")
    monkeypatch.setattr(cache, "PREBUILT", stored.rename(tmp_path / "prebuilt"))
    monkeypatch.setattr(cache, "signature", lambda paths: "another machine")
    monkeypatch.setattr("copylint.rules.build.build", None)  # compiling again would fail
    assert policy.load().digest == built.digest
    (copied,) = (tmp_path / "empty").glob("policy-*.cache")
    assert cache.load(copied, signed="another machine") is not None


_PLAIN = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x1d\x1e\x1f"), max_size=6)


@given(st.dictionaries(_PLAIN, _PLAIN, max_size=40), st.text(max_size=6))
def test_a_table_is_the_mapping_that_it_was_made_from(entries: dict[str, str], other: str) -> None:
    table = cache.decoded(cache.encode("sha256:1", "", {"table": entries})).section("table")
    assert dict(table) == entries
    assert len(table) == len(entries)
    assert list(table) == sorted(table) or isinstance(table, dict)
    assert table.get(other) == entries.get(other)
    assert (other in table) is (other in entries)


def test_a_mapping_of_some_size_is_decoded_entry_by_entry() -> None:
    entries = {f"word{number}": f"{number}\n" for number in range(1000)}
    table = cache.decoded(cache.encode("sha256:1", "", {"table": entries})).section("table")
    assert isinstance(table, cache.Table)
    assert table["word999"] == "999\n"
    with pytest.raises(KeyError):
        table["word1000"]
