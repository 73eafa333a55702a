"""Products that may not be advertised: prescription-only medicines to the public, and what nobody has licensed.

The UK, Australia, Canada and the EU ban advertising of prescription-only medicines to the public, nicknames included;
one finding per medicine says how often it is named. A medicine that is mentioned and neither offered nor praised is no
advertisement.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from copylint.checks.promoted import PROMINENT, promoted_treatments
from copylint.checks.surroundings import found_in
from copylint.findings import Candidate, Hit
from copylint.knowledge import Brand, Knowledge, Treatment
from copylint.knowledge.mentions import in_sentences, treatment_mentions
from copylint.language.reading import Reading

PRESCRIPTION_ONLY = "regulator/prescription-only"
UNLICENSED = "regulator/unlicensed"
_EXCUSES = frozenset({"negated", "questioned", "refuted"})
_RULED_BY_EU = "uk"
"""Prescription-only status in the EU is read from the UK's: the same directive shaped both."""


def prescription_only(
    reading: Reading, knowledge: Knowledge, jurisdictions: Iterable[str]
) -> Iterator[Hit | Candidate]:
    """Prescription-only medicines that are offered or praised where that is banned."""
    places = [place for place in jurisdictions if place != "us"]
    if not places:
        return
    found, where = _medicines(reading, knowledge, places)
    promoted = {item.treatment.family for item in promoted_treatments(reading, knowledge)}
    for treatment, spans in found.items():
        spans.sort()
        span = reading.span(*spans[0][:2])
        family = knowledge.treatments[treatment].family
        if family in promoted or any(_is_offered(reading, knowledge, index) for _, _, index in spans):
            count = len(spans)
            times = "once" if count == 1 else f"{count} times"
            values = {"treatment": knowledge.treatments[treatment].name, "count": str(count), "times": times}
            told = {**values, "where": ", ".join(sorted(where[treatment]))}
            ruled = frozenset(where[treatment])
            yield Hit(PRESCRIPTION_ONLY, *span, told, jurisdictions=ruled, about=treatment)
        else:
            reason = "the medicine is mentioned, not offered or praised"
            yield Candidate(PRESCRIPTION_ONLY, *span, "let-through", reason)


def _medicines(
    reading: Reading, knowledge: Knowledge, places: list[str]
) -> tuple[dict[str, list[tuple[int, int, int]]], dict[str, set[str]]]:
    """Prescription-only medicines: treatment -> (first word, end, sentence) of each mention, and where banned."""
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
        for term in in_sentences(lexicon, reading) if lexicon is not None else ():
            treatment = term.ids[0].partition(":")[2]
            index = reading.sentence_of(term.first)
            if term.first not in taken and _is_offered(reading, knowledge, index):
                found.setdefault(treatment, []).append((term.first, term.end, index))
                where.setdefault(treatment, set()).add(place)
    return found, where


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


def unlicensed(reading: Reading, knowledge: Knowledge, jurisdictions: Iterable[str]) -> Iterator[Hit | Candidate]:
    """Products without a licence in a selected jurisdiction that are offered or praised."""
    promoted = {item.treatment.family for item in promoted_treatments(reading, knowledge)}
    mentions = treatment_mentions(reading, knowledge)
    named = {mention.treatment for mention in mentions}
    seen: set[str] = set()
    for mention in mentions:
        treatment = knowledge.treatments[mention.treatment]
        brand = treatment.brands.get(mention.brand)
        where = _unlicensed_in(treatment, brand).intersection(jurisdictions)
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
            told = {"product": product, "where": ", ".join(sorted(where))}
            yield Hit(UNLICENSED, *span, told, jurisdictions=frozenset(where), about=product)
        else:
            yield Candidate(UNLICENSED, *span, "let-through", "the product is mentioned, not offered or praised")


def _unlicensed_in(treatment: Treatment, brand: Brand | None) -> set[str]:
    abroad = brand is not None and brand.us_status == "not-cleared" and treatment.is_injection and not brand.generic
    return {*treatment.unlicensed, *(("us",) if abroad else ())}
