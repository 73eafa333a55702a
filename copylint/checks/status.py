"""What copy says that regulators have approved, held against what they have.

approval: "FDA-approved" of a cleared device, of a clinic, of a technique. off-label: a product for a use or a place of
the body outside its approval. seal: "FDA-registered", "CE-approved" and other marks that prove nothing. For the public
of the UK, Australia, Canada and the EU: prescription-only medicines; everywhere: products that nobody has licensed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from copylint.checks.promoted import PROMINENT, promoted_treatments
from copylint.checks.settings import CheckSettings
from copylint.checks.surroundings import found_in, listed
from copylint.findings import Candidate, Hit
from copylint.knowledge import Brand, Knowledge, Treatment
from copylint.knowledge.mentions import TreatmentMention, treatment_mentions
from copylint.language.lexicon import Mention
from copylint.language.reading import Reading, Sentence

APPROVAL = "regulator/approval"
OFF_LABEL = "regulator/off-label"
SEAL = "regulator/seal"
PRESCRIPTION_ONLY = "regulator/prescription-only"
UNLICENSED = "regulator/unlicensed"

_EXCUSES = frozenset({"negated", "questioned", "refuted"})
_BESIDE = 4
"""Words between the regulator's name and the status that it is said to have given."""
_NOUN = 6
"""Words after "FDA-approved" in which the thing that is approved is named."""
_RULED_BY_EU = "uk"
"""Prescription-only status in the EU is read from the UK's: the same directive shaped both."""
_TIGHT = frozenset({"deoxycholic-acid"})
"""Treatments approved for one small place: a neighbouring place is another use. Else the region decides."""
_NEIGHBOURS = {"deoxycholic-acid": frozenset({"chin", "jawline", "face", "neck", "body"})}
_DETERMINERS = frozenset({
    "the", "your", "their", "his", "her", "my", "our", "upper", "lower", "inner", "outer", "and", "or", ",", "as", "both",
})  # fmt: skip
_DOUBTFUL_AREAS = frozenset({
    "back", "body", "hand", "hands", "smile", "bottom", "rear", "crown", "temple", "foot", "feet", "sole", "soles", "arm",
    "calf", "butt", "bum", "abs", "feminine", "brazilian", "groin", "mons", "pooch", "leg",
})  # fmt: skip
_CONDITIONS = {"cellulite": ("cellulite", "cellulite-temporary"), "weight-management": ("weight-management",)}
"""Uses that are checked although they name no place: the words' indication -> indications that allow them."""


def check(reading: Reading, knowledge: Knowledge, settings: CheckSettings) -> Iterator[Hit | Candidate]:
    """Misstated approvals, and medicines that may not be advertised."""
    beyond = list(_off_label(reading, knowledge))
    yield from (use.result for use in beyond)
    yield from _approvals(reading, knowledge, beyond)
    yield from _seals(reading, knowledge)
    yield from _prescription_only(reading, knowledge, settings.jurisdictions)
    yield from _unlicensed(reading, knowledge, settings.jurisdictions)


# ---- approval


@dataclass(frozen=True, slots=True)
class _Status:
    """Words that say the FDA approved or cleared something: "approved" or "cleared", and the words themselves."""

    word: str
    first: int
    end: int
    sentence: int


def _statuses(reading: Reading, knowledge: Knowledge) -> Iterator[_Status]:
    lexicon = knowledge.vocabulary("regulator")
    for index in _sentences_with(reading, knowledge, "names"):
        sentence = reading.sentences[index]
        found = list(lexicon.find(reading.words, sentence.first, sentence.last))
        names = [mention for mention in found if "names" in mention.ids]
        for mention in found:
            word = next((word for word in ("approved", "cleared") if word in mention.ids), None)
            near = [name for name in names if _distance(name, mention) <= _BESIDE]
            if word and near:
                first = min(mention.first, near[0].first)
                yield _Status(word, first, max(mention.end, near[0].end), index)


def _sentences_with(reading: Reading, knowledge: Knowledge, name: str) -> list[int]:
    """The sentences that hold a word of this list of the regulator vocabulary, hidden ones left out."""
    found = {
        reading.sentence_of(mention.first)
        for mention in knowledge.vocabulary("regulator").find(reading.words)
        if name in mention.ids
    }
    return sorted(index for index in found if not reading.document.blocks[reading.sentences[index].block].hidden)


