"""The compiled policy on disk: lines of JSON and of plain text, never anything that could run.

Line 1 is a header; each further line is a section, decoded only when it is asked for. A section is any JSON value. A
list of strings and a mapping of strings to strings, which are the bulk, are kept as their items between separators, so
that loading them is one split and an item nobody needs is never decoded.

A cache is good if it was made from the same files: they are known by size and times, and, where these have changed or
are not known (as with the prebuilt cache in the wheel), by the digest of their content. A cache that is absent, stale,
cut short or unwritable costs time, never a verdict: it is made anew.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from zlib import crc32

FORMAT = 3
"""Raise it when the compiler or the plain data changes its shape."""
PREBUILT = Path(__file__).parent.parent / "prebuilt.cache"
MOST_CACHES = 8
"""Caches kept in a folder, the newest ones; each is of other rules."""
LARGEST = 64_000_000
"""Bytes of a cache file that is read at all."""
_ITEM = "\x1e"
_KEY = "\x1f"


class Cached:
    """Sections of a compiled policy, each decoded on first use. digest: "sha256:..." of what it was made from."""

    def __init__(self, digest: str, content: bytes, places: dict[str, tuple[str, int, int]]) -> None:
        """places: name -> kind, start and end of the section in content."""
        self.digest = digest
        self._content = content
        self._places = places

    def names(self) -> Iterable[str]:
        """The names of the sections."""
        return self._places

    def section(self, name: str) -> Any:
        """The data of a section. Raises KeyError for an unknown name."""
        kind, start, end = self._places[name]
        line = self._content[start:end]
        if kind == "json":
            return json.loads(line)
        text = line.decode()
        if kind == "list":
            return text.split(_ITEM)
        keys, values = text.split(_KEY)
        return dict(zip(keys.split(_ITEM), values.split(_ITEM), strict=True))


def folder() -> Path:
    """Where caches of this user live. COPYLINT_CACHE_DIR overrides it."""
    chosen = os.environ.get("COPYLINT_CACHE_DIR")
    if chosen:
        return Path(chosen)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "copylint" / "cache"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "copylint"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "copylint"


def signature(paths: Iterable[Path]) -> str:
    """Paths, sizes and times of the files, as one string. A file that is not there has no size."""
    parts = [f"{FORMAT}"]
    for path in paths:
        try:
            state = path.stat()
        except OSError:
            parts.append(f"{path} -")
        else:
            parts.append(f"{path} {state.st_size} {state.st_mtime_ns} {state.st_ctime_ns}")
    return "\n".join(parts)


def place(signed: str) -> Path:
    """Where the cache for files of this signature is kept."""
    return folder() / f"policy-{crc32(signed.encode('utf-8', 'surrogatepass')):08x}.cache"


def load(path: Path, *, signed: str | None = None, digest: str | None = None) -> Cached | None:
    """The cache in `path`, if it is whole and made from files of this signature or of this digest, else None."""
    try:
        if path.stat().st_size > LARGEST:
            return None
        content = path.read_bytes()
        cached, header = _opened(content)
        if header["format"] != FORMAT or cached is None:
            return None
        if (signed is None or header["signed"] != signed) and (digest is None or header["digest"] != digest):
            return None
        return cached
    except (OSError, ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError):
        return None


def encode(digest: str, signed: str, sections: dict[str, Any]) -> bytes:
    """A compiled policy as the bytes of a cache file."""
    kinds, lines = [], []
    for data in sections.values():
        kind, line = _encoded(data)
        kinds.append(kind)
        lines.append(line)
    header = {
        "format": FORMAT, "digest": digest, "signed": signed, "sections": list(sections), "kinds": kinds,
        "sizes": [len(line) for line in lines],
    }  # fmt: skip
    return b"\n".join([json.dumps(header).encode(), *lines, b""])


def decoded(content: bytes) -> Cached:
    """The cache whose bytes `encode` has just made."""
    cached, _ = _opened(content)
    assert cached is not None
    return cached


def _opened(content: bytes) -> tuple[Cached | None, Any]:
    """A cache and its header; no cache where the content is not as long as the header says."""
    start = content.index(b"\n") + 1
    header = json.loads(content[:start])
    places: dict[str, tuple[str, int, int]] = {}
    for name, kind, size in zip(header["sections"], header["kinds"], header["sizes"], strict=True):
        places[name] = (kind, start, start + size)
        start += size + 1
    whole = start == len(content) and content.endswith(b"\n")
    return (Cached(str(header["digest"]), content, places) if whole else None), header


def copy_signed(source: Path, target: Path, signed: str) -> None:
    """Keep a cache that was known by its content under the signature of this machine's files."""
    head, rest = source.read_bytes().split(b"\n", 1)
    header = {**json.loads(head), "signed": signed}
    store(target, json.dumps(header).encode() + b"\n" + rest)


def store(path: Path, content: bytes) -> None:
    """Write a cache file in one step; a folder that cannot be written is passed over."""
    temporary = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_bytes(content)
        temporary.replace(path)
        _prune(path.parent)
    except OSError:
        if temporary.parent.is_dir():
            temporary.unlink(missing_ok=True)


def _prune(where: Path) -> None:
    """Take away the oldest caches, so that years of changed rules do not fill the disk."""
    caches = sorted(where.glob("policy-*.cache"), key=lambda path: path.stat().st_mtime_ns, reverse=True)
    for path in caches[MOST_CACHES:]:
        path.unlink(missing_ok=True)


def _encoded(data: Any) -> tuple[str, bytes]:
    if isinstance(data, list) and data and all(_is_plain(item) for item in data):
        return "list", _ITEM.join(data).encode()
    if isinstance(data, dict) and data and all(_is_plain(key) and _is_plain(value) for key, value in data.items()):
        return "table", f"{_ITEM.join(data)}{_KEY}{_ITEM.join(data.values())}".encode()
    return "json", json.dumps(data, separators=(",", ":")).encode()


def _is_plain(value: object) -> bool:
    return isinstance(value, str) and not any(mark in value for mark in (_ITEM, _KEY, "\n", "\r"))
