"""The schema of rules.yaml: what an entry may say, checked with line and column.

A file of rules has `classes:` (word classes, shared by all rules) and `rules:` (one entry for each). Users' own files
have the same shape: a rule with a known id overrides that one key by key, a class of a known name is extended.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from typing import cast

from copylint.findings import JURISDICTIONS, SEVERITIES, Severity
from copylint.language.phrases import BUILTINS, Node, PhraseError, classes_in, parse
from copylint.rules.errors import RulesError
from copylint.rules.yaml_nodes import Mapping, Scalar, Sequence, Value, fail

KINDS = ("claim", "risks", "status", "plugs", "accuracy", "readability", "repetition", "notice")
"""claim: found by the rule's own phrases. The others are found by the check of that name and only worded here."""
CONTEXTS = (
    "negated", "questioned", "refuted", "conditional", "hedged", "quoted", "risk", "historical", "sourced",
    "signed",
)  # fmt: skip
WINDOWS = ("clause", "sentence", "previous-sentence", "next-sentence", "block", "document")
"""next-sentence and previous-sentence: the sentence itself or that neighbour."""
EXPRESSION = "regex"
"""Kind of the node of a template that is a regular expression instead of a phrase."""
IN_CONTEXT = "context"
"""The window of a condition that asks for a context around the match itself: {context: quoted}."""
GROUPS = (
    "overclaim", "regulator", "risk", "promotion", "respect", "trust", "accuracy", "readability", "structure",
    "copylint",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Nearby:
    """A condition on the neighbourhood of a match: a class or a phrase in a window around it, or its context."""

    node: Node
    source: str
    within: str


@dataclass(frozen=True, slots=True)
class Template:
    """One phrase of a rule, with what differs from the rule for it."""

    source: str
    node: Node
    severity: Severity | None = None
    better: str = ""
    fix: str | None = None
    excused_by: tuple[str, ...] | None = None
    unless: tuple[Nearby, ...] = ()
    requires: tuple[Nearby, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. citations and severity_in by jurisdiction; jurisdictions: where it applies at all."""

    id: str
    label: str
    title: str
    severity: Severity
    message: str
    why: str
    kind: str
    better: tuple[str, ...]
    severity_in: dict[str, Severity] = field(default_factory=dict)
    citations: dict[str, tuple[str, ...]] = field(default_factory=dict)
    jurisdictions: tuple[str, ...] = JURISDICTIONS
    flag: tuple[Template, ...] = ()
    let_through: tuple[Template, ...] = ()
    excused_by: tuple[str, ...] = ()
    unless: tuple[Nearby, ...] = ()
    requires: tuple[Nearby, ...] = ()
    flag_examples: tuple[str, ...] = ()
    pass_examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Policy:
    """What the rule files say, all put together, before it is compiled."""

    rules: dict[str, Rule]
    classes: dict[str, list[Node]]


_TOP_KEYS = ("classes", "rules")
_RULE_KEYS = (
    "id", "label", "title", "severity", "severity-in", "message", "why", "better", "citations", "kind", "jurisdictions",
    "flag", "let-through", "excused-by", "unless", "requires", "when", "examples",
)  # fmt: skip
_REQUIRED = ("label", "title", "severity", "message", "why", "better", "kind")
_TEMPLATE_KEYS = ("say", "regex", "severity", "better", "fix", "excused-by", "unless", "requires", "when")
_NEARBY_KEYS = ("class", "say", "within", "context")


def read_policy(
    files: Iterable[Value], known_classes: dict[str, list[Node]], known_citations: Collection[str]
) -> Policy:
    """Check and combine rule files, the shipped one first. known_classes come from the knowledge."""
    classes = {name: list(nodes) for name, nodes in known_classes.items()}
    rules: dict[str, Rule] = {}
    places: list[tuple[Value, Node]] = []
    for root in files:
        if not isinstance(root, Mapping):
            raise fail(root, "a rule file is a mapping", "Begin with `rules:`.")
        _known_keys(root, _TOP_KEYS)
        for name, entries in _mapping(root.items.get("classes")).items():
            for entry in _sequence(entries):
                node = _phrase(entry)
                classes.setdefault(name, []).append(node)
                places.append((entry, node))
        seen: set[str] = set()
        for item in _sequence(root.items.get("rules")):
            rule = _rule(item, rules, known_citations, places)
            if rule.id in seen:
                raise fail(item, f'a second entry for "{rule.id}"', "Put both into one.")
            seen.add(rule.id)
            rules[rule.id] = rule
    for value, node in places:
        for name in classes_in(node):
            if name not in classes:
                raise fail(value, f"no word class <{name}>", suggestion(name, [*classes, *BUILTINS]))
    return Policy(rules, classes)


def _rule(item: Value, known: dict[str, Rule], citations: Collection[str], places: list[tuple[Value, Node]]) -> Rule:
    entry = _as_mapping(item, "a rule is a mapping that begins with `- id: group/name`")
    _known_keys(entry, _RULE_KEYS)
    if "id" not in entry.items:
        raise fail(entry, "a rule without id", "Begin it with `- id: group/name`.")
    identifier = _text(entry.items["id"])
    _group, slash, name = identifier.partition("/")
    if not slash or not name:
        raise fail(entry.items["id"], f'"{identifier}" is no rule id', "Write group/name, such as overclaim/hype.")
    base = known.get(identifier)
    if base is None:
        for key in _REQUIRED:
            if key not in entry.items:
                raise fail(entry, f'rule {identifier} lacks "{key}"', f"Add `{key}: ...`.")
        base = Rule(identifier, "", "", "error", "", "", "claim", ())
    values: dict[str, object] = {
        name: read(entry.items[key]) for key, (name, read) in _READERS.items() if key in entry.items
    }
    if "citations" in entry.items:
        values["citations"] = {
            where: tuple(_citation(one, citations) for one in _sequence_or_one(value))
            for where, value in _by_jurisdiction(entry.items["citations"]).items()
        }
    for key, name in (("flag", "flag"), ("let-through", "let_through")):
        if key in entry.items:
            values[name] = tuple(_template(one, places) for one in _sequence(entry.items[key]))
    if "severity" in entry.items and "flag" not in entry.items and base.flag:
        # A user's severity for a shipped rule holds for all of it, also for phrases graded apart.
        values["flag"] = tuple(replace(template, severity=None) for template in base.flag)
    if "unless" in entry.items:
        values["unless"] = _nearby(entry.items["unless"], places)
    requires = _requires(entry, places)
    if requires:
        values["requires"] = requires
    if "examples" in entry.items:
        examples = _as_mapping(entry.items["examples"], "examples are two lists: flag and pass")
        _known_keys(examples, ("flag", "pass"))
        values["flag_examples"] = _texts(examples.items.get("flag"))
        values["pass_examples"] = _texts(examples.items.get("pass"))
    rule = replace(base, **values)  # type: ignore[arg-type]
    if rule.kind == "claim" and not rule.flag:
        raise fail(entry, f"rule {identifier} is a claim and looks for nothing", "Add phrases under `flag:`.")
    if rule.kind != "claim" and rule.flag:
        hint = "Take `flag:` out, or make it a claim."
        raise fail(entry, f"rule {identifier} is found by code (kind {rule.kind})", hint)
    return rule


def _texts(value: Value | None) -> tuple[str, ...]:
    return tuple(_text(one) for one in _sequence(value))


def _template(value: Value, places: list[tuple[Value, Node]]) -> Template:
    if isinstance(value, Scalar):
        node = _phrase(value)
        places.append((value, node))
        return Template(value.text, node)
    entry = _as_mapping(value, "a phrase in quotes, or a mapping with `say:`")
    _known_keys(entry, _TEMPLATE_KEYS)
    if ("say" in entry.items) == ("regex" in entry.items):
        raise fail(entry, "a phrase entry has either `say:` or `regex:`", "Add `say: 'the phrase'`.")
    if "say" in entry.items:
        say = entry.items["say"]
        node = _phrase(say)
        places.append((say, node))
    else:
        say = entry.items["regex"]
        node = _expression(say)
    return Template(
        _text(say),
        node,
        _severity(entry.items["severity"]) if "severity" in entry.items else None,
        _text(entry.items["better"]) if "better" in entry.items else "",
        _text(entry.items["fix"]) if "fix" in entry.items else None,
        _contexts(entry.items["excused-by"]) if "excused-by" in entry.items else None,
        _nearby(entry.items["unless"], places) if "unless" in entry.items else (),
        _requires(entry, places),
    )


def _requires(entry: Mapping, places: list[tuple[Value, Node]]) -> tuple[Nearby, ...]:
    found = _nearby(entry.items["requires"], places) if "requires" in entry.items else ()
    if "when" in entry.items:
        when = _as_mapping(entry.items["when"], "write `when: {treatment: surgery}`")
        _known_keys(when, ("treatment",))
        for value in when.items.values():
            name = "treatment" if _text(value) == "any" else _text(value)
            node: Node = ["c", name]
            places.append((value, node))
            found += (Nearby(node, f"<{name}>", "block"),)
    return found


def _nearby(value: Value, places: list[tuple[Value, Node]]) -> tuple[Nearby, ...]:
    found = []
    for item in _sequence_or_one(value):
        entry = _as_mapping(item, "write {class: name, within: sentence} or {say: 'phrase', within: sentence}")
        _known_keys(entry, _NEARBY_KEYS)
        if "context" in entry.items:
            kind = _one_of(entry.items["context"], CONTEXTS, "context")
            found.append(Nearby(["b", "word"], kind, IN_CONTEXT))
            continue
        if ("class" in entry.items) == ("say" in entry.items):
            raise fail(entry, "needs either `class:` or `say:`")
        if "class" in entry.items:
            name = _text(entry.items["class"])
            node: Node = ["b" if name in BUILTINS else "c", name]
            source = f"<{name}>"
        else:
            node = _phrase(entry.items["say"])
            source = _text(entry.items["say"])
        places.append((entry, node))
        within = entry.items.get("within")
        found.append(Nearby(node, source, _one_of(within, WINDOWS, "window") if within else "sentence"))
    return tuple(found)


def _phrase(value: Value) -> Node:
    text = _text(value)
    try:
        return parse(text)
    except PhraseError as error:
        column = value.column + error.at + (0 if isinstance(value, Scalar) and value.plain else 1)
        raise RulesError(value.path, value.line, column, f"in '{text}': {error.message}", error.hint) from None


def _expression(value: Value) -> Node:
    """A regular expression, tried over the visible text: the way out for what the phrase language cannot say."""
    import regex  # only for rule files that use it

    try:
        regex.compile(_text(value))
    except regex.error as error:
        hint = "It is read by the `regex` package, with (?V0) behaviour and case as written; (?i) ignores case."
        raise fail(value, f"not a regular expression: {error}", hint) from None
    return [EXPRESSION, _text(value)]


def _contexts(value: Value) -> tuple[str, ...]:
    return tuple(_one_of(one, CONTEXTS, "context") for one in _sequence_or_one(value))


def _citation(value: Value, known: Collection[str]) -> str:
    text = _text(value)
    if text not in known:
        raise fail(value, f'no regulation "{text}" in the knowledge', suggestion(text, known))
    return text


def _by_jurisdiction(value: Value) -> dict[str, Value]:
    entry = _as_mapping(value, "a mapping by jurisdiction, such as {us: ..., uk: ...}")
    _known_keys(entry, JURISDICTIONS)
    return entry.items


def _severity(value: Value) -> Severity:
    return cast(Severity, _one_of(value, SEVERITIES, "severity"))


def _one_of(value: Value, known: Collection[str], what: str) -> str:
    text = _text(value)
    if text not in known:
        raise fail(value, f'no {what} "{text}"', suggestion(text, known) or f"One of: {', '.join(known)}.")
    return text


def _known_keys(entry: Mapping, known: Collection[str]) -> None:
    for name, key in entry.keys.items():
        if name not in known:
            raise fail(key, f'unknown key "{name}"', suggestion(name, known) or f"Known keys: {', '.join(known)}.")


def suggestion(name: str, known: Iterable[str]) -> str:
    """A line that names the nearest known name, or nothing."""
    near = get_close_matches(name, list(known), n=1)
    return f'Did you mean "{near[0]}"?' if near else ""


def _text(value: Value) -> str:
    if not isinstance(value, Scalar):
        raise fail(value, "a text is wanted here, not a list or a mapping", "Put it in quotes.")
    if not value.text.strip():
        raise fail(value, "an empty text")
    return value.text


def _sequence(value: Value | None) -> tuple[Value, ...]:
    if value is None:
        return ()
    if not isinstance(value, Sequence):
        raise fail(value, "a list is wanted here", "Begin each item with `- `.")
    return value.items


def _sequence_or_one(value: Value) -> tuple[Value, ...]:
    return value.items if isinstance(value, Sequence) else (value,)


def _mapping(value: Value | None) -> dict[str, Value]:
    return {} if value is None else _as_mapping(value, "a mapping is wanted here").items


def _severities(value: Value) -> dict[str, Severity]:
    return {where: _severity(one) for where, one in _by_jurisdiction(value).items()}


def _jurisdictions(value: Value) -> tuple[str, ...]:
    return tuple(_one_of(one, JURISDICTIONS, "jurisdiction") for one in _sequence_or_one(value))


def _as_mapping(value: Value, hint: str) -> Mapping:
    if not isinstance(value, Mapping):
        raise fail(value, "not a mapping", hint)
    return value


_READERS: dict[str, tuple[str, Callable[[Value], object]]] = {
    "label": ("label", _text),
    "title": ("title", _text),
    "message": ("message", _text),
    "why": ("why", _text),
    "severity": ("severity", _severity),
    "severity-in": ("severity_in", _severities),
    "kind": ("kind", lambda value: _one_of(value, KINDS, "kind")),
    "better": ("better", _texts),
    "jurisdictions": ("jurisdictions", _jurisdictions),
    "excused-by": ("excused_by", _contexts),
}
"""Keys of a rule that are read by themselves -> the field of Rule, and how."""
