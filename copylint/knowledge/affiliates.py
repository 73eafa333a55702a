"""What is known of advertising: affiliate addresses, shops, safe hosts, and the wording that steers or discloses.

The facts stand in affiliates.yaml. `compile_affiliates` turns them into plain data once, for the cache; `Affiliates` is
that data with questions to ask of it. Nothing here decides what is let through: that is the check's work.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any

from copylint.language.matcher import Compiled, Matcher
from copylint.language.patterns import ClassTable
from copylint.language.signs import Signs
from copylint.language.words import Words
from copylint.record import Record

SOURCE = Path(__file__).with_name("affiliates.yaml")
LONGEST_ADDRESS = 2000
"""Characters of an address that are looked at."""

_DOMAIN = re.compile(
    r"(?<![\w@./\-])(https?://|HTTPS?://|www\.|WWW\.)?"
    r"((?:[a-zA-Z0-9](?:[a-zA-Z0-9\-]{0,61}[a-zA-Z0-9])?\.){1,4}([a-zA-Z]{2,24}))(?![\w@])(/[^\s<>\"'“”]{0,1000})?"
)
_REDIRECT = "a redirect of the kind used for affiliate links"
_TRAILING = ".,;:!?)]}…"
_SEPARATORS = re.compile(r"[\s_\-]+")
_PREFIX = "advertising-"
"""Begins the names of the parts of the plain data, which stand among those of the other knowledge."""
_LISTS = (
    "affiliate-hosts", "link-pages", "affiliate-parameters", "tag-hosts", "affiliate-utm-values", "redirect-paths",
    "placeholder-kinds", "placeholder-things", "shop-paths", "shop-host-words", "retailer-hosts",
    "authority-suffixes", "authority-hosts", "social-hosts", "booking-hosts", "top-level-domains",
    "word-like-domains",
)  # fmt: skip


class Address(Record):
    """The parts of an absolute web address, lower case. parameters: (name, value) pairs."""

    host: str
    path: tuple[str, ...]
    parameters: tuple[tuple[str, str], ...]


class Domain(Record):
    """A web address written out in running text: its visible offsets and what it leads to."""

    start: int
    end: int
    address: Address


def compile_affiliates(text: str | None = None) -> dict[str, Any]:
    """The plain data of `Affiliates`, made from affiliates.yaml (or from `text`). Raises ValueError if it is wrong."""
    import yaml

    from copylint.language.anchors import Classes, compile_phrases
    from copylint.language.phrases import parse

    raw = yaml.load(SOURCE.read_text(encoding="utf-8") if text is None else text, Loader=yaml.BaseLoader)
    unknown = set(raw) - {*_LISTS, "verified", "cues"}
    missing = {*_LISTS, "verified", "cues"} - set(raw)
    if unknown or missing:
        raise ValueError(f"affiliates.yaml: unknown keys {sorted(unknown)}, missing keys {sorted(missing)}")
    plain: dict[str, Any] = {_PREFIX + name: sorted({entry.lower() for entry in raw[name]}) for name in _LISTS}
    plain[_PREFIX + "verified"] = raw["verified"]
    cues = [(role, phrase) for role, phrases in raw["cues"].items() for phrase in phrases]
    plain[_PREFIX + "roles"] = [role for role, _ in cues]
    compiled = compile_phrases([parse(phrase) for _, phrase in cues], Classes({}))
    return {**plain, **{f"{_PREFIX}wording-{name}": data for name, data in compiled._asdict().items()}}


def parse_address(target: str) -> Address | None:
    """The parts of an absolute http(s) address or bare host; None for a relative, mail or telephone address."""
    rest = target.strip()[:LONGEST_ADDRESS].replace("&amp;", "&").replace("\\", "")
    scheme, mark, after = rest.partition("://")
    if mark and "/" not in scheme and "?" not in scheme:
        if scheme.lower() not in ("http", "https"):
            return None
        rest = after
    elif rest.startswith("//"):
        rest = rest[2:]
    else:
        return None
    before, _, query = rest.partition("#")[0].partition("?")
    host, *path = before.split("/")
    host = host.rpartition("@")[2].partition(":")[0].lower().rstrip(".").removeprefix("www.")
    if "." not in host:
        return None
    pairs = (pair.partition("=") for pair in query.replace(";", "&").lower().split("&") if pair)
    return Address(host, tuple(part.lower() for part in path if part), tuple((name, value) for name, _, value in pairs))


class Cue(Record):
    """Wording of the role `role` (a key of cues in affiliates.yaml) in the words first..end (end exclusive)."""

    role: str
    first: int
    end: int


class Affiliates:
    """The facts, ready to be asked. Read-only."""

    def __init__(self, plain: Mapping[str, Any]) -> None:
        """plain: what `compile_affiliates` made, also after a trip through a cache and among other knowledge."""
        self._plain = plain
        self._roles: list[str] = plain[_PREFIX + "roles"]
        compiled = Compiled(*(plain[f"{_PREFIX}wording-{name}"] for name in Compiled._fields))
        self._matcher = Matcher(compiled, ClassTable(compiled.classes), Signs(compiled.signs))

    @cached_property
    def _sets(self) -> dict[str, frozenset[str]]:
        return {name: frozenset(self._plain[_PREFIX + name]) for name in _LISTS}

    def cues(self, words: Words, text: str, ranges: Iterable[tuple[int, int]]) -> Iterator[Cue]:
        """The wording of every role inside the ranges of words (first, end), by start. They may overlap."""
        for match in self._matcher.find(words, text, ranges):
            yield Cue(self._roles[match.phrase], match.first, match.end)

    def is_host(self, kind: str, host: str) -> bool:
        """Whether a host, or a domain above it, is in the list `kind` of affiliates.yaml."""
        known = self._sets[kind]
        labels = host.split(".")
        return any(".".join(labels[at:]) in known for at in range(len(labels)))

    def is_authority(self, host: str) -> bool:
        """Whether a regulator, health service, journal, society, university or encyclopaedia stands there."""
        return self.is_host("authority-hosts", host) or self.is_host("authority-suffixes", host)

    def placeholder(self, text: str) -> bool:
        """Whether a text is a stand-in for an address that pays: YOUR_AFFILIATE_LINK, [CPA-URL]."""
        if len(text) > 80:
            return False
        parts = [part.strip("[](){}<>%$#/").lower() for part in _SEPARATORS.split(text.strip())]
        kinds, things = self._sets["placeholder-kinds"], self._sets["placeholder-things"]
        return any(one in kinds and other in things for one, other in pairwise(parts))

    def paid_sign(self, target: str) -> str | None:
        """What in a link's target says that the click is paid for: words for the reader, or None."""
        last = re.split(r"[/#:]", target)[-1]
        if (last == target or last.isupper()) and self.placeholder(last):
            return "a placeholder for an affiliate address"
        address = parse_address(target)
        if address is None:
            path = target.partition("?")[0].split("/")[1:] if target.startswith("/") else []
            return _REDIRECT if self._redirects(path) else None
        if self.is_authority(address.host) or self.is_host("social-hosts", address.host):
            return None
        if self.is_host("affiliate-hosts", address.host):
            return f"the affiliate address {address.host}"
        return self._paid_parameter(address) or (_REDIRECT if self._redirects(address.path) else None)

    def _paid_parameter(self, address: Address) -> str | None:
        parameters, values = self._sets["affiliate-parameters"], self._sets["affiliate-utm-values"]
        for name, value in address.parameters:
            if value and (name in parameters or (name == "tag" and self.is_host("tag-hosts", address.host))):
                return f"the affiliate parameter {name}="
            if name in ("utm_medium", "utm_source") and value in values:
                return f"the affiliate parameter {name}={value}"
        return None

    def shop_sign(self, address: Address) -> str | None:
        """What in an address says that it leads to a shop or a product on sale: words for the reader, or None."""
        if self.is_host("retailer-hosts", address.host):
            return "a link to a retailer"
        paths = self._sets["shop-paths"]
        if any(part in paths for part in address.path[:-1]) or (address.path and address.path[0] in paths):
            return "a link to a product on sale"
        words = self._sets["shop-host-words"]
        labels = address.host.split(".")
        if any(label in words or label.endswith(("store", "shop")) for label in labels):
            return "a link to a shop"
        return None

    def domains(self, text: str) -> Iterator[Domain]:
        """The web addresses written out in a text. Mail addresses, file names and abbreviations are none."""
        if "." not in text:
            return
        known, wordlike = self._sets["top-level-domains"], self._sets["word-like-domains"]
        official = self._sets["authority-suffixes"]
        for match in _DOMAIN.finditer(text):
            prefix, name, top, path = match.groups()
            ending = top.lower()
            explicit = bool(prefix or path)
            if ending not in known and ending not in official and not (explicit and ending in wordlike):
                continue
            if not explicit and top != ending and not name.isupper():
                continue  # a full stop without the blank after it: "of the skin.Life is good"
            end = match.end()
            while text[end - 1] in _TRAILING:
                end -= 1
            address = parse_address("//" + name + (path or ""))
            if address is not None:
                yield Domain(match.start(), end, address)

    def _redirects(self, path: tuple[str, ...] | list[str]) -> bool:
        return len(path) > 1 and path[0].lower() in self._sets["redirect-paths"] and bool(path[1])
