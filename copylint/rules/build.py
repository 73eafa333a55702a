"""Rules, cues and knowledge: read from their YAML files and compiled to plain data, when the cache is stale."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from copylint.decoded import encoded
from copylint.knowledge.compile import compile_knowledge, names_for_classes
from copylint.language.anchors import Classes, compile_phrases
from copylint.language.matcher import Compiled
from copylint.language.phrases import Node, PhraseError, parse
from copylint.language.signs import SignBook
from copylint.rules import yaml_nodes
from copylint.rules.errors import RulesError
from copylint.rules.schema import EXPRESSION, IN_CONTEXT, Nearby, Policy, Rule, Template, read_policy
from copylint.rules.yaml_nodes import Mapping, Scalar, Sequence

CUES = Path(__file__).parent.parent / "language" / "cues.yaml"
SUBJECT = ("subject", "subject-hint", "other-subject", "watchdog", "leaflet", "selling")
"""Word classes that tell what a text is about and whose voice it is; see checks.subject."""

_NEVER: Node = ["w"]
"""Stands in for a regular expression among the phrases, so that both count in one order."""
Plain = dict[str, Any]


def build(rule_files: list[Path]) -> dict[str, Any]:
    """Compile the policy: section name -> plain data (see rules.cache for what may be in it). Raises RulesError."""
    knowledge = compile_knowledge()
    citations = knowledge["regulations"]
    named = {
        name: [_literal(form) for form in dict.fromkeys(forms)] for name, forms in names_for_classes().items() if forms
    }
    policy = read_policy([_read(path) for path in rule_files], named, citations)
    book = SignBook()
    try:
        check = _compile_policy(policy, book)
    except PhraseError as error:
        raise RulesError(str(rule_files[0]), 0, 0, error.message, error.hint) from None
    cues, marks = compile_cues(_read(CUES), policy.classes, book)
    return {
        **check,
        **_matcher_sections("cues", cues),
        "cue-classes": cues.classes,
        "cue-marks": marks,
        "signs": book.plain(),
        **{f"knowledge-{name}": data for name, data in knowledge.items()},
        "pages": {rule: json.dumps(page) for rule, page in _pages(policy).items()},
    }


def _matcher_sections(name: str, compiled: Compiled) -> dict[str, Any]:
    return {
        f"{name}-phrases": compiled.phrases,
        f"{name}-beginnings": compiled.beginnings,
        f"{name}-needs": compiled.needs,
        f"{name}-anchors": compiled.anchors,
    }


def read_text(path: Path) -> str:
    """The text of a policy file. Raises RulesError where it cannot be read."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise RulesError(str(path), 0, 0, "no such file", "Check `rules` in the configuration.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise RulesError(str(path), 0, 0, f"cannot be read: {error}", "It must be a UTF-8 text file.") from None


def _read(path: Path) -> yaml_nodes.Value:
    return yaml_nodes.read(str(path), read_text(path))


def _literal(form: str) -> Node:
    """A surface form of the knowledge as a phrase: every sign stands for itself."""
    plain = "".join(character if character not in "{}[]<>|~^$…" else " " for character in form)
    return parse(plain.replace("...", " "))


def _compile_policy(policy: Policy, book: SignBook) -> Plain:
    classes = Classes(policy.classes)
    rules: dict[str, Plain] = {}
    nearby: dict[str, int] = {}
    nearby_nodes: list[Node] = []
    flag: list[Node] = []
    templates: list[Plain] = []
    expressions: dict[str, str] = {}
    exempt: list[Node] = []
    exempt_of: list[int] = []

    def conditions(items: tuple[Nearby, ...]) -> list[list[object]]:
        found: list[list[object]] = []
        for item in items:
            if item.within == IN_CONTEXT:
                found.append([item.source, item.within])
                continue
            if item.source not in nearby:
                nearby[item.source] = len(nearby_nodes)
                nearby_nodes.append(item.node)
            found.append([nearby[item.source], item.within])
        return found

    for number, rule in enumerate(policy.rules.values()):
        rules[rule.id] = _plain_rule(rule)
        for template in rule.flag:
            if template.node[0] == EXPRESSION:
                expressions[str(len(flag))] = str(template.node[1])
                flag.append(_NEVER)
            else:
                flag.append(template.node)
            excused = rule.excused_by if template.excused_by is None else template.excused_by
            templates.append(
                _without_defaults(
                    {
                        "rule": number, "excused": list(excused), "severity": template.severity,
                        "better": template.better, "fix": template.fix,
                        "unless": conditions(rule.unless + template.unless),
                        "requires": conditions(rule.requires + template.requires),
                    }
                )
            )  # fmt: skip
        for template in rule.let_through:
            exempt.append(template.node)
            exempt_of.append(number)
    compiled = {
        "flag": compile_phrases(flag, classes, book),
        "exempt": compile_phrases(exempt, classes, book),
        # Conditions are looked for in their windows, never by their anchors.
        "nearby": compile_phrases(nearby_nodes, classes, book)._replace(anchors={}),
        "subject": compile_phrases([["c", name] if name in classes else _NEVER for name in SUBJECT], classes, book),
    }
    sections: Plain = {
        "rule-ids": list(rules),
        "rules": encoded(rules),
        "templates": [json.dumps(one) for one in templates],
        "exempt-of": exempt_of,
    }
    sections["expressions"] = expressions
    sections["nearby-sources"] = list(nearby)
    sections["classes"] = {}
    for name, one in compiled.items():
        sections |= _matcher_sections(name, one)
        sections["classes"] |= one.classes
    return sections


