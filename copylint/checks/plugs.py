"""Plugs: the reader is steered to a shop, a brand, a link or a code, and nobody says before it that it is advertising.

Three things are looked at:
- addresses, in links and written out: affiliate addresses and placeholders are plugs whatever stands around them; an
  address of somebody else is one where the sentence steers there ("head to ...", "... offers"), where it leads to a
  shop, or where the link is marked rel=sponsored. (The mark is for search engines: readers never see it, so it
  discloses nothing.)
- wording without an address: discount codes, "link in bio", "buy from NAME", "speaking of which, NAME offers", a
  business recommended in the third person, a product recommended by name.
- the closing line that sells something the article never spoke of.

Let through: the page's own site and its own contact line, regulators, journals, societies and health services, the
page's social profiles and diary, lists of sources, citations that steer nowhere, warnings - and every plug that has a
visible disclosure before it. A disclosure that comes only afterwards makes promotion/late-disclosure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from copylint.checks.advertising.addresses import Target, from_target, own_hosts_of, targets_of
from copylint.checks.advertising.disclosures import Disclosure, disclosures
from copylint.checks.advertising.page import MOST_CUES, NEAR, Page, Plug
from copylint.checks.advertising.wording import from_wording
from copylint.checks.settings import CheckSettings
from copylint.findings import Candidate, Hit
from copylint.language.reading import Reading

if TYPE_CHECKING:
    from copylint.knowledge import Knowledge

PLUG = "promotion/plug"
LATE = "promotion/late-disclosure"
_LINE_END = re.compile(r"\r\n|\r|\n")
_ASKING = frozenset(("should", "can", "could", "is", "are", "do", "does", "would", "may", "why", "what", "where"))


def check(reading: Reading, knowledge: Knowledge, settings: CheckSettings) -> Iterator[Hit | Candidate]:
    """The plugs of a document: hits of promotion/plug and promotion/late-disclosure, and what was let through."""
    page = Page(reading, knowledge.affiliates, knowledge.treatment_terms)
    targets = targets_of(page)
    if not page.cues and not targets:
        return
    said = [
        disclosure for disclosure in disclosures(reading, page.cues)
        if not (disclosure.vague and "uk" in settings.jurisdictions)
    ]  # fmt: skip
    for plug in _plugs(page, targets, settings):
        if not reading.block_of(plug.first).hidden:
            yield from _judged(page, plug, said[0] if said else None)


def _plugs(page: Page, targets: list[Target], settings: CheckSettings) -> list[Plug]:
    """Everything that steers, in reading order; two signs of one plug are there once, addresses before wording."""
    reading = page.reading
    found: dict[int, list[Plug]] = {}
    own = own_hosts_of(page, targets, settings)
    for target in targets:
        for plug in from_target(page, target, own):
            found.setdefault(reading.sentence_of(plug.first), []).append(plug)
    for number in page.by_sentence:
        here = found.setdefault(number, [])
        for plug in from_wording(page, number, reading.sentences[number]):
            if not any(_same(reading.words.keys, plug, other) for other in here[:MOST_CUES]):
                here.append(plug)
    told = (plug for here in found.values() for plug in here if not _is_idle(plug, here))
    return sorted(told, key=lambda plug: (plug.first, plug.end))


def _is_idle(plug: Plug, here: list[Plug]) -> bool:
    """Whether a call names nobody, and another sign of the sentence stands for it."""
    return plug.excuse_kind == "requires" and any(other.excuse_kind != "requires" for other in here[:MOST_CUES])


def _judged(page: Page, plug: Plug, said: Disclosure | None) -> Iterator[Hit | Candidate]:
    """Whether a plug is let through. said: the first disclosure of the page."""
    reading = page.reading
    start, end = reading.span(plug.first, plug.end)
    if plug.excuse:
        yield Candidate(PLUG, start, end, plug.excuse_kind, plug.excuse)
        return
    warned = _warned(page, plug)
    if warned:
        yield Candidate(PLUG, start, end, *warned)
        return
    if said is None:
        yield Hit(PLUG, start, end, {"sign": plug.sign}, plug.severity, place=plug.place)
        return
    quote = _quote(reading, said)
    latest = start if plug.own_text is None else reading.span(*plug.own_text)[1]
    if said.start < latest:
        for rule in (PLUG, LATE):
            yield Candidate(rule, start, end, "unless", f'disclosed before it: "{quote}"', said.start, said.end)
        return
    place = reading.document.source_span(said.start, said.end)[0]
    line = len(_LINE_END.findall(reading.document.source.text, 0, place)) + 1
    yield Hit(
        LATE, start, end, {"sign": plug.sign, "disclosure": quote, "line": str(line)}, plug.severity, place=plug.place
    )


def _quote(reading: Reading, disclosure: Disclosure) -> str:
    text = " ".join(reading.document.text[disclosure.start : disclosure.end].split())
    return text if len(text) <= 60 else text[:57] + "..."


def _warned(page: Page, plug: Plug) -> tuple[str, str, int | None, int | None] | None:
    """Whether the words before the plug turn the reader away from it, or only ask."""
    reading = page.reading
    number = reading.sentence_of(plug.first)
    sentence = reading.sentences[number]
    keys = reading.words.keys
    for context in reading.contexts(plug.first, plug.end):
        if context.kind in ("negated", "refuted"):
            said = " ".join(keys[context.cue_first : context.cue_end])
            return "context", f'{context.kind} ("{said}")', *reading.span(context.cue_first, context.cue_end)
    for cue in page.roles(number, "warning"):
        between = keys[cue.end : plug.first]
        if cue.first <= plug.first and len(between) <= 8 and not {";", "but", "—", ":"} & set(between):
            said = " ".join(keys[cue.first : cue.end])
            span = reading.span(cue.first, cue.end)
            return "context", f'the reader is turned away from it ("{said}")', *span
    if keys[sentence.first] in _ASKING and "?" in keys[sentence.last - 2 : sentence.last] and plug.own_text is None:
        return "context", "a question", None, None
    return None


def _same(keys: list[str], one: Plug, other: Plug) -> bool:
    """Two signs of one plug, in one sentence: they overlap, or stand close together in one clause."""
    if other.excuse_kind == "requires" and not one.excuse:
        return False  # a call that names nobody hides no call that does
    if one.first < other.end and other.first < one.end:
        return True
    low, high = min(one.end, other.end), max(one.first, other.first)
    return high - low <= NEAR and ";" not in keys[low:high] and bool(other.excuse) == bool(one.excuse)
