"""Disclosures: where a text says, visibly, that it is advertising.

A disclosure counts where a visitor reads it before the plug. So one in a hidden element, an `alt` text, a title bar or
a comment is none; nor is one that is taken back ("this post is not sponsored"). Short labels ("Ad", "Sponsored") are
everyday words too: they count only as labels, at the head of a line, before a colon or in brackets. Labels that the
UK's ASA found too vague ("gifted", "in collaboration with") count where the UK is not asked for.
"""

from __future__ import annotations

from collections.abc import Iterable

from copylint.documents.document import Block
from copylint.knowledge.affiliates import Cue
from copylint.language.reading import Reading
from copylint.record import Record

UNSEEN = frozenset(("title", "description", "alt", "label", "structured-data"))
"""Kinds of block that a visitor does not read on the page."""
REACH = 6
"""Words that a negation before a disclosure reaches over."""
_STOPS = frozenset((",", ";", ":", "—", "but", "however", "though", "although", "only"))
_AFTER_LABEL = frozenset((":", "—", "|", ")", "]", "!", ".", "by", "for", "from", "feature", "content", "post"))


class Disclosure(Record):
    """Words start..end (visible offsets) that disclose. vague: not clear enough for the UK's regulator."""

    start: int
    end: int
    vague: bool = False


def disclosures(reading: Reading, cues: Iterable[Cue]) -> list[Disclosure]:
    """The disclosures of a document in reading order, those that nobody sees or that are taken back left out."""
    cues = list(cues)
    negations = {at for cue in cues if cue.role == "negation" for at in range(cue.first, cue.end)}
    found = []
    for cue in cues:
        if not cue.role.startswith("disclosure"):
            continue
        block = reading.block_of(cue.first)
        if block.hidden or block.kind in UNSEEN or _taken_back(reading, cue, negations):
            continue
        if cue.role == "disclosure-label" and not _is_label(reading, cue, block):
            continue
        found.append(Disclosure(*reading.span(cue.first, cue.end), cue.role == "disclosure-vague"))
    return sorted(found, key=lambda disclosure: (disclosure.start, -disclosure.end))


def _taken_back(reading: Reading, cue: Cue, negations: set[int]) -> bool:
    sentence = reading.sentences[reading.sentence_of(cue.first)]
    keys = reading.words.keys
    # The negation may be a part of the phrase's own words: "is not a sponsored post" is found from "sponsored" on.
    for at in range(cue.first - 1, max(sentence.first, cue.first - REACH) - 1, -1):
        if keys[at] in _STOPS:
            return False
        if at in negations:
            return True
    return False


def _is_label(reading: Reading, cue: Cue, block: Block) -> bool:
    words, text = reading.words, reading.document.text
    start, end = reading.span(cue.first, cue.end)
    before = text[block.start : start].rstrip(" \t")
    if before.endswith(("(", "[")):
        # "(AD)" is a disease as often as a label.
        return text[end : end + 1] in (")", "]", ":") and not (end - start == 2 and text[start:end] == "AD")
    if before and before[-1] not in "\n.!?:|•–—":
        return False
    if end >= block.end or text[end] == "\n":
        return True
    after = words.keys[cue.end] if cue.end < len(words) else ""
    if after == "," and end - start > 3:
        # "Advertisement, paid for by NAME"; "ads, apps and films" is a list of things.
        return True
    return after in _AFTER_LABEL and words.starts[cue.end] < block.end
