"""What copy says that regulators have approved, held against what they have.

approval: "FDA-approved" of a cleared device, of a clinic, of a technique. off-label: a product for a use or a place of
the body outside its approval. seal: "FDA-registered", "CE-approved" and other marks that prove nothing. For the public
of the UK, Australia, Canada and the EU: prescription-only medicines; everywhere: products that nobody has licensed.
"""

from __future__ import annotations

from collections.abc import Iterator

from copylint.checks.medicines import prescription_only, unlicensed
from copylint.checks.off_label import Use, areas_named, uses_outside
from copylint.checks.promoted import promoted_treatments
from copylint.checks.settings import CheckSettings
from copylint.checks.surroundings import answered_yes, cue_of, found_in, listed
from copylint.findings import Candidate, Hit
from copylint.knowledge import Brand, Knowledge, Treatment
from copylint.knowledge.mentions import in_sentences, mentions_of_block, mentions_of_sentence
from copylint.language.context import Context
from copylint.language.lexicon import Mention
from copylint.language.reading import Reading, Sentence
from copylint.record import Record

APPROVAL = "regulator/approval"
SEAL = "regulator/seal"

_EXCUSES = frozenset({"negated", "questioned", "refuted"})
_SEALS = frozenset({"seals", "others-seals", "vouches"})
_NAMES = frozenset({"names", "others", "agency"})
_BESIDE = 4
"""Words between the regulator's name and the status that it is said to have given."""
_OF_A_KIND = {
    "devices": "devices of this kind are cleared, not approved; name the product and its clearance",
    "methods": "the FDA approves or clears products; a technique has no approval",
}
_RIGHT = {
    "approved": "{name} is approved, which is more than cleared",
    "cleared": "{name} is cleared (a device shown to be like one on the market), not approved",
    "neither": "no approval or clearance covers {name}",
    "not-cleared": "{name} has no approval or clearance in the US that is known to us",
    "withdrawn": "{name} was withdrawn from the market",
}
_NOUN_ENDS = frozenset({",", ".", "for", "to", "that", "which", "by", "in", "at", "and", "—", "with", ";", ":"})
_BE = frozenset({"be", "is", "are", "was", "were", "'s", "being", "been", "has", "have"})
_WITHIN = frozenset({"in", "at", "by", "with", "for"})
_GIVEN = frozenset({"given", "gives", "gave", "give", "got", "gets", "won", "has", "earned", "received"})
_PRESENT = 8
"""Words between the regulator's name and the praise that it is said to have given: "tested it and gave it a star"."""
_ANYONE = frozenset({"anyone", "everyone", "everybody", "anybody"})
_NOUN = 6
"""Words after "FDA-approved" in which the thing that is approved is named."""


def check(reading: Reading, knowledge: Knowledge, settings: CheckSettings) -> Iterator[Hit | Candidate]:
    """Misstated approvals, and medicines that may not be advertised."""
    beyond = list(uses_outside(reading, knowledge, settings.jurisdictions))
    yield from (use.result for use in beyond)
    yield from _approvals(reading, knowledge, beyond)
    yield from _seals(reading, knowledge)
    yield from prescription_only(reading, knowledge, settings.jurisdictions)
    yield from unlicensed(reading, knowledge, settings.jurisdictions)


# ---- approval


class _Status(Record):
    """Words that say a regulator approved or cleared something: "approved" or "cleared", and the words themselves.

    elsewhere: the regulator is not the FDA.
    """

    word: str
    first: int
    end: int
    sentence: int
    elsewhere: bool


def _statuses(reading: Reading, knowledge: Knowledge) -> Iterator[_Status]:
    lexicon = knowledge.vocabulary("regulator")
    named = _sentences_with(reading, knowledge, "names", "others")
    after = _sentences_with(reading, knowledge, "agency") if named else []
    for index in sorted({*named, *(index for index in after if index >= named[0])}):
        sentence = reading.sentences[index]
        found = list(lexicon.find(reading.words, sentence.first, sentence.last))
        names = [mention for mention in found if not _NAMES.isdisjoint(mention.ids)]
        for mention in found:
            word = next((word for word in ("approved", "cleared") if word in mention.ids), None)
            near = [name for name in names if _distance(name, mention) <= _BESIDE]
            if not word and "others-licensed" in mention.ids and near and all("others" in name.ids for name in near):
                word = "approved"
            if word and near:
                first = min(mention.first, near[0].first)
                elsewhere = all("others" in name.ids for name in near)
                if not (elsewhere and word == "cleared"):
                    yield _Status(word, first, max(mention.end, near[0].end), index, elsewhere)


