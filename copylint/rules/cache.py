"""The compiled policy on disk: one JSON text a line, never anything that could run.

Line 1 is a header with the digest of everything that went in; each further line is a section, decoded only when it is
asked for. A cache that is absent, stale, cut short or unwritable costs time, never a verdict: it is made anew. The
wheel ships a prebuilt one beside this package, so that the first run is fast too.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

FORMAT = 1
"""Raise it when the compiler or the plain data changes its shape."""
PREBUILT = Path(__file__).parent.parent / "prebuilt.jsonl"
LARGEST = 64_000_000


class Cached:
    """Sections of a compiled policy, each decoded on first use."""

    def __init__(self, digest: str, lines: dict[str, bytes]) -> None:
        self.digest = digest
        self._lines = lines

    def section(self, name: str) -> Any:
        """The plain data of a section."""
        return json.loads(self._lines[name])


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


def load(path: Path, digest: str) -> Cached | None:
    """The cache in `path` if it is whole and was made from the same input, else None."""
    try:
        if path.stat().st_size > LARGEST:
            return None
        head, *rest = path.read_bytes().split(b"\n")
        header = json.loads(head)
        names, sizes = header["sections"], header["sizes"]
        if header["format"] != FORMAT or header["digest"] != digest or [len(line) for line in rest[:-1]] != sizes:
            return None
        return Cached(digest, dict(zip(names, rest, strict=False)))
    except (OSError, ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError):
        return None


def encode(digest: str, sections: dict[str, Any]) -> bytes:
    """A compiled policy as the bytes of a cache file."""
    lines = [json.dumps(data, ensure_ascii=True, separators=(",", ":")).encode() for data in sections.values()]
    header = {"format": FORMAT, "digest": digest, "sections": list(sections), "sizes": [len(line) for line in lines]}
    return b"\n".join([json.dumps(header).encode(), *lines, b""])


def store(path: Path, content: bytes) -> None:
    """Write a cache file in one step; a folder that cannot be written is passed over."""
    temporary = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_bytes(content)
        temporary.replace(path)
    except OSError:
        temporary.unlink(missing_ok=True) if temporary.parent.is_dir() else None
