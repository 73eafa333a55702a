"""The compiled policy on disk: JSON and plain text, never anything that could run.

Line 1 is a header; then come the sections, each read and decoded only when it is asked for. A section is any JSON
value. Two kinds are the bulk and have a shape of their own. A list of strings is kept as its items between separators,
so that loading it is one split. A mapping of strings to strings is a hash table: reading one entry touches one bucket,
and the rest is never decoded.

A cache is good if it was made from the same files: they are known by size and times, and, where these have changed or
are not known (as with the prebuilt cache in the wheel), by the digest of their content. A cache that is absent, stale,
cut short or unwritable costs time, never a verdict: it is made anew.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO, cast
from zlib import crc32

from copylint.decoded import ByWord

FORMAT = 6
"""Raise it when the compiler or the plain data changes its shape."""
PREBUILT = Path(__file__).parent.parent / "prebuilt.cache"
MOST_CACHES = 8
"""Caches kept in a folder, the newest ones; each is of other rules."""
LONGEST_HEADER = 1_000_000
"""Bytes of the first line that are read at all."""
_ITEM = "\x1e"
_KEY = "\x1f"
_VALUE = "\x1d"
_FIELD = "\x1c"
_INDEX = "by word"
"""The section with the table of the Index."""
_FEW = 8
"""Entries of a mapping that is not worth a hash table."""


class Table(Mapping[str, str]):
    """A mapping in buckets by the checksum of its keys. In a bucket stand key and value of each entry, marked."""

    def __init__(self, content: bytes) -> None:
        """content: what `_packed` made."""
        self._buckets = content.split(_ITEM.encode())
        self._mask = len(self._buckets) - 1

    def get(self, key: str, default: Any = None) -> Any:
        """The value of a key. Most words of a text are in no table, so nothing is raised and caught here."""
        written = key.encode("utf-8", "surrogatepass")
        bucket = self._buckets[crc32(written) & self._mask]
        start = bucket.find(b"\x1f%b\x1d" % written)
        if start < 0:
            return default
        start += len(written) + 2
        end = bucket.find(b"\x1f", start)
        return (bucket[start:end] if end >= 0 else bucket[start:]).decode()

    def __getitem__(self, key: str) -> str:
        value = self.get(key)
        if value is None:
            raise KeyError(key)
        return cast(str, value)

    def __iter__(self) -> Iterator[str]:
        """The keys, sorted."""
        entries = (entry for bucket in self._buckets for entry in bucket.decode().split(_KEY)[1:])
        return iter(sorted(entry.partition(_VALUE)[0] for entry in entries))

    def __len__(self) -> int:
        return sum(bucket.count(b"\x1f") for bucket in self._buckets)


class Index:
    """All the mappings by word in one table, so that a word of a text is looked up once."""

    def __init__(self, table: Mapping[str, str]) -> None:
        """table: word -> number of a mapping, its value, number of another, its value ...; with marks between."""
        self._table = table
        self._known: dict[str, dict[str, str]] = {}

    def of(self, word: str) -> dict[str, str]:
        """What the mappings hold for a word, by their number."""
        known = self._known.get(word)
        if known is None:
            text = self._table.get(word)
            fields = text.split(_FIELD) if text else ()
            known = self._known[word] = dict(zip(fields[::2], fields[1::2], strict=True))
        return known

    def words(self) -> Iterator[str]:
        """The words of all mappings, sorted."""
        return iter(sorted(self._table))


class Part(Mapping[str, str]):
    """One of the mappings of an Index."""

    def __init__(self, index: Index, number: str) -> None:
        self._of = index.of
        self._words = index.words
        self._number = number

    def get(self, key: str, default: Any = None) -> Any:
        """The value of a word."""
        return self._of(key).get(self._number, default)

    def __getitem__(self, key: str) -> str:
        return self._of(key)[self._number]

    def __iter__(self) -> Iterator[str]:
        return (word for word in self._words() if self._number in self._of(word))

    def __len__(self) -> int:
        return sum(1 for _ in self)


class Cached:
    """Sections of a compiled policy, each decoded on first use. digest: "sha256:..." of what it was made from."""

    def __init__(self, digest: str, content: BinaryIO, places: dict[str, tuple[str, int, int]]) -> None:
        """content: an open file. places: name -> kind, start and size of the section in it."""
        self.digest = digest
        self._content = content
        self._places = places
        self._index: Index | None = None

    def names(self) -> Iterable[str]:
        """The names of the sections."""
        return self._places

    def section(self, name: str) -> Any:
        """The data of a section. Raises KeyError for an unknown name."""
        kind, start, size = self._places[name]
        if kind == "part":
            if self._index is None:
                self._index = Index(self.section(_INDEX))
            return Part(self._index, str(start))
        self._content.seek(start)
        content = self._content.read(size)
        if kind == "json":
            return json.loads(content)
        if kind == "table":
            return Table(content)
        return content.decode().split(_ITEM)


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
    content = None
    try:
        content = path.open("rb")
        cached, header = _opened(content)
        wanted = header["format"] == FORMAT and (
            (signed is not None and header["signed"] == signed) or (digest is not None and header["digest"] == digest)
        )
        if cached is not None and wanted:
            return cached
    except (OSError, ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError):
        pass
    if content is not None:
        content.close()
    return None


def encode(digest: str, signed: str, sections: Mapping[str, Any]) -> bytes:
    """A compiled policy as the bytes of a cache file."""
    parts = [name for name, data in sections.items() if isinstance(data, ByWord)]
    whole = {name: data for name, data in sections.items() if name not in parts}
    whole[_INDEX] = _indexed([sections[name] for name in parts])
    encoded = {name: _encoded(data) for name, data in whole.items()}
    header = {
        "format": FORMAT, "digest": digest, "signed": signed, "parts": parts, "sections": list(encoded),
        "kinds": [kind for kind, _ in encoded.values()], "sizes": [len(line) for _, line in encoded.values()],
    }  # fmt: skip
    return b"\n".join([json.dumps(header).encode(), *(line for _, line in encoded.values()), b""])


def _indexed(mappings: list[ByWord]) -> dict[str, str]:
    fields: dict[str, list[str]] = {}
    for number, mapping in enumerate(mappings):
        for word, value in mapping.items():
            fields.setdefault(word, []).extend((str(number), value))
    return {word: _FIELD.join(values) for word, values in fields.items()}


def decoded(content: bytes) -> Cached:
    """The cache whose bytes `encode` has just made."""
    from io import BytesIO

    cached, _ = _opened(BytesIO(content))
    assert cached is not None
    return cached


def _opened(content: BinaryIO) -> tuple[Cached | None, Any]:
    """A cache and its header; no cache where the content is not as long as the header says."""
    first = content.readline(LONGEST_HEADER)
    header = json.loads(first)
    places: dict[str, tuple[str, int, int]] = {}
    start = len(first)
    for name, kind, size in zip(header["sections"], header["kinds"], header["sizes"], strict=True):
        places[name] = (kind, start, size)
        start += size + 1
    for number, name in enumerate(header["parts"]):
        places[name] = ("part", number, 0)
    whole = start == content.seek(0, os.SEEK_END)
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
    if isinstance(data, dict) and len(data) > _FEW and all(_is_plain(one) for entry in data.items() for one in entry):
        return "table", _packed(data)
    return "json", json.dumps(data, separators=(",", ":")).encode()


def _packed(table: dict[str, str]) -> bytes:
    """A Table's content: two entries a bucket, on average."""
    buckets: list[list[str]] = [[] for _ in range(1 << max(len(table).bit_length() - 1, 0))]
    for key, value in sorted(table.items()):
        buckets[crc32(key.encode("utf-8", "surrogatepass")) & (len(buckets) - 1)].append(f"{_KEY}{key}{_VALUE}{value}")
    return _ITEM.join("".join(bucket) for bucket in buckets).encode()


def _is_plain(value: object) -> bool:
    return isinstance(value, str) and not any(mark in value for mark in (_ITEM, _KEY, _VALUE))
