"""What is known of treatments, risks, approvals, places and words: facts, apart from policy.

A Knowledge is made of plain data (compile.py makes it, a cache keeps it) and builds its parts on first use, so a text
that names no treatment pays for none.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from copylint.decoded import Decoded
from copylint.knowledge.affiliates import Affiliates
from copylint.language.lexicon import Lexicon
from copylint.record import Record


class Brand(Record):
    """A product. us_status: approved | cleared | not-cleared | withdrawn | unknown.

    indications: what it is approved or cleared for in the US, as (indication id, area id or ""). generic: a class of
    products, no brand.
    """

    name: str
    us_status: str
    indications: tuple[tuple[str, str], ...]
    generic: bool


class Treatment(Record):
    """A treatment, by its generic. Fields as in the head of treatments-surgery.yaml.

    owes_risks: it is invasive, injected or works by energy, so copy that sells it owes the reader its risks.
    """

    id: str
    name: str
    kind: str
    family: str
    generic: bool
    owes_risks: bool
    fda_word: str
    core_risks: tuple[str, ...]
    indispensable_risks: tuple[str, ...]
    material_risks: frozenset[str]
    context_only_risks: frozenset[str]
    prescription_only: frozenset[str]
    unlicensed: frozenset[str]
    brands: Mapping[str, Brand]

    @property
    def is_injection(self) -> bool:
        """Whether it is injected or infused."""
        return self.kind.startswith("injectable")


class Risk(Record):
    """A risk: its plain name, and some of the words that disclose it."""

    id: str
    name: str
    words: tuple[str, ...]


class Regulation(Record):
    """A rule of law or practice. verified: whether the point was found on the page under `checked`."""

    id: str
    title: str
    section: str
    body: str
    url: str
    jurisdiction: str
    verified: bool
    checked: str


class Sense(Record):
    """One sense of an ambiguous term: the treatment meant when one of this_when is near and none of other_when.

    alone: it is meant also when none of this_when is near.
    """

    treatment: str
    this_when: tuple[tuple[str, ...], ...]
    other_when: tuple[tuple[str, ...], ...]
    alone: bool


class Confusable(Record):
    """A term that is taken for another: the rule that reports it, what is meant, and the words that tell."""

    id: str
    rule: str
    right: str
    cues: tuple[tuple[str, ...], ...]
    unless: tuple[tuple[str, ...], ...]


class Knowledge:
    """The knowledge, read-only. Treatment terms carry ids: treatment:liposuction, brand:liposuction-laser/SmartLipo."""

    def __init__(self, plain: Mapping[str, Any]) -> None:
        """plain: what `compile_knowledge` made, also after a trip through a cache that decodes each part on access."""
        self._plain = plain

    @property
    def date(self) -> str:
        """Month of the knowledge, as 2026-11."""
        date: str = self._plain["date"]
        return date

    @cached_property
    def treatments(self) -> Mapping[str, Treatment]:
        """The treatments by id."""
        return Decoded(self._plain["treatments"], _treatment)

    @cached_property
    def family_kinds(self) -> Mapping[str, list[str]]:
        """Family of treatments -> what its members are: kinds without their second half, and "laser"."""
        kinds: dict[str, list[str]] = self._plain["family_kinds"]
        return kinds

    @cached_property
    def treatment_terms(self) -> Lexicon:
        """Names of treatments and brands."""
        return Lexicon(self._plain["treatment_terms"])

    @cached_property
    def ambiguous(self) -> Mapping[str, tuple[Sense, ...]]:
        """Term keys joined by blanks -> the senses of the term."""
        return Decoded(
            self._plain["ambiguous"],
            lambda _, senses: tuple(
                Sense(t, _phrases(this), _phrases(other), alone) for t, this, other, alone in senses
            ),
        )

    def indirect_terms(self, jurisdiction: str) -> Lexicon | None:
        """Phrases that a regulator of this jurisdiction reads as naming a medicine; ids as of treatment_terms."""
        plain = self._plain["indirect_terms"].get(jurisdiction)
        return Lexicon(plain) if plain else None

    @cached_property
    def risks(self) -> Mapping[str, Risk]:
        """The risks by id."""
        return Decoded(self._plain["risks"], lambda key, entry: Risk(key, entry[0], tuple(entry[1])))

    @cached_property
    def risk_terms(self) -> Lexicon:
        """Words that name a risk, with risk ids."""
        return Lexicon(self._plain["risk_terms"])

    @cached_property
    def areas(self) -> Mapping[str, tuple[str, str]]:
        """Areas of the body: id -> (name, id of the larger area or "")."""
        return {key: (name, parent) for key, (name, parent) in self._plain["areas"].items()}

    @cached_property
    def area_terms(self) -> Lexicon:
        """Words for areas of the body, with area ids."""
        return Lexicon(self._plain["area_terms"])

    @cached_property
    def indications(self) -> Mapping[str, str]:
        """Indications: id -> name."""
        return dict(self._plain["indications"])

    @cached_property
    def indication_terms(self) -> Lexicon:
        """Words for indications, with their ids."""
        return Lexicon(self._plain["indication_terms"])

    @cached_property
    def confusables(self) -> Mapping[str, Confusable]:
        """Confusable terms by id."""
        return Decoded(
            self._plain["confusable"],
            lambda key, entry: Confusable(
                key, entry["rule"], entry["right"], _phrases(entry["cues"]), _phrases(entry["unless"])
            ),
        )

    @cached_property
    def confusable_terms(self) -> Lexicon:
        """Forms of confusable terms, with their ids."""
        return Lexicon(self._plain["confusable_terms"])

    @cached_property
    def jargon(self) -> Mapping[str, str]:
        """Jargon: term -> plain words."""
        return dict(self._plain["jargon"])

    @cached_property
    def jargon_terms(self) -> Lexicon:
        """Jargon in all its forms; the id is the term."""
        return Lexicon(self._plain["jargon_terms"])

    @cached_property
    def _vocabulary(self) -> dict[str, Lexicon]:
        return {}

    def vocabulary(self, group: str) -> Lexicon:
        """A group of vocabulary.yaml (risk, consult, vary, results, promotion, comparison, regulator).

        The ids are the names of the lists in it. Raises KeyError for an unknown group.
        """
        if group not in self._vocabulary:
            self._vocabulary[group] = Lexicon(self._plain[f"vocabulary-{group}"])
        return self._vocabulary[group]

    @cached_property
    def affiliates(self) -> Affiliates:
        """Advertising: affiliate addresses, safe hosts, the wording that steers or discloses."""
        return Affiliates(self._plain)

    @cached_property
    def regulations(self) -> Mapping[str, Regulation]:
        """The regulations by id."""
        return Decoded(self._plain["regulations"], lambda key, entry: Regulation(key, **entry))

    def area_covers(self, larger: str, area: str) -> bool:
        """Whether the area is the larger one or lies in it."""
        if larger == "body":
            return True
        while area:
            if area == larger:
                return True
            area = self.areas[area][1]
        return False


def _senses(_: str, entry: Any) -> tuple[Sense, ...]:
    return tuple(Sense(treatment, _phrases(this), _phrases(other), alone) for treatment, this, other, alone in entry)


def _treatment(identifier: str, entry: Any) -> Treatment:
    return Treatment(
        identifier, entry["name"], entry["kind"], entry["family"], entry["generic"], entry["owes_risks"],
        entry["fda_word"], tuple(entry["core"]), tuple(entry["indispensable"]), frozenset(entry["material"]),
        frozenset(entry["context_only"]), frozenset(entry["prescription_only"]), frozenset(entry["unlicensed"]),
        {
            name: Brand(name, status, tuple((i, a) for i, _, a in (p.partition("@") for p in pairs)), generic)
            for name, (status, pairs, generic) in entry["brands"].items()
        },
    )  # fmt: skip


def _phrases(keys: list[list[str]]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(key) for key in keys)