def _distance(one: Mention, other: Mention) -> int:
    return max(one.first, other.first) - min(one.end, other.end)


def _approvals(reading: Reading, knowledge: Knowledge, beyond: list[_Use]) -> Iterator[Hit | Candidate]:
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
        used = next((use for use in beyond if abs(use.sentence - status.sentence) <= 1 and isinstance(use.result, Hit)), None)
        if used is not None:
            yield Hit(APPROVAL, *place, {"what": used.result.values["product"], "right": used.result.values["approved"]})
            continue
        yield _judged(reading, knowledge, status)


def _excused(reading: Reading, knowledge: Knowledge, status: _Status) -> Candidate | None:
    place = reading.span(status.first, status.end)
    for context in reading.contexts(status.first, status.end):
        if context.kind in _EXCUSES:
            cue = reading.span(context.cue_first, context.cue_end) if context.cue_end > context.cue_first else (None, None)
            return Candidate(APPROVAL, *place, "context", f"{context.kind}, so no claim", *cue)
    keys = reading.words.keys
    if "not" in keys[status.first : status.end]:
        return Candidate(APPROVAL, *place, "context", "negated, so no claim")
    sentence = reading.sentences[status.sentence]
    for mention in knowledge.vocabulary("regulator").find(reading.words, sentence.first, sentence.last):
        cue = reading.span(mention.first, mention.end)
        if "advice" in mention.ids and mention.end <= status.first:
            return Candidate(APPROVAL, *place, "let-through", "the reader is told to check, nothing is claimed", *cue)
        if "explains" in mention.ids:
            return Candidate(APPROVAL, *place, "let-through", "the sentence explains what approval is", *cue)
        if "open-words" in mention.ids:
            return Candidate(APPROVAL, *place, "let-through", "the limit of the approval is stated", *cue)
    return None


def _exclusive(reading: Reading, knowledge: Knowledge, status: _Status) -> Hit | None:
    """"No other toxin has approval": false where several brands of the treatment have it."""
    sentence = reading.sentences[status.sentence]
    before = found_in(knowledge.vocabulary("regulator"), reading, sentence.first, status.first)
    if "exclusive" not in before:
        return None
    treatment, _ = _product(reading, knowledge, status)
    if treatment is None:
        return None
    holders = [b.name for b in treatment.brands.values() if b.us_status == status.word and not b.generic]
    if len({name.partition(" ")[0] for name in holders}) < 2:
        return None
    right = f"several products of the kind are {status.word}: {listed(holders[:4])}"
    return Hit(APPROVAL, *reading.span(status.first, status.end), {"what": treatment.name, "right": right})


def _product(reading: Reading, knowledge: Knowledge, status: _Status) -> tuple[Treatment | None, Brand | None]:
    """What the status is said of: the nearest treatment of the sentence, of the sentences before, of the text."""
    mentions = treatment_mentions(reading, knowledge)
    here = [mention for mention in mentions if mention.sentence == status.sentence]
    block = reading.sentences[status.sentence].block
    if here:
        nearest = min(here, key=lambda m: (max(m.first - status.end, status.first - m.end), m.first < status.first))
    else:
        before = [m for m in mentions if m.block == block and m.sentence < status.sentence]
        after = [m for m in mentions if m.block == block and m.sentence == status.sentence + 1]
        above = [m for m in mentions if m.block < block and block - m.block <= 3]
        rest = before[-1:] or above[-1:] or after[:1]
        if not rest:
            promoted = promoted_treatments(reading, knowledge)
            return (promoted[0].treatment, None) if promoted else (None, None)
        nearest = rest[0]
    treatment = knowledge.treatments[nearest.treatment]
    return treatment, treatment.brands.get(nearest.brand)


