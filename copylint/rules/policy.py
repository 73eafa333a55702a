"""The policy as a run uses it: rules, matchers, cues and knowledge, each made from the compiled data on first use."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, cast

from copylint.decoded import Decoded
from copylint.findings import Severity
from copylint.knowledge import Knowledge
from copylint.language.context import Cues
from copylint.language.matcher import Compiled, Matcher
from copylint.language.patterns import ClassTable
from copylint.language.signs import Signs
from copylint.record import Record
from copylint.rules import cache

_PACKAGE = Path(__file__).parent.parent


class Rule(Record):
    """One rule as it is reported. citations: regulation ids by jurisdiction."""

    id: str
    label: str
    title: str
    severity: Severity
    severity_in: dict[str, Severity]
    message: str
    why: str
    better: tuple[str, ...]
    citations: dict[str, tuple[str, ...]]
    jurisdictions: tuple[str, ...]
    kind: str


class Page(Record):
    """What explains a rule to people: its phrases and its examples."""

    flag: tuple[str, ...]
    let_through: tuple[str, ...]
    excused_by: tuple[str, ...]
    unless: tuple[tuple[str, str], ...]
    flag_examples: tuple[str, ...]
    pass_examples: tuple[str, ...]


class Policy:
    """All that decides a verdict. digest: "sha256:..." of rules, cues and knowledge."""

    def __init__(self, cached: cache.Cached) -> None:
        self.digest = cached.digest
        self._cached = cached

    @cached_property
    def rules(self) -> Mapping[str, Rule]:
        """Every rule by id, in the order of the files."""
        texts = self._cached.section("rules")
        return Decoded({rule: texts[rule] for rule in self.rule_ids}, _rule)

    @cached_property
    def rule_ids(self) -> list[str]:
        """The ids of the rules, in the order that templates count them."""
        return cast("list[str]", self._cached.section("rule-ids"))

    @cached_property
    def _templates(self) -> tuple[list[str], dict[int, dict[str, Any]]]:
        return self._cached.section("templates"), {}

    def template(self, number: int) -> dict[str, Any]:
        """What belongs to phrase `number` of `flag`: rule, excused, severity, better, fix, unless, requires."""
        texts, known = self._templates
        if number not in known:
            known[number] = json.loads(texts[number])
        return known[number]

    def templates_of(self, rule: str) -> list[int]:
        """The phrases of `flag` that belong to a rule."""
        count = len(self._templates[0])
        return [number for number in range(count) if self.rule_ids[self.template(number)["rule"]] == rule]

    @cached_property
    def expressions(self) -> dict[str, str]:
        """Regular expressions of users' rules: number of the template -> pattern. The shipped rules have none."""
        return cast("dict[str, str]", self._cached.section("expressions"))

    def _matcher(self, name: str, classes: ClassTable | None = None) -> Matcher:
        section = self._cached.section
        compiled = Compiled(
            section(f"{name}-phrases"), section(f"{name}-beginnings"), section(f"{name}-needs"),
            section(f"{name}-anchors"), {}, {},
        )  # fmt: skip
        return Matcher(compiled, classes or self._classes, self._signs)

    @cached_property
    def _classes(self) -> ClassTable:
        return ClassTable(self.class_texts)

    @cached_property
    def class_texts(self) -> Mapping[str, str]:
        """The word classes that the rules use, in the form of matcher.Compiled: for phrases from elsewhere."""
        return cast("Mapping[str, str]", self._cached.section("classes"))

    @cached_property
    def _signs(self) -> Signs:
        return Signs(self._cached.section("signs"))

    @cached_property
    def flag(self) -> Matcher:
        """Finds the phrases of all claim rules."""
        return self._matcher("flag")

    @cached_property
    def exempt(self) -> Matcher:
        """Finds the phrases that rules let through."""
        return self._matcher("exempt")

    @cached_property
    def exempt_of(self) -> list[int]:
        """The rule (number) that each phrase of `exempt` belongs to."""
        return cast("list[int]", self._cached.section("exempt-of"))

    @cached_property
    def nearby(self) -> Matcher:
        """Matches the phrases of `unless` and `requires`."""
        return self._matcher("nearby")

    @cached_property
    def nearby_sources(self) -> list[str]:
        """How the rules write the phrases of `nearby`."""
        return cast("list[str]", self._cached.section("nearby-sources"))

    @cached_property
    def subject(self) -> Matcher:
        """Finds the words of rules.build.SUBJECT; phrase 0 is the first class, and so on."""
        return self._matcher("subject")

    @cached_property
    def cues(self) -> Cues:
        """The context cues."""
        classes = ClassTable(self._cached.section("cue-classes"))
        return Cues(self._matcher("cues", classes), self._cached.section("cue-marks"))

    @cached_property
    def knowledge(self) -> Knowledge:
        """Treatments, risks, areas, regulations."""
        return Knowledge(_Sections(self._cached, "knowledge-"))

    def page(self, rule: str) -> Page:
        """The page of a rule. Raises KeyError for an unknown id."""
        plain = json.loads(self._pages[rule])
        return Page(
            tuple(plain["flag"]), tuple(plain["let_through"]), tuple(plain["excused_by"]),
            tuple((source, within) for source, within in plain["unless"]),
            tuple(plain["flag_examples"]), tuple(plain["pass_examples"]),
        )  # fmt: skip

    @cached_property
    def _pages(self) -> dict[str, str]:
        return cast("dict[str, str]", self._cached.section("pages"))


