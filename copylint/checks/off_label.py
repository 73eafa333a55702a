"""Uses outside the approval: an injected product for a place of the body, or a purpose, that it is not approved for.

Approved uses stand with the brands in the knowledge, as pairs of indication and area. Within the face they shift with
each brand and label, so there only products for one small place (deoxycholic acid: under the chin) are held to it; a
different region of the body is another use for certain.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from copylint.checks.surroundings import answered_yes, cue_of, listed
from copylint.findings import Candidate, Hit
from copylint.knowledge import Brand, Knowledge, Treatment
from copylint.knowledge.mentions import TreatmentMention, mentions_of_sentence, treatment_mentions
from copylint.language.lexicon import Mention
from copylint.language.reading import Reading, Sentence
from copylint.record import Record

OFF_LABEL = "regulator/off-label"
_EXCUSES = frozenset({"negated", "questioned", "refuted"})
_TIGHT = frozenset({"deoxycholic-acid"})
"""Treatments approved for one small place: a neighbouring place is another use. Else the region decides."""
_NEIGHBOURS = {"deoxycholic-acid": frozenset({"chin", "jawline", "face", "neck", "body"})}
_TIGHT_BRANDS = frozenset({"Latisse"})
"""Products that are no injection and are approved for one small place."""
_NEVER = {
    "botulinum-toxin": frozenset({"masseter", "gums", "palms"}),
    "dermal-filler": frozenset({"nose", "glabella"}),
}
"""By family: places of an approved region that no product of the family is approved for."""
_INTO = frozenset({"in", "into", "inside", "along", "on", "onto", "under", "beneath", "behind", "to", "for", "around"})
_WITH = frozenset({"with", "by", "using", "via", "through", "of"})
_CLAUSE_MARKS = frozenset({";", ":", "?", "!", "—", ".", "but", "while", "whereas"})
_BESIDE = 5
"""Words between the product and the place when a preposition joins them."""
_SPARED = frozenset({"teeth", "scalp", "neck", "decolletage", "axilla", "ears"})
"""Places beside the approved ones that copy names in passing, or that a medical label of the drug covers."""
_DETERMINERS = frozenset({
    "the", "your", "their", "his", "her", "my", "our", "upper", "lower", "inner", "outer", "and", "or", ",", "as",
    "both",
})  # fmt: skip
_DOUBTFUL_AREAS = frozenset({
    "back", "body", "hand", "hands", "smile", "bottom", "rear", "crown", "temple", "foot", "feet", "sole", "soles",
    "arm", "calf", "butt", "bum", "abs", "feminine", "brazilian", "groin", "mons", "pooch", "leg", "traps",
    "lash", "palm",
})  # fmt: skip
_CONDITIONS = {
    "cellulite": ("cellulite", "cellulite-temporary"),
    "weight-management": ("weight-management",),
    "varicose-veins": ("varicose-veins",),
}
"""Uses that are checked although they name no place: the words' indication -> indications that allow them."""


class Use(Record):
    """A use outside the approval, or one looked at and let through."""

    sentence: int
    result: Hit | Candidate


class _Target(Record):
    """What a product is said to be used on: an area id or "=indication", the words to underline, their sentence."""

    what: str
    first: int
    end: int
    sentence: int


def uses_outside(reading: Reading, knowledge: Knowledge, jurisdictions: Collection[str]) -> Iterator[Use]:
    """Uses outside the approval that the text promotes, and those that it states openly or denies.

    jurisdictions: GLP-1 medicines are licensed for other uses elsewhere, so they are held to the US labels in the US.
    """
    seen: set[tuple[str, str]] = set()
    for mention in treatment_mentions(reading, knowledge):
        treatment = knowledge.treatments[mention.treatment]
        brand = treatment.brands.get(mention.brand)
        uses = _approved_uses(treatment, brand)
        injected = treatment.kind in ("injectable-drug", "injectable-device")
        if not uses or not (injected or mention.brand in _TIGHT_BRANDS):
            continue
        if treatment.family == "glp1" and "us" not in jurisdictions:
            continue
        product = brand.name if brand is not None and not brand.generic else treatment.name
        for target in _targets(reading, knowledge, mention, treatment):
            tight = mention.brand in _TIGHT_BRANDS
            if (treatment.id, target.what) not in seen and _outside(knowledge, treatment, uses, target.what, tight):
                seen.add((treatment.id, target.what))
                yield Use(target.sentence, _judged_use(reading, knowledge, product, uses, target))