def _judged(reading: Reading, knowledge: Knowledge, status: _Status) -> Hit | Candidate:
    place = reading.span(status.first, status.end)
    sentence = reading.sentences[status.sentence]
    thing = _thing(reading, knowledge, status, sentence)
    treatment, brand = _product(reading, knowledge, status)
    if thing == "places":
        what = "a clinic, a person or a laboratory"
        return Hit(APPROVAL, *place, {"what": what, "right": "the FDA approves or clears products only"})
    if treatment is None:
        if status.word == "approved" and thing in ("devices", "methods"):
            if thing == "devices":
                right = "devices of this kind are cleared, not approved; name the product and its clearance"
                return Hit(APPROVAL, *place, {"what": "a device", "right": right})
            right = "the FDA approves or clears products; a technique has no approval"
            return Hit(APPROVAL, *place, {"what": "a treatment", "right": right})
        return Candidate(APPROVAL, *place, "let-through", "no product is named that the status could be false of")
    name = brand.name if brand is not None and not brand.generic else treatment.name
    actual = _actual(treatment, brand)
    if thing == "devices" and actual == "approved" and not _names_device(treatment):
        # "this FDA-approved laser" in a text that also speaks of a drug
        actual, name = "cleared", "a device"
    if actual == status.word:
        return Candidate(APPROVAL, *place, "let-through", f"{name} is {actual} in the US")
    if status.word == "cleared" and actual == "approved":
        values = {"what": name, "right": f"{name} is approved, which is more than cleared"}
        return Hit(APPROVAL, *place, values, severity="suggestion")
    right = {
        "cleared": f"{name} is cleared (a device shown to be like one on the market), not approved",
        "neither": f"no approval or clearance covers {name}",
        "not-cleared": f"{name} has no approval or clearance in the US that is known to us",
        "withdrawn": f"{name} was withdrawn from the market",
    }
    if status.word == "cleared" and actual == "neither" and brand is None:
        return Candidate(APPROVAL, *place, "let-through", f"a device used for {name} may be cleared")
    return Hit(APPROVAL, *place, {"what": name, "right": right[actual]})


def _thing(reading: Reading, knowledge: Knowledge, status: _Status, sentence: Sentence) -> str:
    """What kind of thing the words right after the status name: places, devices, drugs, methods or ""."""
    lexicon = knowledge.vocabulary("regulator")
    kinds = ("places", "devices", "drugs", "methods")
    for mention in lexicon.find(reading.words, status.end, min(status.end + _NOUN, sentence.last)):
        if any(key in (",", ".", "for", "to", "that", "which", "by", "in", "at", "and", "—", "with")
               for key in reading.words.keys[status.end : mention.first]):
            break
        kind = next((kind for kind in kinds if kind in mention.ids), None)
        if kind is not None:
            return kind
    return ""


def _names_device(treatment: Treatment) -> bool:
    return treatment.kind in ("energy-device", "mechanical", "injectable-device", "surgery")


def _actual(treatment: Treatment, brand: Brand | None) -> str:
    """approved | cleared | neither | not-cleared | withdrawn."""
    if brand is not None and brand.us_status not in ("unknown",):
        return brand.us_status
    return treatment.fda_word


# ---- off-label


@dataclass(frozen=True, slots=True)
class _Use:
    """A use outside the approval, or one looked at and let through."""

    sentence: int
    result: Hit | Candidate


def _off_label(reading: Reading, knowledge: Knowledge) -> Iterator[_Use]:
    seen: set[tuple[str, str]] = set()
    for mention in treatment_mentions(reading, knowledge):
        treatment = knowledge.treatments[mention.treatment]
        if treatment.kind not in ("injectable-drug", "injectable-device"):
            continue
        uses = _approved_uses(treatment, treatment.brands.get(mention.brand))
        if not uses:
            continue
        for target, place, index in _targets(reading, knowledge, mention, treatment):
            outside = _outside(knowledge, treatment, uses, target)
            if not outside or (treatment.id, target) in seen:
                continue
            seen.add((treatment.id, target))
            yield _Use(index, _judged_use(reading, knowledge, mention, treatment, uses, target, place, index))


def _approved_uses(treatment: Treatment, brand: Brand | None) -> set[tuple[str, str]]:
    if brand is not None and brand.us_status == "approved":
        return set(brand.indications)
    if brand is not None and not brand.generic:
        return set()
    return {use for b in treatment.brands.values() if b.us_status == "approved" for use in b.indications}