def _rule(identifier: str, plain: Any) -> Rule:
    return Rule(
        identifier, plain["label"], plain["title"], plain["severity"], plain["severity_in"], plain["message"],
        plain["why"], tuple(plain["better"]), {where: tuple(ids) for where, ids in plain["citations"].items()},
        tuple(plain["jurisdictions"]), plain["kind"],
    )  # fmt: skip


class _Sections(Mapping[str, Any]):
    """The sections of a cache whose names begin alike, as a mapping that decodes on access."""

    def __init__(self, cached: cache.Cached, prefix: str) -> None:
        self._cached = cached
        self._prefix = prefix

    def __getitem__(self, name: str) -> Any:
        return self._cached.section(self._prefix + name)

    def __iter__(self) -> Iterator[str]:
        return (name.removeprefix(self._prefix) for name in self._cached.names() if name.startswith(self._prefix))

    def __len__(self) -> int:
        return sum(1 for _ in self)


def shipped_rules() -> Path:
    """rules.yaml: at the top of the repository in an editable install, inside the package in a wheel."""
    inside = _PACKAGE / "rules.yaml"
    return inside if inside.is_file() else _PACKAGE.parent / "rules.yaml"


def load(extra_rule_files: Iterable[Path] = (), *, base: Path | None = None) -> Policy:
    """The policy of the shipped rules (or those of `base`) and of further files. Raises rules.errors.RulesError."""
    files = [base or shipped_rules(), *extra_rule_files]
    inputs = inputs_of(files)
    signed = cache.signature(inputs)
    stored = cache.place(signed)
    cached = cache.load(stored, signed=signed)
    if cached is not None:
        return Policy(cached)
    digest = digest_of(inputs)
    if len(files) == 1:
        cached = cache.load(cache.PREBUILT, digest=digest)
        if cached is not None:
            cache.copy_signed(cache.PREBUILT, stored, signed)
            return Policy(cached)
    from copylint.rules.build import build  # yaml and the compiler, for a stale cache only

    content = cache.encode(digest, signed, build(files))
    cache.store(stored, content)
    return Policy(cache.decoded(content))


def digest_of(inputs: Iterable[Path]) -> str:
    """The digest of everything that a policy is compiled from, as "sha256:..."."""
    from hashlib import sha256  # OpenSSL, for a stale cache only

    state = sha256(f"{cache.FORMAT}".encode())
    for path in inputs:
        try:
            content = path.read_bytes()
        except OSError:
            content = b"?"
        state.update(f"{path.name} {len(content)}\n".encode())
        state.update(content)
    return f"sha256:{state.hexdigest()}"


def inputs_of(files: list[Path]) -> list[Path]:
    """The files that decide a compiled policy: rules, knowledge, cues, and the code that compiles them."""
    data = [*files, *sorted(_PACKAGE.glob("knowledge/**/*.yaml")), _PACKAGE / "language" / "cues.yaml"]
    code = [path for room in ("rules", "language", "knowledge") for path in sorted(_PACKAGE.glob(f"{room}/*.py"))]
    return data + code