def _sentences_with(reading: Reading, knowledge: Knowledge, *lists: str) -> list[int]:
    """The sentences that hold a word of these lists of the regulator vocabulary."""
    found = {
        reading.sentence_of(mention.first)
        for mention in in_sentences(knowledge.vocabulary("regulator"), reading)
        if not set(lists).isdisjoint(mention.ids)
    }
    return sorted(found)


def _distance(one: Mention, other: Mention) -> int:
    return max(one.first, other.first) - min(one.end, other.end)


def _approvals(reading: Reading, knowledge: Knowledge, beyond: list[Use]) -> Iterator[Hit | Candidate]:
    for status in _statuses(reading, knowledge):
        place = reading.span(status.first, status.end)
        excuse = _excused(reading, knowledge, status)
        exclusive = _exclusive(reading, knowledge, status)
        if excuse is not None and exclusive is None:
            yield excuse
            continue
        if exclusive is not None:
            yield exclusive
            continue
        used = [use.result for use in beyond if abs(use.sentence - status.sentence) <= 1]
        outside = next((hit for hit in used if isinstance(hit, Hit)), None)
        if outside is not None:
            yield Hit(APPROVAL, *place, {"what": outside.values["product"], "right": outside.values["approved"]})
            continue
        yield _judged(reading, knowledge, status)


def _excused(reading: Reading, knowledge: Knowledge, status: _Status) -> Candidate | None:
    place = reading.span(status.first, status.end)
    for context in reading.contexts(status.first, status.end):
        if context.kind == "questioned" and answered_yes(reading, knowledge, status.sentence):
            continue
        if context.kind in _EXCUSES or (context.kind == "quoted" and _only_named(reading, knowledge, context)):
            cue = cue_of(reading, context)
            return Candidate(APPROVAL, *place, "context", f"{context.kind}, so no claim", *cue)
    keys = reading.words.keys
    if "not" in keys[status.first : status.end] or _denied_after(reading, status.end):
        return Candidate(APPROVAL, *place, "context", "negated, so no claim")
    sentence = reading.sentences[status.sentence]
    for mention in knowledge.vocabulary("statement").find(reading.words, sentence.first, sentence.last):
        cue = reading.span(mention.first, mention.end)
        if "advice" in mention.ids and mention.end <= status.first:
            return Candidate(APPROVAL, *place, "let-through", "the reader is told to check, nothing is claimed", *cue)
        if "explains" in mention.ids:
            return Candidate(APPROVAL, *place, "let-through", "the sentence explains what approval is", *cue)
        if "open-words" in mention.ids:
            return Candidate(APPROVAL, *place, "let-through", "the limit of the approval is stated", *cue)
        if "doubts" in mention.ids:
            return Candidate(APPROVAL, *place, "let-through", "the words around it take it back", *cue)
    return None


def _only_named(reading: Reading, knowledge: Knowledge, quotation: Context) -> bool:
    """Whether a quotation only names the words: it fills its block (a table of such words), or is then taken apart."""
    index = reading.sentence_of(quotation.scope_first)
    sentence = reading.sentences[index]
    block = reading.document.blocks[sentence.block]
    start, end = reading.span(quotation.scope_first, quotation.scope_end)
    if block.kind == "table-cell" and end - start >= len(reading.document.text[block.start : block.end].strip()) - 3:
        return True
    ends = [one.last for one in reading.sentences[index : index + 2] if one.block == sentence.block]
    return not {"doubts", "explains"}.isdisjoint(
        found_in(knowledge.vocabulary("statement"), reading, sentence.first, ends[-1])
    )


def _denied_after(reading: Reading, end: int) -> bool:
    """Whether the very next word takes the thing away: "the FDA endorses no clinic"."""
    return not {"no", "none", "neither", "nothing", "nobody"}.isdisjoint(reading.words.keys[end : end + 1])


def _exclusive(reading: Reading, knowledge: Knowledge, status: _Status) -> Hit | None:
    """Words such as "no other toxin has approval": false where several brands of the treatment have it."""
    sentence = reading.sentences[status.sentence]
    before = found_in(knowledge.vocabulary("statement"), reading, sentence.first, status.first)
    if "exclusive" not in before:
        return None
    treatment, _ = _product(reading, knowledge, status)
    if treatment is None or treatment.fda_word != "approved":
        return None
    holders = [b.name for b in treatment.brands.values() if b.us_status == status.word and not b.generic]
    if len({name.partition(" ")[0] for name in holders}) < 2:
        return None
    right = f"several products of the kind are {status.word}: {listed(holders[:4])}"
    return Hit(APPROVAL, *reading.span(status.first, status.end), {"what": treatment.name, "right": right})