def _targets(
    reading: Reading, knowledge: Knowledge, mention: TreatmentMention, treatment: Treatment
) -> Iterator[tuple[str, tuple[int, int], int]]:
    """What the product is said to be used on: an area or "=condition", the words to underline, the sentence."""
    block = reading.sentences[mention.sentence].block
    others = {m.sentence for m in treatment_mentions(reading, knowledge) if m.treatment != treatment.id}
    for index in (mention.sentence, mention.sentence + 1, mention.sentence - 1):
        if not 0 <= index < len(reading.sentences) or reading.sentences[index].block != block:
            continue
        own = index == mention.sentence
        if not own and index in others:
            continue
        sentence = reading.sentences[index]
        for area in _areas(reading, knowledge, sentence):
            verb = _verb_before(reading, knowledge, sentence, area, strict=not own)
            if verb is not None and not (own and _other_between(reading, knowledge, mention, area, treatment)):
                yield area.ids[0], (verb, area.end), index
        if own or treatment.kind == "injectable-device":
            for word in knowledge.indication_terms.find(reading.words, sentence.first, sentence.last):
                condition = next((i for i in word.ids if i in _CONDITIONS), None)
                fits = condition == "cellulite" or (mention.brand and treatment.id == "glp1" and own)
                if condition and fits and not (own and _other_between(reading, knowledge, mention, word, treatment)):
                    yield f"={condition}", (mention.first, mention.end), mention.sentence


def _areas(reading: Reading, knowledge: Knowledge, sentence: Sentence) -> Iterator[Mention]:
    keys = reading.words.keys
    for area in knowledge.area_terms.find(reading.words, sentence.first, sentence.last):
        before = keys[area.first - 1] if area.first > sentence.first else ""
        if area.end - area.first == 1 and keys[area.first] in _DOUBTFUL_AREAS and before not in _DETERMINERS:
            continue
        if keys[area.first] in ("hand", "hands") and (before not in ("your", "and", "or", ",") or keys[area.end : area.end + 1] == ["of"]):
            continue
        if area.ids[0] == "body":
            continue
        yield area


def _verb_before(
    reading: Reading, knowledge: Knowledge, sentence: Sentence, area: Mention, *, strict: bool
) -> int | None:
    """The word from which to underline: where the product is applied to the area. None: the area stands by chance.

    strict: the sentence does not name the product, so only an injection into the area will do.
    """
    low = max(sentence.first, area.first - 8)
    for mention in reversed(list(knowledge.vocabulary("regulator").find(reading.words, low, area.first))):
        if "applied" not in mention.ids:
            continue
        injects = reading.words.keys[mention.first].startswith("inject")
        if not strict or injects:
            return mention.first if injects or area.first - mention.first <= 4 else area.first
    return None


def _other_between(
    reading: Reading, knowledge: Knowledge, mention: TreatmentMention, target: Mention, treatment: Treatment
) -> bool:
    """Whether another treatment stands nearer to the target than this one."""
    low, high = sorted((mention.first, target.first))
    return any(
        low < m.first < high and m.treatment != treatment.id for m in treatment_mentions(reading, knowledge)
    )


def _outside(knowledge: Knowledge, treatment: Treatment, uses: set[tuple[str, str]], target: str) -> bool:
    if target.startswith("="):
        return not any(indication in _CONDITIONS[target[1:]] for indication, _ in uses)
    areas = {area for _, area in uses if area}
    if not areas or target in _NEIGHBOURS.get(treatment.id, ()):
        return False
    if treatment.id in _TIGHT:
        return not any(knowledge.area_covers(area, target) for area in areas)
    # Within the face, uses shift with each brand; another region of the body is another use for certain.
    return _region(knowledge, target) not in {_region(knowledge, area) for area in areas} and target not in (
        "teeth", "scalp", "neck", "decolletage", "axilla", "ears",
    )  # fmt: skip


def _region(knowledge: Knowledge, area: str) -> str:
    while knowledge.areas[area][1]:
        area = knowledge.areas[area][1]
    return area