def _approved_uses(treatment: Treatment, brand: Brand | None) -> set[tuple[str, str]]:
    if brand is not None and brand.us_status == "approved":
        return set(brand.indications)
    if brand is not None and not brand.generic:
        return set()
    return {use for b in treatment.brands.values() if b.us_status == "approved" for use in b.indications}


def _targets(
    reading: Reading, knowledge: Knowledge, mention: TreatmentMention, treatment: Treatment
) -> Iterator[_Target]:
    """What the product is said to be used on, in its sentence and the two beside it."""
    block = reading.sentences[mention.sentence].block
    for index in (mention.sentence, mention.sentence + 1, mention.sentence - 1):
        if not 0 <= index < len(reading.sentences) or reading.sentences[index].block != block:
            continue
        named = mentions_of_sentence(reading, knowledge, index)
        own = index == mention.sentence
        if not own and any(other.treatment != treatment.id for other in named):
            continue
        sentence = reading.sentences[index]
        for area in areas_named(reading, knowledge, sentence):
            run = _applied(reading, knowledge, sentence, area, mention if own else None)
            if run is not None and not (own and _other_between(named, mention, area)):
                yield _Target(area.ids[0], *run, index)
        for word in knowledge.indication_terms.find(reading.words, sentence.first, sentence.last):
            condition = next((name for name in word.ids if name in _CONDITIONS), None)
            filler = condition == "cellulite" and (own or treatment.kind == "injectable-device")
            weight = condition == "weight-management" and treatment.id == "glp1" and mention.brand and own
            veins = condition == "varicose-veins" and treatment.id == "sclerotherapy" and mention.brand and own
            if condition and (filler or weight or veins) and not (own and _other_between(named, mention, word)):
                place = word if own else mention
                yield _Target(f"={condition}", place.first, place.end, index if own else mention.sentence)


def areas_named(reading: Reading, knowledge: Knowledge, sentence: Sentence) -> Iterator[Mention]:
    """The areas of the body that a sentence names; "back" of "come back" and good hands are none."""
    keys = reading.words.keys
    for area in knowledge.area_terms.find(reading.words, sentence.first, sentence.last):
        before = keys[area.first - 1] if area.first > sentence.first else ""
        if area.end - area.first == 1 and keys[area.first] in _DOUBTFUL_AREAS and before not in _DETERMINERS:
            continue
        in_good_hands = keys[area.first] in ("hand", "hands") and (
            before not in ("your", "and", "or", ",") or keys[area.end : area.end + 1] == ["of"]
        )
        if area.ids[0] != "body" and not in_good_hands:
            yield area


def _applied(
    reading: Reading, knowledge: Knowledge, sentence: Sentence, area: Mention, product: TreatmentMention | None
) -> tuple[int, int] | None:
    """The words that apply the product to the area, as first and end. None: the area stands there by chance.

    product: where the sentence names it. None: it does not, so only an injection into the area will do.
    """
    keys = reading.words.keys
    low = max(sentence.first, area.first - 8)
    found = knowledge.vocabulary("regulator").find(reading.words, low, area.first)
    verbs = [mention.first for mention in found if "applied" in mention.ids]
    injects = [at for at in verbs if keys[at].startswith("inject")]
    if injects:
        return injects[-1], area.end
    if product is None:
        return None
    if product.first <= area.first < product.end:
        # "masseter Botox" is one name
        return product.first, product.end
    if area.end <= product.first:
        between = keys[area.end : product.first]
        if len(between) <= 1 and _CLAUSE_MARKS.isdisjoint(between) and not {",", "and", "or"} & set(between):
            return area.first, product.end
        joined = not _WITH.isdisjoint(keys[max(product.first - 3, area.end) : product.first])
        if joined and len(between) <= 2 * _BESIDE and _CLAUSE_MARKS.isdisjoint(between) and "," not in between:
            return area.first, product.end
    between = keys[product.end : area.first]
    joined = product.end <= area.first and len(between) <= _BESIDE and not _INTO.isdisjoint(between)
    if joined and _CLAUSE_MARKS.isdisjoint(between) and "," not in between:
        return product.first, area.end
    if not verbs or not _CLAUSE_MARKS.isdisjoint(keys[verbs[-1] : area.first]):
        return None
    return verbs[-1] if area.first - verbs[-1] <= 4 else area.first, area.end


