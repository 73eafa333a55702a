"""Plugs by address: links, and web addresses written out in the text."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from copylint.checks.advertising.page import LONGEST, NEAR, Page, Plug, clause_end, spoken, words_in
from copylint.checks.settings import CheckSettings
from copylint.documents.document import Link
from copylint.findings import Severity
from copylint.knowledge.affiliates import Address, parse_address
from copylint.record import Record

OWN_REACH = 8
"""Words before an address in which "our" or "us" makes it the page's own."""

_OURS = frozenset(("our", "ours", "us"))
_FRONT_MATTER = re.compile(
    r"^(?:url|canonical|canonical_?url|site|siteurl|site_url|website|baseurl|base_url)[ \t]*:[ \t]*(\S{4,300})",
    re.IGNORECASE | re.MULTILINE,
)
_ATTRIBUTE = re.compile(r"(?:href|content)\s*=\s*[\"']?([^\"'\s>]{4,300})", re.IGNORECASE)
_MAIL = re.compile(r"[\w.+-]{1,64}@([\w-]{1,63}(?:\.[\w-]{1,63}){1,4})")


class Target(Record):
    """An address in the text: words first..end. shown: the address itself is what the reader sees."""

    first: int
    end: int
    address: Address | None
    raw: str
    rel: str = ""
    shown: bool = False
    place: tuple[int, int] | None = None
    """Source offsets of the link, address and all."""


def targets_of(page: Page) -> list[Target]:
    """Links and addresses written out, in reading order. A link whose text is its address is there once."""
    reading = page.reading
    found: list[Target] = []
    for link in reading.document.links:
        first, end = words_in(reading, link.start, link.end)
        if first < end:
            text = reading.document.text[link.start : link.end].strip()
            shown = "." in text and " " not in text
            label = _label_before(page, link.start, first) if shown else None
            first, end = label or (first, end)
            whole = not shown and end - first <= LONGEST
            place = (link.source_start, link.source_end) if whole else None
            found.append(Target(first, end, _address(link), link.target, link.rel, shown and label is None, place))
    taken = sorted((link.start, link.end) for link in reading.document.links if link.end > link.start)
    for domain in page.facts.domains(reading.document.text):
        at = bisect_left(taken, (domain.end, -1)) - 1
        if at >= 0 and taken[at][1] > domain.start:
            continue
        first, end = words_in(reading, domain.start, domain.end)
        if first < end:
            raw = reading.document.text[domain.start : domain.end]
            label = _label_before(page, domain.start, first)
            first, end = label or (first, end)
            target = raw if "://" in raw else "https://" + raw
            found.append(Target(first, end, domain.address, target, shown=label is None))
    return sorted(found, key=lambda target: target.first)


def _label_before(page: Page, start: int, first: int) -> tuple[int, int] | None:
    """The words that are the text of a link which lost its brackets, "Order it here(https://...)", if they are.

    start: visible offset of the address. first: its first word.
    """
    reading = page.reading
    text, keys = reading.document.text, reading.words.keys
    if start < 2 or text[start - 1] != "(" or text[start - 2].isspace():
        return None
    low = max(reading.sentences[reading.sentence_of(first)].first, first - LONGEST)
    end = first
    while end > low and not spoken(keys[end - 1]):
        end -= 1
    at = end
    while at > low and (spoken(keys[at - 1]) or keys[at - 1] == "'s"):
        at -= 1
    return (at, end) if at < end else None


def _address(link: Link) -> Address | None:
    """Where a link leads; a target without a scheme is relative, but for one that begins with www."""
    target = link.target.strip()
    return parse_address("//" + target if target.lower().startswith("www.") else target)


def from_target(page: Page, target: Target, own_hosts: OwnHosts) -> Iterator[Plug]:
    """The plug that an address is, or the reason why it is none."""
    facts, address = page.facts, target.address
    link = (target.first, target.end)
    own = address is not None and address.host in own_hosts
    paid = facts.paid_sign(target.raw)
    if paid and not own:
        end = min(target.end, target.first + LONGEST)
        yield Plug(target.first, end, paid, own_text=link, place=target.place)
        return
    if address is None:
        return
    number = page.reading.sentence_of(target.first)
    sponsored = "sponsored" in target.rel.lower().split()
    first, end, steering = _steered(page, target, number)
    sign = paid or ("rel=sponsored" if sponsored else "") or steering or facts.shop_sign(address) or ""
    severity: Severity | None = None if sponsored or steering else "warning"
    excuse = f"{address.host} is the page's own site" if own else _source(page, address.host)
    if not excuse and not sponsored:
        excuse = _neighbour(page, address.host, page.reading.sentences[number].block)
    if not excuse and not sign:
        excuse = "a mention or a citation: the words around it steer nowhere"
    yield Plug(first, end, sign, severity, excuse, own_text=None if target.shown else link)


def _source(page: Page, host: str) -> str:
    """The reason why a host is no business at all, or nothing."""
    if page.facts.is_authority(host):
        return f"{host} is a regulator, a health service, a journal, a society or a work of reference"
    return ""


def _neighbour(page: Page, host: str, block: int) -> str:
    """The reason why a link to a host is usual where it stands, or nothing."""
    if page.facts.is_host("social-hosts", host):
        return f"{host}: a profile, a video or a map"
    if page.facts.is_host("booking-hosts", host):
        return f"{host}: a diary for appointments"
    return "in a list of sources" if block in page.source_blocks else ""


