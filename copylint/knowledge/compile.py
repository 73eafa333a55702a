"""The knowledge files, read and checked, as the plain data that Knowledge is made of.

This runs when the cache is built, never on the way of a text: it is the only module here that reads YAML. What a reader
never sees and no check needs (sources of risks, notes, typical ranges) stays in the files.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from importlib.resources import files
from typing import Any

import yaml

from copylint.decoded import encoded
from copylint.findings import JURISDICTIONS
from copylint.knowledge.affiliates import compile_affiliates
from copylint.language.lexicon import compile_terms
from copylint.language.words import words_of

DATE = "2026-11"
"""The month in which the facts were last looked through."""

TREATMENT_FILES = (
    "treatments-surgery.yaml", "treatments-injectable.yaml", "treatments-energy.yaml", "treatments-other.yaml",
)  # fmt: skip
DATA_FILES = (
    *TREATMENT_FILES, "risks.yaml", "areas.yaml", "confusable.yaml", "jargon.yaml", "vocabulary.yaml",
    "regulations.yaml",
)  # fmt: skip
EVERYDAY = "an everyday word or another name"
"""`otherwise` of a term that names the treatment only beside a word of the trade, though it stands among its terms."""
KINDS = frozenset({
    "surgery", "injectable-drug", "injectable-device", "injectable-unapproved", "energy-device", "mechanical",
    "topical", "supplement",
})  # fmt: skip
STATUSES = frozenset({"approved", "cleared", "not-cleared", "withdrawn", "unknown"})
_OWES_RISKS = frozenset({"surgery", "injectable-drug", "injectable-device", "injectable-unapproved", "energy-device"})
_REGULATION_KEYS = ("title", "section", "body", "url", "jurisdiction", "verified", "checked")


class KnowledgeError(ValueError):
    """A knowledge file that contradicts itself; the message names the file and the id."""


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Every plain scalar is a string but true and false: `no`, `on` and `11s` are words here."""


_Loader.yaml_implicit_resolvers = {
    letter: [("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"))] for letter in "tf"
}


def read(name: str) -> Any:
    """The content of a knowledge file. Raises KnowledgeError when it is no YAML."""
    text = files("copylint.knowledge").joinpath("data", name).read_text(encoding="utf-8")
    try:
        return yaml.load(text, Loader=_Loader)
    except yaml.YAMLError as error:
        raise KnowledgeError(f"{name}: {error}") from error


