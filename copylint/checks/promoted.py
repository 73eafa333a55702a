"""Which treatments a text promotes, and which it only mentions.

A treatment is promoted when it is a subject of the text (it stands in a heading, title or opening, it is named again
and again, or a paragraph begins with it) and the text speaks of its benefits or offers it. One that is only held
against another or denied is mentioned in passing. Treatments of one family ("liposuction", "laser liposuction") count
as one; one member speaks for it.
"""

from __future__ import annotations

from collections import Counter

from copylint.checks.surroundings import block_sentences, found_in
from copylint.knowledge import Knowledge, Treatment
from copylint.knowledge.mentions import TreatmentMention, in_sentences, treatment_mentions
from copylint.language.reading import Reading
from copylint.record import Record

PROMINENT = frozenset({"heading", "title", "description", "front-matter", "caption"})
COMPARISON_REACH = 6
"""Words: so far before a treatment a comparing word makes it the one that is held against another."""

_OFFERED = 3
"""Words of offer and benefit, one of offer among them, that make a page about a treatment an advertisement."""
_PRAISED = 5
"""Words of benefit that do, where nothing is offered."""


class Promoted(Record):
    """A promoted treatment and every mention of its family."""

    treatment: Treatment
    mentions: tuple[TreatmentMention, ...]

    @property
    def first(self) -> TreatmentMention:
        """The first mention."""
        return self.mentions[0]


def promoted_treatments(reading: Reading, knowledge: Knowledge) -> tuple[Promoted, ...]:
    """The treatments that the text promotes, in the order of their first mention. Found once per reading."""
    if "promoted treatments" not in reading.notes:
        reading.notes["promoted treatments"] = _promoted(reading, knowledge)
    promoted: tuple[Promoted, ...] = reading.notes["promoted treatments"]
    return promoted


def _promoted(reading: Reading, knowledge: Knowledge) -> tuple[Promoted, ...]:
    families: dict[str, list[TreatmentMention]] = {}
    for mention in treatment_mentions(reading, knowledge):
        families.setdefault(knowledge.treatments[mention.treatment].family, []).append(mention)
    total = sum(len(mentions) for mentions in families.values())
    found = []
    for mentions in families.values():
        real = [mention for mention in mentions if not _in_passing(reading, knowledge, mention)]
        if not real or not _is_subject(reading, real, total):
            continue
        if _is_praised(reading, knowledge, real) or _is_sold(reading, knowledge, real, total):
            found.append(Promoted(_spokesman(knowledge, real), tuple(real)))
    return tuple(sorted(found, key=lambda promoted: promoted.first.first))


def _spokesman(knowledge: Knowledge, mentions: list[TreatmentMention]) -> Treatment:
    """The member of the family that is named most often; a product before a technique, that before the group."""
    counts = Counter(mention.treatment for mention in mentions)
    branded = {mention.treatment for mention in mentions if mention.brand}
    order = list(counts)
    best = max(
        order,
        key=lambda key: (not knowledge.treatments[key].generic, key in branded, counts[key], -order.index(key)),
    )
    return knowledge.treatments[best]


def _in_passing(reading: Reading, knowledge: Knowledge, mention: TreatmentMention) -> bool:
    sentence = reading.sentences[mention.sentence]
    low = max(sentence.first, mention.first - COMPARISON_REACH)
    if found_in(knowledge.vocabulary("comparison"), reading, low, mention.first):
        return True
    return any(
        context.kind in ("negated", "refuted", "historical")
        for context in reading.contexts(mention.first, mention.end)
        if context.cue_end <= mention.first and mention.first - context.cue_end <= COMPARISON_REACH
    )


def _is_subject(reading: Reading, mentions: list[TreatmentMention], total: int) -> bool:
    blocks = reading.document.blocks
    if any(blocks[mention.block].kind in PROMINENT or mention.block == 0 for mention in mentions):
        return True
    if len(mentions) >= 3 and len(mentions) / total >= 0.2:
        return True
    for mention in mentions:
        first, end = block_sentences(reading, mention.block)
        opens = mention.sentence == first or (mention.sentence == first + 1 and end - first > 2)
        if opens and end - first >= 2:
            return True
    return False


def _is_praised(reading: Reading, knowledge: Knowledge, mentions: list[TreatmentMention]) -> bool:
    """Whether two words of benefit or offer stand where the treatment is spoken of."""
    lexicon = knowledge.vocabulary("promotion")
    sentences = reading.sentences
    seen: set[tuple[str, ...]] = set()
    looked_at: set[int] = set()
    named = {at for mention in mentions for at in range(mention.first, mention.end)}
    for mention in mentions:
        # A heading speaks for the block below it; a sentence for the two that follow it.
        for index in range(max(mention.sentence - 1, 0), min(mention.sentence + 3, len(sentences))):
            if index in looked_at:
                continue
            looked_at.add(index)
            sentence = sentences[index]
            for word in lexicon.find(reading.words, sentence.first, sentence.last):
                kinds = {context.kind for context in reading.contexts(word.first, word.end)}
                if word.first not in named and not kinds & {"negated", "refuted"}:
                    seen.add(tuple(reading.words.keys[word.first : word.end]))
            if len(seen) >= 2:
                return True
    return False


def _is_sold(reading: Reading, knowledge: Knowledge, mentions: list[TreatmentMention], total: int) -> bool:
    """Whether a page about one treatment offers it anywhere: later paragraphs say "it", or only what it costs."""
    if len(mentions) * 2 < total or not any(
        reading.document.blocks[mention.block].kind in PROMINENT or mention.block == 0 for mention in mentions
    ):
        return False
    lexicon = knowledge.vocabulary("promotion")
    keys = reading.words.keys
    praise: set[tuple[str, ...]] = set()
    offers: set[tuple[str, ...]] = set()
    named = {at for mention in mentions for at in range(mention.first, mention.end)}
    for word in in_sentences(lexicon, reading):
        kinds = {context.kind for context in reading.contexts(word.first, word.end)}
        if word.first not in named and not kinds & {"negated", "refuted"}:
            (offers if "offers" in word.ids else praise).add(tuple(keys[word.first : word.end]))
        if (offers and len(offers) + len(praise) >= _OFFERED) or len(praise) >= _PRAISED:
            return True
    return False
