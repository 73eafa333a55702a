"""The knowledge files agree with themselves, and what contradicts them is told with file and id."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest

from copylint.knowledge import Knowledge
from copylint.knowledge.compile import (
    DATA_FILES,
    TREATMENT_FILES,
    KnowledgeError,
    compile_knowledge,
    names_for_classes,
    read,
)

FILES: dict[str, Any] = {name: read(name) for name in DATA_FILES}
SIZE_LIMIT = 440_000
"""Bytes: the knowledge stands in every cache. The affiliates are apart."""


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return Knowledge(json.loads(json.dumps(compile_knowledge())))


def test_it_is_plain_data_and_small() -> None:
    plain = compile_knowledge()
    plain = {name: data for name, data in plain.items() if not name.startswith("advertising-")}
    text = json.dumps(plain, ensure_ascii=False, separators=(",", ":"))
    assert json.loads(text).keys() == plain.keys()
    assert len(text.encode()) < SIZE_LIMIT


def test_words_of_yaml_stay_words() -> None:
    assert "no" in FILES["vocabulary.yaml"]["risk"]["belittled"]
    assert all(isinstance(term, str) for area in FILES["areas.yaml"]["areas"] for term in area["synonyms"])


def test_every_treatment_keeps_its_sources() -> None:
    for name in TREATMENT_FILES:
        for entry in FILES[name]:
            assert isinstance(entry["verified"], bool), entry["id"]
            assert entry["sources"] or not entry["verified"], entry["id"]
            assert all({"source", "source_grade"} <= risk.keys() for risk in entry["material_risks"]), entry["id"]


def test_a_brand_knows_what_it_is_for(knowledge: Knowledge) -> None:
    kybella = knowledge.treatments["deoxycholic-acid"].brands["Kybella"]
    assert kybella.us_status == "approved"
    assert kybella.indications == (("fat-reduction", "submental"),)


def test_an_area_is_covered_by_the_larger_one(knowledge: Knowledge) -> None:
    assert knowledge.area_covers("thighs", "inner-thighs")
    assert knowledge.area_covers("body", "calves")
    assert not knowledge.area_covers("submental", "upper-back")


def test_classes_of_words_for_rules() -> None:
    classes = names_for_classes()
    assert {"treatment", "surgery", "injectable", "energy-device", "brand", "area", "condition"} <= classes.keys()
    assert "botox" in classes["injectable"]
    assert "liposuction" in classes["surgery"]
    assert "lipo" not in classes["treatment"], "a word with several senses names no treatment by itself"


def _break(name: str, change: Any) -> dict[str, Any]:
    data = copy.deepcopy(FILES)
    change(data[name])
    return data


def _set(index: int, key: str, value: Any) -> Any:
    def change(entries: list[dict[str, Any]]) -> None:
        entries[index][key] = value

    return change


BROKEN = [
    ("treatments-surgery.yaml", _set(0, "kind", "sorcery"), "treatments-surgery.yaml: liposuction: unknown kind"),
    ("treatments-surgery.yaml", _set(0, "core_risks", ["hiccups"]), "liposuction: unknown core risk 'hiccups'"),
    ("treatments-surgery.yaml", _set(1, "id", "liposuction"), "liposuction stands in"),
    ("treatments-surgery.yaml", _set(1, "terms", ["liposuction"]), "belongs to liposuction already"),
    ("treatments-surgery.yaml", _set(0, "terms", ["-"]), "holds no word"),
    ("treatments-surgery.yaml", _set(0, "not_for", ["flying"]), "unknown claim 'flying'"),
    ("treatments-surgery.yaml", _set(0, "prescription_only", ["mars"]), "unknown jurisdiction 'mars'"),
    ("areas.yaml", lambda data: data["areas"][1].update(parent="moon"), "unknown parent 'moon'"),
    ("areas.yaml", lambda data: data["areas"].append(data["areas"][0]), "areas.yaml: face stands twice"),
    ("regulations.yaml", lambda data: data.append(data[0]), "regulations.yaml: us-ftc-act-5 stands twice"),
    ("confusable.yaml", _set(0, "rule", "accuracy/typo"), "unknown rule 'accuracy/typo'"),
    ("jargon.yaml", _set(1, "term", "cannula"), "'cannula' stands under"),
]


@pytest.mark.parametrize(("name", "change", "message"), BROKEN, ids=[message for _, _, message in BROKEN])
def test_contradictions_are_told_with_file_and_id(name: str, change: Any, message: str) -> None:
    with pytest.raises(KnowledgeError, match=message.replace("(", r"\(")):
        compile_knowledge(_break(name, change))


def test_unknown_status_of_a_brand() -> None:
    def change(entries: list[dict[str, Any]]) -> None:
        entries[1]["brands"]["VASER"]["us_status"] = "blessed"

    with pytest.raises(KnowledgeError, match="liposuction-ultrasound/VASER: unknown status 'blessed'"):
        compile_knowledge(_break("treatments-surgery.yaml", change))


def test_every_material_risk_is_known() -> None:
    def change(entries: list[dict[str, Any]]) -> None:
        entries[0]["material_risks"].append({"id": "hiccups"})

    with pytest.raises(KnowledgeError, match="unknown material risk 'hiccups'"):
        compile_knowledge(_break("treatments-surgery.yaml", change))