def _judged_use(
    reading: Reading,
    knowledge: Knowledge,
    mention: TreatmentMention,
    treatment: Treatment,
    uses: set[tuple[str, str]],
    target: str,
    place: tuple[int, int],
    index: int,
) -> Hit | Candidate:
    span = reading.span(*place)
    for context in reading.contexts(*place):
        if context.kind in _EXCUSES and context.cue_end > context.cue_first:
            cue = reading.span(context.cue_first, context.cue_end)
            return Candidate(OFF_LABEL, *span, "context", f"{context.kind}, so the use is not promoted", *cue)
    block = reading.sentences[index].block
    for sentence in reading.sentences[max(index - 2, 0) : index + 3]:
        if sentence.block != block:
            continue
        for words in knowledge.vocabulary("regulator").find(reading.words, sentence.first, sentence.last):
            if "open-words" in words.ids:
                cue = reading.span(words.first, words.end)
                return Candidate(OFF_LABEL, *span, "let-through", "the use is openly said to be off-label", *cue)
    brand = treatment.brands.get(mention.brand)
    product = brand.name if brand is not None and not brand.generic else treatment.name
    approved = sorted({knowledge.areas[area][0] for _, area in uses if area} or
                      {knowledge.indications[indication] for indication, _ in uses})  # fmt: skip
    use = knowledge.indications[target[1:]] if target.startswith("=") else knowledge.areas[target][0]
    return Hit(OFF_LABEL, *span, {"product": product, "use": use, "approved": f"{product}: approved for {listed(approved[:6])}"})


# ---- seals


def _seals(reading: Reading, knowledge: Knowledge) -> Iterator[Hit | Candidate]:
    lexicon = knowledge.vocabulary("regulator")
    looked_for = {"names", "seal-phrases", "marks"}
    indexes = {
        reading.sentence_of(mention.first)
        for mention in lexicon.find(reading.words)
        if looked_for.intersection(mention.ids)
    }
    for index in sorted(indexes):
        sentence = reading.sentences[index]
        if reading.document.blocks[sentence.block].hidden:
            continue
        found = list(lexicon.find(reading.words, sentence.first, sentence.last))
        for first, end in _seal_places(reading, found):
            yield _judged_seal(reading, knowledge, sentence, first, end)


def _seal_places(reading: Reading, found: list[Mention]) -> Iterator[tuple[int, int]]:
    keys = reading.words.keys
    names = [mention for mention in found if "names" in mention.ids]
    worth = [mention for mention in found if "worth" in mention.ids]
    for mention in found:
        if "seal-phrases" in mention.ids:
            yield mention.first, mention.end
        elif "marks" in mention.ids and worth:
            yield mention.first, mention.end
        elif "seals" in mention.ids:
            for name in names:
                beside = name.end == mention.first
                by = mention.end < name.first <= mention.end + 3 and keys[mention.end] in ("by", "with")
                if beside or by:
                    yield min(name.first, mention.first), max(name.end, mention.end)
        elif "approved" in mention.ids or "cleared" in mention.ids:
            # "FDA-cleared: guarantees safety"
            proof = next((w for w in worth if 0 <= w.first - mention.end <= 2 and keys[w.first].startswith("guarant")), None)
            name = next((name for name in names if name.end == mention.first), None)
            if proof is not None and name is not None:
                yield name.first, proof.end


def _judged_seal(reading: Reading, knowledge: Knowledge, sentence: Sentence, first: int, end: int) -> Hit | Candidate:
    span = reading.span(first, end)
    for context in reading.contexts(first, end):
        if context.kind in _EXCUSES:
            cue = reading.span(context.cue_first, context.cue_end) if context.cue_end > context.cue_first else (None, None)
            return Candidate(SEAL, *span, "context", f"{context.kind}, so no claim", *cue)
    keys = reading.words.keys
    for mention in knowledge.vocabulary("regulator").find(reading.words, sentence.first, sentence.last):
        cue = reading.span(mention.first, mention.end)
        if "advice" in mention.ids and mention.end <= first:
            return Candidate(SEAL, *span, "let-through", "the reader is told to check, nothing is claimed", *cue)
        if "explains" in mention.ids and "not" in keys[sentence.first : sentence.last]:
            return Candidate(SEAL, *span, "let-through", "the sentence explains what the mark does not mean", *cue)
    if "not" in keys[end : sentence.last] and {"approval", "approved", "endorsement"} & set(keys[end : sentence.last]):
        return Candidate(SEAL, *span, "let-through", "the sentence says that the mark is no approval")
    return Hit(SEAL, *span)


# ---- medicines and products that may not be advertised