def _steered(page: Page, target: Target, number: int) -> tuple[int, int, str]:
    """What steers to an address, and the words to underline: first, end, sign (empty: nothing does)."""
    reading = page.reading
    keys = reading.words.keys
    sentence = reading.sentences[number]
    cut = min(target.end, target.first + LONGEST)
    cues = page.by_sentence.get(number, ())
    for cue in cues:
        if cue.role == "offers" and target.end <= cue.first <= target.end + 1:
            return target.first, clause_end(keys, cue.end, min(sentence.last, target.first + LONGEST)), "an offer"
    for cue in cues:
        inside = target.first <= cue.first and cue.end <= target.end
        if inside and cue.role in ("shop-text", "shop-at", "discount-without-code"):
            return target.first, cut, "a call to buy"
        if inside and cue.role == "search-phrase" and not target.shown:
            return target.first, cut, "a search phrase as the text of a link"
    for cue in cues:
        if cue.role == "praised" and 0 <= cue.first - target.end <= 2:
            return target.first, min(cue.end, target.first + LONGEST), "praise for what is sold there"
    steering = [
        cue for cue in cues
        if cue.role in ("steer", "shop-at", "segue", "looking-for", "shop-text", "partner")
        and cue.end <= target.first <= cue.end + NEAR and not _stops_between(keys, cue.end, target.first)
        and not (page.roles(number, "citing") and cue.role == "steer")
    ]  # fmt: skip
    if steering:
        cue = max(steering, key=lambda cue: (cue.first, cue.end))
        first = cue.first if target.end - cue.first <= LONGEST else target.first
        return first, max(cut, first + 1), "the words that steer there"
    if target.shown and _led_to(page, target, number):
        return target.first, cut, "the words that lead there"
    return target.first, cut, ""


def _led_to(page: Page, target: Target, number: int) -> bool:
    """Whether an address that is written out is where something comes from, with nothing quoted from there."""
    keys = page.reading.words.keys
    before = keys[max(target.first - 2, page.reading.sentences[number].first) : target.first]
    return not page.roles(number, "citing") and not {"from", "at", "on", "via", ":", "has"}.isdisjoint(before)


def _stops_between(keys: list[str], first: int, end: int) -> bool:
    return any(key in (";", ".", "!", "?") for key in keys[first:end])


class OwnHosts:
    """The hosts that are the page's own, with those below and above them."""

    def __init__(self, hosts: Iterable[str]) -> None:
        self._hosts = frozenset(hosts)
        self._above = frozenset(above for host in self._hosts for above in _suffixes(host))

    def __contains__(self, host: str) -> bool:
        return host in self._above or any(above in self._hosts for above in _suffixes(host))


def _suffixes(host: str) -> list[str]:
    labels = host.split(".")
    return [".".join(labels[at:]) for at in range(len(labels) - 1)]


def own_hosts_of(page: Page, targets: list[Target], settings: CheckSettings) -> OwnHosts:
    """The page's own hosts: set by the user, declared in the page's head, or given as "our website", "write to us"."""
    reading = page.reading
    found = {_host(entry) for entry in settings.own_sites}
    found.update(_declared(reading.document.source.text))
    for target in targets:
        if target.address and not _is_strange(page, target.address.host) and _given_as_ours(page, target):
            found.add(target.address.host)
    for match in _MAIL.finditer(reading.document.text) if "@" in reading.document.text else ():
        first, _ = words_in(reading, match.start(), match.end())
        if reading.sentence_of(first) not in page.third_sentences:
            found.add(_host(match.group(1)))
    return OwnHosts(host for host in found if host)


def _is_strange(page: Page, host: str) -> bool:
    """Whether a host is known as somebody else's, however the text calls it."""
    return any(page.facts.is_host(kind, host) for kind in ("affiliate-hosts", "retailer-hosts", "link-pages"))


def _given_as_ours(page: Page, target: Target) -> bool:
    """Whether the words before or in an address say "us" or "our": "with us at ...", "our website ..."."""
    number = page.reading.sentence_of(target.first)
    if number not in page.own_sentences or number in page.third_sentences:
        return False
    first = max(target.first - OWN_REACH, page.reading.sentences[number].first)
    return bool(_OURS & set(page.reading.words.keys[first : min(target.end, target.first + OWN_REACH)]))


def _declared(source: str) -> Iterator[str]:
    """The hosts that a page's front matter, canonical link or Open Graph address names."""
    if source.startswith("---"):
        stop = max(source.find("\n---", 3), 0)
        yield from (_host(match.group(1)) for match in _FRONT_MATTER.finditer(source, 0, stop))
    for mark in ("canonical", "og:url"):
        at = source.find(mark)
        while at >= 0:
            start = max(source.rfind("<", max(at - 500, 0), at), 0)
            if source.startswith(("<link", "<meta"), start):
                match = _ATTRIBUTE.search(source, start, source.find(">", at, at + 500) + 1 or at + 500)
                if match:
                    yield _host(match.group(1))
            at = source.find(mark, at + 1)


def _host(entry: str) -> str:
    entry = entry.strip("\"'<>,; ")
    address = parse_address(entry if "//" in entry else "//" + entry)
    return address.host if address else ""