def _product(reading: Reading, knowledge: Knowledge, status: _Status) -> tuple[Treatment | None, Brand | None]:
    """What the status is said of: the nearest treatment of the sentence, of the sentences before, of the text."""
    here = mentions_of_sentence(reading, knowledge, status.sentence)
    block = reading.sentences[status.sentence].block
    if here:
        nearest = min(here, key=lambda m: (max(m.first - status.end, status.first - m.end), m.first < status.first))
    else:
        beside = mentions_of_block(reading, knowledge, block)
        before = [m for m in beside if m.sentence < status.sentence]
        after = [m for m in beside if m.sentence == status.sentence + 1]
        above = [m for at in range(max(block - 3, 0), block) for m in mentions_of_block(reading, knowledge, at)]
        rest = before[-1:] or above[-1:] or after[:1]
        if not rest:
            promoted = promoted_treatments(reading, knowledge)
            return (promoted[0].treatment, None) if promoted else (None, None)
        nearest = rest[0]
    treatment = knowledge.treatments[nearest.treatment]
    return treatment, treatment.brands.get(nearest.brand)


def _judged(reading: Reading, knowledge: Knowledge, status: _Status) -> Hit | Candidate:
    place = reading.span(status.first, status.end)
    thing = _thing(reading, knowledge, status, reading.sentences[status.sentence])
    treatment, brand = _product(reading, knowledge, status)
    if _for_anyone(reading, status):
        covers = "an approval names the people and the use that it covers, never everybody"
        return Hit(APPROVAL, *place, {"what": "an approval for everybody", "right": covers})
    if status.elsewhere:
        return _judged_elsewhere(reading, knowledge, status, thing)
    if thing == "places":
        what = "a clinic, a person or a laboratory"
        return Hit(APPROVAL, *place, {"what": what, "right": "the FDA approves or clears products only"})
    if treatment is None:
        if not thing and status.word == "approved":
            thing = _thing_meant(reading, knowledge, status)
        right = _OF_A_KIND.get(thing) if status.word == "approved" else None
        if right is not None:
            return Hit(APPROVAL, *place, {"what": f"one of the {thing}", "right": right})
        return Candidate(APPROVAL, *place, "let-through", "no product is named that the status could be false of")
    name = brand.name if brand is not None and not brand.generic else treatment.name
    actual = _actual(treatment, brand)
    if thing == "devices" and actual == "approved" and not _names_device(treatment):
        # "this FDA-approved laser" in a text that also speaks of a drug
        actual, name = "cleared", "a device of this kind"
    if thing == "drugs" and _names_device(treatment) and not mentions_of_sentence(reading, knowledge, status.sentence):
        return Candidate(APPROVAL, *place, "let-through", "a medicine or a filler of this kind may be approved")
    if actual == status.word:
        beyond = _named_beyond(reading, knowledge, status, treatment, brand)
        if beyond is not None:
            return Hit(APPROVAL, *place, {"what": name, "right": f"{name} is not {actual} for {beyond}"})
        return Candidate(APPROVAL, *place, "let-through", f"{name} is {actual} in the US")
    if status.word == "cleared" and actual == "neither" and brand is None:
        return Candidate(APPROVAL, *place, "let-through", f"a device used for {name} may be cleared")
    mild = status.word == "cleared" and actual == "approved"
    right = _RIGHT[actual].format(name=name)
    return Hit(APPROVAL, *place, {"what": name, "right": right}, severity="suggestion" if mild else None)


def _for_anyone(reading: Reading, status: _Status) -> bool:
    """Whether the status is said to hold for everybody: "approved it for anyone who ..."."""
    keys = reading.words.keys
    end = min(status.end + _BESIDE, reading.sentences[status.sentence].last)
    return any(keys[at] == "for" and not _ANYONE.isdisjoint(keys[at + 1 : at + 2]) for at in range(status.end, end))