def _without_defaults(entry: Plain) -> Plain:
    return {key: value for key, value in entry.items() if value not in (None, "", [])}


def _plain_rule(rule: Rule) -> Plain:
    return {
        "label": rule.label, "title": rule.title, "severity": rule.severity,
        "severity_in": rule.severity_in, "message": rule.message, "why": rule.why, "kind": rule.kind,
        "better": list(rule.better), "citations": {where: list(ids) for where, ids in rule.citations.items()},
        "jurisdictions": list(rule.jurisdictions),
    }  # fmt: skip


def _pages(policy: Policy) -> Plain:
    def texts(templates: tuple[Template, ...]) -> list[str]:
        return [template.source for template in templates]

    return {
        rule.id: {
            "flag": texts(rule.flag), "let_through": texts(rule.let_through), "excused_by": list(rule.excused_by),
            "unless": [[item.source, item.within] for item in rule.unless],
            "flag_examples": list(rule.flag_examples), "pass_examples": list(rule.pass_examples),
        }
        for rule in policy.rules.values()
    }  # fmt: skip


def compile_cues(
    root: yaml_nodes.Value, known_classes: dict[str, list[Node]], book: SignBook | None = None
) -> tuple[Compiled, Plain]:
    """The two parts of language.context.Cues."""
    assert isinstance(root, Mapping)
    nodes = dict(known_classes)
    own = root.items["classes"]
    assert isinstance(own, Mapping)
    for name, entries in own.items.items():
        assert isinstance(entries, Sequence)
        nodes[name] = [_cue_phrase(entry) for entry in entries.items]
    classes = Classes(nodes)
    phrases: list[Node] = []
    kinds: list[list[str]] = []
    for entry in cue_entries(root):
        for say in entry.say:
            phrases.append(_cue_phrase(say))
            kinds.append([entry.kind, entry.direction, entry.scope])
    singles = {name: sorted(run[0] for run in classes.sequences(name) if len(run) == 1) for name in own.items}

    def plain(name: str) -> list[str]:
        found = root.items[name]
        assert isinstance(found, Sequence)
        return [one.text for one in found.items if isinstance(one, Scalar)]

    marks = {
        "kinds": kinds,
        "sources": plain("sources"),
        "critics": plain("critics"),
        "subordinators": singles["subordinator"],
        "finite": singles["finite"],
    }
    return compile_phrases(phrases, classes, book), marks


class CueEntry:
    """One entry of cues.yaml."""

    def __init__(self, value: yaml_nodes.Value) -> None:
        assert isinstance(value, Mapping)
        items = value.items

        def text(key: str, default: str = "") -> str:
            found = items.get(key)
            return found.text if isinstance(found, Scalar) else default

        def texts(key: str) -> tuple[Scalar, ...]:
            found = items.get(key)
            return tuple(one for one in found.items if isinstance(one, Scalar)) if isinstance(found, Sequence) else ()

        self.kind = text("kind")
        self.direction = text("direction", "forward")
        self.scope = text("scope", "clause")
        self.say = texts("say")
        self.covers = tuple(one.text for one in texts("covers"))
        self.spares = tuple(one.text for one in texts("spares"))


def cue_entries(root: yaml_nodes.Value) -> list[CueEntry]:
    """The entries of the cue file, in their order."""
    assert isinstance(root, Mapping)
    cues = root.items["cues"]
    assert isinstance(cues, Sequence)
    return [CueEntry(item) for item in cues.items]


def _cue_phrase(value: yaml_nodes.Value) -> Node:
    assert isinstance(value, Scalar)
    try:
        return parse(value.text)
    except PhraseError as error:
        raise RulesError(value.path, value.line, value.column + error.at, error.message, error.hint) from None