def compile_knowledge(data: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The plain, JSON-able data of a Knowledge.

    data: file name -> content, for tests; else the files of the package. Raises KnowledgeError for an unknown id, a
    term in two places, a reference to nothing.
    """
    data = {name: read(name) for name in DATA_FILES} if data is None else data
    treatments = [(name, entry) for name in TREATMENT_FILES for entry in data[name]]
    _check(data, treatments)
    vocabulary = data["vocabulary.yaml"]
    return {
        "date": DATE,
        "treatments": encoded({entry["id"]: _treatment(entry) for _, entry in treatments}),
        "family_kinds": _family_kinds([entry for _, entry in treatments]),
        "treatment_terms": compile_terms(_treatment_terms(treatments)),
        "ambiguous": encoded(_ambiguous(treatments)),
        "indirect_terms": _indirect(treatments),
        "risks": encoded({entry["id"]: [entry["name"], entry["terms"][:4]] for entry in data["risks.yaml"]}),
        "risk_terms": compile_terms((term, entry["id"]) for entry in data["risks.yaml"] for term in entry["terms"]),
        "areas": {entry["id"]: [entry["name"], entry.get("parent", "")] for entry in data["areas.yaml"]["areas"]},
        "area_terms": compile_terms(
            (term, entry["id"]) for entry in data["areas.yaml"]["areas"] for term in entry["synonyms"]
        ),
        "indications": {entry["id"]: entry["name"] for entry in data["areas.yaml"]["indications"]},
        "indication_terms": compile_terms(
            (term, entry["id"]) for entry in data["areas.yaml"]["indications"] for term in entry["terms"]
        ),
        "confusable": encoded({
            entry["id"]: {
                "rule": entry["rule"], "right": entry["right"],
                "cues": _keys(entry.get("cues", ())), "unless": _keys(entry.get("unless", ())),
            }
            for entry in data["confusable.yaml"] if entry["rule"] != "elsewhere"
        }),
        "confusable_terms": compile_terms(
            (form, entry["id"])
            for entry in data["confusable.yaml"] if entry["rule"] != "elsewhere" for form in entry["wrong"]
        ),
        "jargon": {entry["term"]: entry["plain"] for entry in data["jargon.yaml"]},
        "jargon_terms": compile_terms(
            (form, entry["term"]) for entry in data["jargon.yaml"] for form in (entry["term"], *entry.get("also", ()))
        ),
        **{
            f"vocabulary-{group}": compile_terms((term, name) for name, terms in lists.items() for term in terms)
            for group, lists in _vocabulary_groups(vocabulary)
        },
        "regulations": encoded({
            entry["id"]: {key: entry.get(key, "") for key in _REGULATION_KEYS} for entry in data["regulations.yaml"]
        }),
        **compile_affiliates(),
    }  # fmt: skip


def names_for_classes(data: Mapping[str, Any] | None = None) -> dict[str, list[str]]:
    """Surface forms for the word classes of rules, by class name; for the rules' compiler only.

    treatment, surgery, injectable, energy-device, topical, prescription-medicine, brand: names of treatments (terms
    that mean something else as often are left out); area, condition, risk: what their names say.
    """
    data = {name: read(name) for name in DATA_FILES} if data is None else data
    classes: dict[str, list[str]] = {
        name: []
        for name in (
            "treatment", "surgery", "injectable", "energy-device", "topical", "prescription-medicine", "brand", "area",
            "condition", "risk",
        )
    }  # fmt: skip
    for name in TREATMENT_FILES:
        for entry in data[name]:
            doubtful = {item["term"] for item in entry.get("ambiguous", ()) if item["term"] not in entry["terms"]}
            brands = [term for brand in _brands(entry).values() if "generic" not in brand for term in brand["terms"]]
            terms = [term for term in (*entry["terms"], *brands) if term not in doubtful]
            classes["treatment"] += terms
            kind = entry["kind"].partition("-")[0] if entry["kind"].startswith("injectable") else entry["kind"]
            if kind in classes:
                classes[kind] += terms
            if entry.get("prescription_only"):
                classes["prescription-medicine"] += terms
            classes["brand"] += [term for term in brands if term not in doubtful]
    classes["area"] = [term for entry in data["areas.yaml"]["areas"] for term in entry["synonyms"]]
    conditions = {
        "wrinkles", "folds", "cellulite", "acne-scars", "stretch-marks", "scars", "acne", "pigmented-lesions",
        "melasma", "actinic-keratosis", "vascular-lesions", "spider-veins", "reticular-veins", "varicose-veins",
        "lax-skin",
    }  # fmt: skip
    classes["condition"] = [
        term for entry in data["areas.yaml"]["indications"] if entry["id"] in conditions for term in entry["terms"]
    ]
    classes["risk"] = [term for entry in data["risks.yaml"] for term in entry["terms"]]
    return {name: list(dict.fromkeys(terms)) for name, terms in classes.items()}


def _vocabulary_groups(vocabulary: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, list[str]]]]:
    for group, lists in vocabulary.items():
        yield group, lists if isinstance(lists, Mapping) else {group: lists}


def _brands(entry: Mapping[str, Any]) -> Mapping[str, Mapping[str, Any]]:
    brands: Mapping[str, Mapping[str, Any]] = entry.get("brands", {})
    return brands


def _family_kinds(treatments: list[Any]) -> dict[str, list[str]]:
    found: dict[str, set[str]] = {}
    for entry in treatments:
        kinds = found.setdefault(_treatment(entry)["family"], set())
        kinds.add(entry["kind"].partition("-")[0])
        if "laser" in entry["id"]:
            kinds.add("laser")
    return {family: sorted(kinds) for family, kinds in sorted(found.items())}


def _treatment(entry: Mapping[str, Any]) -> dict[str, Any]:
    risks = entry["material_risks"]
    plain: dict[str, Any] = {
        "name": entry["name"].partition(" (")[0],
        "kind": entry["kind"],
        "family": entry.get("family", entry["id"]),
        "generic": entry.get("generic", False),
        "owes_risks": entry["kind"] in _OWES_RISKS or entry.get("invasive", False),
        "fda_word": entry["fda_word"],
        "core": entry["core_risks"],
        "indispensable": entry.get("indispensable_risks", []),
        "material": [risk["id"] for risk in risks],
        "context_only": [risk["id"] for risk in risks if risk.get("risk_context_only")],
        "unlicensed": entry.get("unlicensed", []),
        "prescription_only": entry.get("prescription_only", []),
        "brands": {
            name: [brand["us_status"], brand["us_indications"], brand.get("generic", False)]
            for name, brand in _brands(entry).items()
        },
    }
    return plain


def _treatment_terms(treatments: list[tuple[str, Mapping[str, Any]]]) -> Iterator[tuple[str, str]]:
    """Every form with its ids; the name of a brand stands for the brand alone, not for its group as well."""
    for _, entry in treatments:
        branded: set[tuple[str, ...]] = set()
        for name, brand in _brands(entry).items():
            for term in brand["terms"]:
                branded.add(tuple(words_of(term).keys))
                yield term, f"brand:{entry['id']}/{name}"
        for term in (*entry["terms"], *(item["term"] for item in entry.get("ambiguous", ()))):
            if tuple(words_of(term).keys) not in branded:
                yield term, f"treatment:{entry['id']}"


def _ambiguous(treatments: list[tuple[str, Mapping[str, Any]]]) -> dict[str, list[list[Any]]]:
    """Term keys, joined by blanks -> [treatment, this_when, other_when, whether it may stand alone]."""
    found: dict[str, list[list[Any]]] = {}
    for _, entry in treatments:
        sure = {tuple(words_of(term).keys) for term in entry["terms"]}
        for item in entry.get("ambiguous", ()):
            keys = tuple(words_of(item["term"]).keys)
            alone = keys in sure and item["otherwise"] != EVERYDAY
            found.setdefault(" ".join(keys), []).append(
                [entry["id"], _keys(item.get("this_when", ())), _keys(item.get("other_when", ())), alone]
            )
    return found


def _indirect(treatments: list[tuple[str, Mapping[str, Any]]]) -> dict[str, Any]:
    pairs: dict[str, list[tuple[str, str]]] = {}
    for _, entry in treatments:
        for jurisdiction, terms in entry.get("indirect_terms", {}).items():
            pairs.setdefault(jurisdiction, []).extend((term, f"treatment:{entry['id']}") for term in terms)
    return {jurisdiction: compile_terms(terms) for jurisdiction, terms in pairs.items()}


def _keys(terms: Iterable[str]) -> list[list[str]]:
    return [words_of(term).keys for term in terms]


def _check(data: Mapping[str, Any], treatments: list[tuple[str, Mapping[str, Any]]]) -> None:
    """Raise KnowledgeError for the first thing that refers to nothing or stands twice."""
    risks = _ids("risks.yaml", data["risks.yaml"])
    areas = _ids("areas.yaml", data["areas.yaml"]["areas"])
    indications = _ids("areas.yaml", data["areas.yaml"]["indications"])
    claims = _ids("areas.yaml", data["areas.yaml"]["claims"])
    _ids("confusable.yaml", data["confusable.yaml"])
    _ids("regulations.yaml", data["regulations.yaml"])
    _check_treatments(treatments, (risks, areas, indications, claims))
    for entry in data["areas.yaml"]["areas"]:
        _known(f"areas.yaml: {entry['id']}", "parent", [entry["parent"]] if "parent" in entry else [], areas)
    for entry in data["confusable.yaml"]:
        rules = {"accuracy/term-confusion", "accuracy/false-statement", "elsewhere"}
        _known(f"confusable.yaml: {entry['id']}", "rule", [entry["rule"]], rules)
    terms: dict[str, str] = {}
    for entry in data["jargon.yaml"]:
        for form in (entry["term"], *entry.get("also", ())):
            if form in terms:
                raise KnowledgeError(f"jargon.yaml: {form!r} stands under {terms[form]!r} and {entry['term']!r}")
            terms[form] = entry["term"]


def _check_treatments(
    treatments: list[tuple[str, Mapping[str, Any]]], known: tuple[set[str], set[str], set[str], set[str]]
) -> None:
    risks, areas, indications, claims = known
    seen: dict[str, str] = {}
    owner: dict[tuple[str, ...], str] = {}
    for name, entry in treatments:
        identifier = entry.get("id", "?")
        where = f"{name}: {identifier}"
        if identifier in seen:
            raise KnowledgeError(f"{where} stands in {seen[identifier]} already")
        seen[identifier] = name
        _known(where, "kind", [entry["kind"]], KINDS)
        _known(where, "core risk", entry["core_risks"], {risk["id"] for risk in entry["material_risks"]})
        _known(where, "indispensable risk", entry.get("indispensable_risks", ()), set(entry["core_risks"]))
        _known(where, "material risk", [risk["id"] for risk in entry["material_risks"]], risks)
        _known(where, "claim", entry["not_for"], claims)
        for key in ("prescription_only", "unlicensed", "indirect_terms"):
            _known(where, "jurisdiction", entry.get(key, ()), set(JURISDICTIONS))
        for brand, fields in _brands(entry).items():
            _known(f"{where}/{brand}", "status", [fields["us_status"]], STATUSES)
            for pair in fields["us_indications"]:
                indication, _, area = pair.partition("@")
                _known(f"{where}/{brand}", "indication", [indication], indications)
                _known(f"{where}/{brand}", "area", [area] if area else [], areas)
        for term in entry["terms"]:
            keys = tuple(words_of(term).keys)
            if not keys:
                raise KnowledgeError(f"{where}: the term {term!r} holds no word")
            if owner.setdefault(keys, identifier) != identifier and not _is_ambiguous(treatments, keys):
                raise KnowledgeError(f"{where}: the term {term!r} belongs to {owner[keys]} already")


def _is_ambiguous(treatments: list[tuple[str, Mapping[str, Any]]], keys: tuple[str, ...]) -> bool:
    return any(
        tuple(words_of(item["term"]).keys) == keys for _, entry in treatments for item in entry.get("ambiguous", ())
    )


def _ids(name: str, entries: Iterable[Mapping[str, Any]]) -> set[str]:
    found: set[str] = set()
    for entry in entries:
        if entry["id"] in found:
            raise KnowledgeError(f"{name}: {entry['id']} stands twice")
        found.add(entry["id"])
    return found


def _known(where: str, what: str, ids: Iterable[str], known: Iterable[str]) -> None:
    for identifier in ids:
        if identifier not in known:
            raise KnowledgeError(f"{where}: unknown {what} {identifier!r}")