def _judged_elsewhere(reading: Reading, knowledge: Knowledge, status: _Status, thing: str) -> Hit | Candidate:
    """A regulator elsewhere: it licenses medicines, so its approval of anything else is none."""
    place = reading.span(status.first, status.end)
    treatment, _ = _product(reading, knowledge, status)
    if treatment is not None and thing != "places" and treatment.kind in ("injectable-drug", "topical"):
        return Candidate(APPROVAL, *place, "let-through", f"{treatment.name} is a medicine, which can be approved")
    right = "such a regulator licenses medicines; devices are registered with it or listed, and clinics are neither"
    if thing == "places" and "licensed" in reading.words.keys[status.first : status.end]:
        return Candidate(APPROVAL, *place, "let-through", "a pharmacy or a maker may be licensed")
    if thing in ("places", "methods") or (treatment is None and thing == "devices"):
        return Hit(APPROVAL, *place, {"what": f"one of the {thing}", "right": right})
    if treatment is not None and (_names_device(treatment) or treatment.kind == "injectable-unapproved"):
        return Hit(APPROVAL, *place, {"what": treatment.name, "right": right})
    return Candidate(APPROVAL, *place, "let-through", "no product is named that the status could be false of")


def _thing_meant(reading: Reading, knowledge: Knowledge, status: _Status) -> str:
    """What "it" means in "the agency approved it": devices, when the words before it name one."""
    keys = reading.words.keys
    said_of = {"it", "them", "this", "these"} & set(keys[max(status.first - 3, 0) : status.end + 1])
    if not said_of:
        return ""
    sentence = reading.sentences[status.sentence]
    before = reading.sentences[max(status.sentence - 1, 0)]
    low = before.first if before.block == sentence.block else sentence.first
    return "devices" if "devices" in found_in(knowledge.vocabulary("regulator"), reading, low, status.first) else ""


def _named_beyond(
    reading: Reading, knowledge: Knowledge, status: _Status, treatment: Treatment, brand: Brand | None
) -> str | None:
    """The first place in "FDA-cleared for ..." that the clearance does not cover."""
    sentence = reading.sentences[status.sentence]
    keys = reading.words.keys
    if "for" not in keys[status.end : status.end + 2]:
        return None
    brands = [brand] if brand is not None else list(treatment.brands.values())
    covered = {area for one in brands if one.us_status == status.word for _, area in one.indications}
    anywhere = {use for one in brands if one.us_status == status.word for use, area in one.indications if not area}
    covered.discard("")
    if not covered or anywhere & found_in(knowledge.indication_terms, reading, status.end, sentence.last):
        return None
    later = (m.first for m in mentions_of_sentence(reading, knowledge, status.sentence) if m.first > status.end)
    stop = next(later, None)
    for area in areas_named(reading, knowledge, sentence):
        target = area.ids[0]
        if area.first < status.end or (stop is not None and area.first > stop):
            continue
        if not any(knowledge.area_covers(one, target) or knowledge.area_covers(target, one) for one in covered):
            return knowledge.areas[target][0]
    return None


def _thing(reading: Reading, knowledge: Knowledge, status: _Status, sentence: Sentence) -> str:
    """What kind of thing the status is said of, by its noun: places, devices, drugs, methods or ""."""
    lexicon = knowledge.vocabulary("regulator")
    kinds = ("places", "devices", "drugs", "methods")
    keys = reading.words.keys
    for mention in lexicon.find(reading.words, status.end, min(status.end + _NOUN, sentence.last)):
        if not _NOUN_ENDS.isdisjoint(keys[status.end : mention.first]):
            break
        kind = next((kind for kind in kinds if kind in mention.ids), None)
        if kind is not None:
            return kind
    # "the laser is FDA-cleared": the noun stands before
    low = status.first
    while low > sentence.first and status.first - low < _NOUN:
        if keys[low - 1] in _NOUN_ENDS and keys[low - 1 : low + 1] != ["to", "be"]:
            break
        low -= 1
    if _BE.isdisjoint(keys[low : status.first]):
        return ""
    found = lexicon.find(reading.words, low, status.first)
    before = [kind for mention in found for kind in mention.ids if kind in kinds]
    if keys[low - 1] in _WITHIN and before[-1:] == ["places"]:
        return ""  # "the lasers in this clinic are cleared": said of the lasers
    return before[-1] if before else ""


def _names_device(treatment: Treatment) -> bool:
    return treatment.kind in ("energy-device", "mechanical", "injectable-device", "surgery")


def _actual(treatment: Treatment, brand: Brand | None) -> str:
    """Approved | cleared | neither | not-cleared | withdrawn."""
    if brand is not None and brand.us_status not in ("unknown",):
        return brand.us_status
    return treatment.fda_word


# ---- seals