def _prescription_only(
    reading: Reading, knowledge: Knowledge, jurisdictions: Iterable[str]
) -> Iterator[Hit | Candidate]:
    places = [place for place in jurisdictions if place != "us"]
    if not places:
        return
    found: dict[str, list[tuple[int, int, int]]] = {}
    where: dict[str, set[str]] = {}
    for mention in treatment_mentions(reading, knowledge):
        listed_in = knowledge.treatments[mention.treatment].prescription_only
        ruled = {place for place in places if (_RULED_BY_EU if place == "eu" else place) in listed_in}
        if ruled:
            found.setdefault(mention.treatment, []).append((mention.first, mention.end, mention.sentence))
            where.setdefault(mention.treatment, set()).update(ruled)
    for place in places:
        lexicon = knowledge.indirect_terms(place)
        taken = {at for spans in found.values() for first, end, _ in spans for at in range(first, end)}
        for term in lexicon.find(reading.words) if lexicon is not None else ():
            treatment = term.ids[0].partition(":")[2]
            index = reading.sentence_of(term.first)
            if term.first not in taken and _is_offered(reading, knowledge, index):
                found.setdefault(treatment, []).append((term.first, term.end, index))
                where.setdefault(treatment, set()).add(place)
    promoted = {item.treatment.family for item in promoted_treatments(reading, knowledge)}
    for treatment, spans in found.items():
        spans.sort()
        span = reading.span(*spans[0][:2])
        family = knowledge.treatments[treatment].family
        if family in promoted or any(_is_offered(reading, knowledge, index) for _, _, index in spans):
            count = len(spans)
            times = "once" if count == 1 else f"{count} times"
            values = {"treatment": knowledge.treatments[treatment].name, "count": str(count), "times": times}
            yield Hit(PRESCRIPTION_ONLY, *span, {**values, "where": ", ".join(sorted(where[treatment]))})
        else:
            yield Candidate(PRESCRIPTION_ONLY, *span, "let-through", "the medicine is mentioned, not offered or praised")


def _is_offered(reading: Reading, knowledge: Knowledge, index: int) -> bool:
    """Whether the sentence stands in a heading or button, or its neighbourhood offers or prices something."""
    sentence = reading.sentences[index]
    kind = reading.document.blocks[sentence.block].kind
    if kind in PROMINENT or kind == "button":
        return True
    keys = reading.words.keys
    for near in reading.sentences[max(index - 1, 0) : index + 2]:
        if not {"£", "$", "€"}.isdisjoint(keys[near.first : near.last]):
            return True
        if "offers" in found_in(knowledge.vocabulary("promotion"), reading, near.first, near.last):
            return True
    return False


def _unlicensed(reading: Reading, knowledge: Knowledge, jurisdictions: Iterable[str]) -> Iterator[Hit | Candidate]:
    promoted = {item.treatment.family for item in promoted_treatments(reading, knowledge)}
    mentions = treatment_mentions(reading, knowledge)
    named = {mention.treatment for mention in mentions}
    seen: set[str] = set()
    for mention in mentions:
        treatment = knowledge.treatments[mention.treatment]
        brand = treatment.brands.get(mention.brand)
        abroad = brand is not None and brand.us_status == "not-cleared" and treatment.is_injection and not brand.generic
        where = sorted(treatment.unlicensed.intersection(jurisdictions) | ({"us"} if abroad and "us" in jurisdictions else set()))
        product = brand.name if brand is not None and not brand.generic else treatment.name
        if not where or not seen.isdisjoint((product, treatment.id if brand is None else product)):
            continue
        if brand is None and treatment.id == "unapproved-lipolysis-injections" and "deoxycholic-acid" in named:
            # "fat-dissolving injections" in a text on Kybella: the licensed product is meant
            continue
        seen |= {product, treatment.id}
        span = reading.span(mention.first, mention.end)
        contexts = {context.kind for context in reading.contexts(mention.first, mention.end)}
        offered = treatment.family in promoted or _is_offered(reading, knowledge, mention.sentence)
        if contexts & _EXCUSES:
            yield Candidate(UNLICENSED, *span, "context", "named in order to deny it or to warn of it")
        elif offered:
            yield Hit(UNLICENSED, *span, {"product": product, "where": ", ".join(where)})
        else:
            yield Candidate(UNLICENSED, *span, "let-through", "the product is mentioned, not offered or praised")
