"""The cache of compiled rules: a damaged, stale or unwritable one costs time, never a verdict."""

from __future__ import annotations

from pathlib import Path

import pytest

from copylint.rules import cache, policy

SECTIONS = {"check": {"rules": [1]}, "pages": {"é": "\n"}}


def test_what_is_stored_comes_back(tmp_path: Path) -> None:
    cache.store(tmp_path / "new" / "c.jsonl", cache.encode("sha256:1", SECTIONS))
    loaded = cache.load(tmp_path / "new" / "c.jsonl", "sha256:1")
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
        lambda data: data.replace(b'"format": 1', b'"format": 0'),
        lambda data: b"[" * 100_000,
    ],
)
def test_anything_else_is_no_cache(tmp_path: Path, damage) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "c.jsonl"
    path.write_bytes(damage(cache.encode("sha256:1", SECTIONS)))
    assert cache.load(path, "sha256:1") is None


def test_absent_and_unwritable_are_passed_over(tmp_path: Path) -> None:
    assert cache.load(tmp_path / "none", "sha256:1") is None
    file = tmp_path / "file"
    file.write_text("")
    cache.store(file / "below" / "c.jsonl", b"x")


def test_policy_is_rebuilt_from_a_damaged_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "PREBUILT", tmp_path / "none")
    monkeypatch.setenv("COPYLINT_CACHE_DIR", str(tmp_path))
    first = policy.load()
    names = list(first.rules)
    (stored,) = tmp_path.glob("policy-*.jsonl")
    stored.write_bytes(stored.read_bytes()[:1000])
    assert list(policy.load().rules) == names
    assert list(policy.load().rules) == names


def test_digest_follows_the_rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COPYLINT_CACHE_DIR", str(tmp_path))
    own = tmp_path / "own.yaml"
    own.write_text("classes: {praise: [wow]}\nrules: []\n")
    before = policy.load([own]).digest
    own.write_text("classes: {praise: [wow, oh]}\nrules: []\n")
    assert policy.load([own]).digest != before
