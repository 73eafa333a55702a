"""What a claim is about, and whether a sentence speaks of it.

A sentence speaks of the treatments that it names. One that names none goes on about what was named last before it, or,
at the top of a page, about what is named first. So on a page about two treatments the words that are approved for one
are not taken for approved beside the other.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from typing import TYPE_CHECKING

from copylint.knowledge import Knowledge
from copylint.knowledge.mentions import TreatmentMention, mentions_of_sentence, treatment_mentions
from copylint.language.reading import Reading
from copylint.language.words import words_of
from copylint.nearest import did_you_mean
from copylint.verdicts.register.entries import Product, Subject

if TYPE_CHECKING:
    from collections.abc import Iterator

ANY = "any"
"""In place of a treatment: whatever the copy is about."""


class UnknownSubjectError(Exception):
    """A name that stands for nothing that is known, or for too much. message and hint: what to tell its author."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


def treatment_called(name: str, knowledge: Knowledge) -> Subject:
    """The treatment of this id or name. Raises UnknownSubjectError."""
    if name == ANY:
        return Subject("any", name)
    found, products = _called(name, knowledge)
    if len(found) == 1:
        return Subject("treatment", name, frozenset((one, "") for one in found))
    if found:
        raise UnknownSubjectError(f'"{name}" may mean several treatments', f"Write one of {', '.join(sorted(found))}.")
    if products:
        raise UnknownSubjectError(f'"{name}" is a product, no treatment', f"Write `product: {name}`.")
    known = (*knowledge.treatments, *(one.name for one in knowledge.treatments.values()))
    raise UnknownSubjectError(
        f'no treatment "{name}" in the knowledge',
        did_you_mean(name, known).strip() or f"Write its common name, or `treatment: {ANY}` where it is about none.",
    )


def product_called(name: str, knowledge: Knowledge) -> Subject:
    """The product of this name, which may be one for several treatments. Raises UnknownSubjectError."""
    treatments, products = _called(name, knowledge)
    if products:
        return Subject("product", name, frozenset(products))
    if treatments:
        raise UnknownSubjectError(f'"{name}" is a treatment, no product', f"Write `treatment: {name}`.")
    brands = [brand for one in knowledge.treatments.values() for brand in one.brands]
    raise UnknownSubjectError(
        f'no product "{name}" in the knowledge',
        did_you_mean(name, brands).strip() or "Write `treatment:` with the treatment that it is used for.",
    )


def _called(name: str, knowledge: Knowledge) -> tuple[set[str], set[Product]]:
    """The treatments and the products that are called so: by id or name, else by a word that the copy may use."""
    folded = name.casefold()
    treatments = {one.id for one in knowledge.treatments.values() if folded in (one.id, one.name.casefold())}
    products = {
        (one.id, brand) for one in knowledge.treatments.values() for brand in one.brands if brand.casefold() == folded
    }
    if treatments or products:
        return treatments, products
    for kind, _, one in (identifier.partition(":") for identifier in _terms(name, knowledge)):
        treatment, _, brand = one.partition("/")
        if kind == "brand":
            products.add((treatment, brand))
        else:
            treatments.add(treatment)
    return treatments, products


def _terms(name: str, knowledge: Knowledge) -> Iterable[str]:
    """The ids of a term that is the whole of the name."""
    words = words_of(name)
    mentions = list(knowledge.treatment_terms.find(words))
    return mentions[0].ids if len(mentions) == 1 and mentions[0].end - mentions[0].first == len(words) else ()


def speaks_of(reading: Reading, knowledge: Knowledge, sentence: int, subject: Subject) -> bool:
    """Whether the sentence of this index is about the subject."""
    if subject.kind == "any":
        return True
    here = [one for one in mentions_of_sentence(reading, knowledge, sentence) if _decides(one, subject, knowledge)]
    if here:
        return any(_is_meant(one, subject) for one in here)
    nearest = next(_around(reading, knowledge, sentence, subject), None)
    return nearest is not None and _is_meant(nearest, subject)


def _around(reading: Reading, knowledge: Knowledge, sentence: int, subject: Subject) -> Iterator[TreatmentMention]:
    """The mentions that tell what a sentence is about which names nothing: those before it, the last one first."""
    mentions = treatment_mentions(reading, knowledge)
    at = bisect_left(mentions, sentence, key=lambda one: one.sentence)
    yield from (one for one in reversed(mentions[:at]) if _decides(one, subject, knowledge))
    yield from (one for one in mentions[at:] if _decides(one, subject, knowledge))


def _decides(mention: TreatmentMention, subject: Subject, knowledge: Knowledge) -> bool:
    """Whether a mention tells if this subject is meant.

    "The laser" may be any; and behind the name of a product, its treatment may be named in a general way.
    """
    if (mention.treatment, "") in subject.products:
        return True
    if knowledge.treatments[mention.treatment].generic:
        return False
    return bool(mention.brand) or all(treatment != mention.treatment for treatment, _ in subject.products)


def _is_meant(mention: TreatmentMention, subject: Subject) -> bool:
    return not subject.products.isdisjoint({(mention.treatment, ""), (mention.treatment, mention.brand)})