def _other_between(named: list[TreatmentMention], mention: TreatmentMention, target: Mention) -> bool:
    """Whether another treatment of the sentence stands nearer to the target than this one."""
    low, high = sorted((mention.first, target.first))
    return any(low < other.first < high and other.treatment != mention.treatment for other in named)


def _outside(knowledge: Knowledge, treatment: Treatment, uses: set[tuple[str, str]], target: str, tight: bool) -> bool:
    if target.startswith("="):
        return not any(indication in _CONDITIONS[target[1:]] for indication, _ in uses)
    areas = {area for _, area in uses if area}
    if not areas or target in _NEIGHBOURS.get(treatment.id, ()):
        return False
    if target in _NEVER.get(treatment.family, ()):
        return True
    if tight or treatment.id in _TIGHT:
        return not any(knowledge.area_covers(area, target) for area in areas)
    # Within the face, uses shift with each brand; another region of the body is another use for certain.
    regions = {_region(knowledge, area) for area in areas}
    return _region(knowledge, target) not in regions and target not in _SPARED


def _region(knowledge: Knowledge, area: str) -> str:
    while knowledge.areas[area][1]:
        area = knowledge.areas[area][1]
    return area


def _judged_use(
    reading: Reading, knowledge: Knowledge, product: str, uses: set[tuple[str, str]], target: _Target
) -> Hit | Candidate:
    span = reading.span(target.first, target.end)
    for context in reading.contexts(target.first, target.end):
        if context.kind == "questioned" and answered_yes(reading, knowledge, target.sentence):
            continue
        if context.kind in _EXCUSES:
            reason = f"{context.kind}, so the use is not promoted"
            return Candidate(OFF_LABEL, *span, "context", reason, *cue_of(reading, context))
    said = _said_openly(reading, knowledge, target)
    if said is not None:
        reason, words_from, words_to = said
        return Candidate(OFF_LABEL, *span, "let-through", reason, words_from, words_to)
    places = sorted({knowledge.areas[area][0] for _, area in uses if area})
    covered = places or sorted({knowledge.indications[indication] for indication, _ in uses})
    use = knowledge.indications[target.what[1:]] if target.what[0] == "=" else knowledge.areas[target.what][0]
    approved = f"{product} is approved for {listed(covered[:6])}"
    return Hit(OFF_LABEL, *span, {"product": product, "use": use, "approved": approved})


def _said_openly(reading: Reading, knowledge: Knowledge, target: _Target) -> tuple[str, int, int] | None:
    """Where the text says that the use is off-label, or objects to it: the reason, and the words.

    Around the use any such word will do; elsewhere in the text its sentence must name the same place.
    """
    lexicon = knowledge.vocabulary("statement")
    own = reading.sentences[target.sentence]
    for index, sentence in enumerate(reading.sentences):
        near = abs(index - target.sentence) <= 2 and sentence.block == own.block
        for words in lexicon.find(reading.words, sentence.first, sentence.last):
            cue = reading.span(words.first, words.end)
            if near and "doubts" in words.ids:
                return "the words around it object to the use", *cue
            if "open-words" in words.ids and (
                near or any(area.ids[0] == target.what for area in areas_named(reading, knowledge, sentence))
            ):
                return "the use is openly said to be off-label", *cue
    return None