def _seals(reading: Reading, knowledge: Knowledge) -> Iterator[Hit | Candidate]:
    lexicon = knowledge.vocabulary("regulator")
    looked_for = {"names", "others", "seal-phrases", "marks"}
    indexes = {
        reading.sentence_of(mention.first)
        for mention in in_sentences(lexicon, reading)
        if looked_for.intersection(mention.ids)
    }
    for index in sorted(indexes):
        sentence = reading.sentences[index]
        found = list(lexicon.find(reading.words, sentence.first, sentence.last))
        for first, end in _seal_places(reading, found):
            yield _judged_seal(reading, knowledge, sentence, first, end)
        if any("marks" in mention.ids for mention in found) and answered_yes(reading, knowledge, index):
            # "Does it carry the CE mark? Yes, so rest easy about quality."
            answer = reading.sentences[index + 1]
            drawn = lexicon.find(reading.words, answer.first, answer.last)
            worth = next((mention for mention in drawn if "worth" in mention.ids), None)
            if worth is not None:
                yield _judged_seal(reading, knowledge, answer, worth.first, worth.end)


def _seal_places(reading: Reading, found: list[Mention]) -> Iterator[tuple[int, int]]:
    keys = reading.words.keys
    names = [mention for mention in found if not _NAMES.isdisjoint(mention.ids)]
    worth = [mention for mention in found if "worth" in mention.ids]
    for mention in found:
        if "seal-phrases" in mention.ids or ("marks" in mention.ids and worth):
            yield mention.first, mention.end
        elif "gifts" in mention.ids and (giver := _giver(keys, names, mention)) is not None:
            yield max(giver.first, mention.end - _PRESENT), mention.end
        elif not _SEALS.isdisjoint(mention.ids):
            for name in names:
                gap = keys[name.end : mention.first]
                beside = name.end <= mention.first and (not gap or gap == ["'s"])
                by = mention.end < name.first <= mention.end + 3 and keys[mention.end] in ("by", "with", "from", "of")
                vouching = beside and "vouches" in mention.ids
                stamped = "others-seals" in mention.ids if "others" in name.ids else "seals" in mention.ids
                if vouching or ((beside or by) and stamped):
                    yield min(name.first, mention.first), max(name.end, mention.end)
        elif "approved" in mention.ids or "cleared" in mention.ids:
            # "FDA-cleared: guarantees safety"
            near = [word for word in worth if 0 <= word.first - mention.end <= 2]
            proof = next((word for word in near if keys[word.first].startswith("guarant")), None)
            subject = next((name for name in names if name.end == mention.first), None)
            if proof is not None and subject is not None:
                yield subject.first, proof.end


def _giver(keys: list[str], names: list[Mention], gift: Mention) -> Mention | None:
    """The regulator that is said to have given a thing its praise: "the FDA gave it a gold star"."""
    for name in names:
        between = keys[name.end : gift.first]
        if name.end <= gift.first and len(between) <= _PRESENT and not _GIVEN.isdisjoint(between):
            return name
    return None


def _judged_seal(reading: Reading, knowledge: Knowledge, sentence: Sentence, first: int, end: int) -> Hit | Candidate:
    span = reading.span(first, end)
    asked = answered_yes(reading, knowledge, reading.sentence_of(first))
    keys = reading.words.keys
    for context in reading.contexts(first, end):
        if context.kind == "questioned" and asked:
            continue
        excused = context.kind in _EXCUSES and keys[context.cue_first - 1] not in ("our", "my")  # "our promise of"
        if excused or (context.kind == "quoted" and _only_named(reading, knowledge, context)):
            cue = cue_of(reading, context)
            return Candidate(SEAL, *span, "context", f"{context.kind}, so no claim", *cue)
    if _denied_after(reading, end):
        return Candidate(SEAL, *span, "context", "negated, so no claim")
    for mention in knowledge.vocabulary("statement").find(reading.words, sentence.first, sentence.last):
        cue = reading.span(mention.first, mention.end)
        if "advice" in mention.ids and mention.end <= first:
            return Candidate(SEAL, *span, "let-through", "the reader is told to check, nothing is claimed", *cue)
        if "doubts" in mention.ids:
            return Candidate(SEAL, *span, "let-through", "the words around it say that it proves nothing", *cue)
        if "explains" in mention.ids and "not" in keys[sentence.first : sentence.last]:
            return Candidate(SEAL, *span, "let-through", "the sentence explains what the mark does not mean", *cue)
    if "not" in keys[end : sentence.last] and {"approval", "approved", "endorsement"} & set(keys[end : sentence.last]):
        return Candidate(SEAL, *span, "let-through", "the sentence says that the mark is no approval")
    return Hit(SEAL, *span)
