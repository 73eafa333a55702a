"""Uses outside the approval: an injected product for a place of the body, or a purpose, that it is not approved for.

Approved uses stand with the brands in the knowledge, as pairs of indication and area. Within the face they shift with
each brand and label, so there only products for one small place (deoxycholic acid: under the chin) are held to it; a
different region of the body is another use for certain.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from copylint.checks.surroundings import listed
from copylint.findings import Candidate, Hit
from copylint.knowledge import Brand, Knowledge, Treatment
from copylint.knowledge.mentions import TreatmentMention, treatment_mentions
from copylint.language.lexicon import Mention
from copylint.language.reading import Reading, Sentence

OFF_LABEL = "regulator/off-label"
_EXCUSES = frozenset({"negated", "questioned", "refuted"})
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



@dataclass(frozen=True, slots=True)
class Use:
    """A use outside the approval, or one looked at and let through."""

    sentence: int
    result: Hit | Candidate


def uses_outside(reading: Reading, knowledge: Knowledge) -> Iterator[Use]:
    """Uses outside the approval that the text promotes, and those that it states openly or denies."""
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
            yield Use(index, _judged_use(reading, knowledge, mention, treatment, uses, target, place, index))


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
                    place = (word.first, word.end) if own else (mention.first, mention.end)
                    yield f"={condition}", place, mention.sentence


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
        for words in knowledge.vocabulary("statement").find(reading.words, sentence.first, sentence.last):
            if "open-words" in words.ids:
                cue = reading.span(words.first, words.end)
                return Candidate(OFF_LABEL, *span, "let-through", "the use is openly said to be off-label", *cue)
    brand = treatment.brands.get(mention.brand)
    product = brand.name if brand is not None and not brand.generic else treatment.name
    approved = sorted({knowledge.areas[area][0] for _, area in uses if area} or
                      {knowledge.indications[indication] for indication, _ in uses})  # fmt: skip
    use = knowledge.indications[target[1:]] if target.startswith("=") else knowledge.areas[target][0]
    return Hit(OFF_LABEL, *span, {"product": product, "use": use, "approved": f"{product}: approved for {listed(approved[:6])}"})


