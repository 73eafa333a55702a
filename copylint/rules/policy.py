"""The policy as a run uses it: rules, matchers, cues and knowledge, each made from the compiled data on first use."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple, cast

from copylint.findings import Severity
from copylint.knowledge import Knowledge
from copylint.language.context import Cues
from copylint.language.matcher import Matcher
from copylint.rules import cache

_PACKAGE = Path(__file__).parent.parent


class Rule(NamedTuple):
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


class Page(NamedTuple):
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
    def _check(self) -> dict[str, Any]:
        return cast("dict[str, Any]", self._cached.section("check"))

    @cached_property
    def rules(self) -> dict[str, Rule]:
        """Every rule by id, in the order of the files."""
        return {rule.id: rule for rule in self.numbered}

    @cached_property
    def numbered(self) -> tuple[Rule, ...]:
        """The rules in the order that templates count them."""
        return tuple(
            Rule(
                plain["id"], plain["label"], plain["title"], plain["severity"], plain["severity_in"], plain["message"],
                plain["why"], tuple(plain["better"]),
                {where: tuple(ids) for where, ids in plain["citations"].items()}, tuple(plain["jurisdictions"]),
                plain["kind"],
            )
            for plain in self._check["rules"]
        )  # fmt: skip

    @cached_property
    def templates(self) -> list[dict[str, Any]]:
        """What belongs to each phrase of `flag`: rule, excused, severity, better, fix, unless, requires."""
        return cast("list[dict[str, Any]]", self._check["templates"])

    @cached_property
    def flag(self) -> Matcher:
        """Finds the phrases of all claim rules."""
        return Matcher(self._check["flag"])

    @cached_property
    def exempt(self) -> Matcher:
        """Finds the phrases that rules let through."""
        return Matcher(self._check["exempt"])

    @cached_property
    def exempt_of(self) -> list[int]:
        """The rule (number) that each phrase of `exempt` belongs to."""
        return cast("list[int]", self._check["exempt_of"])

    @cached_property
    def nearby(self) -> Matcher:
        """Matches the phrases of `unless` and `requires`."""
        return Matcher(self._check["nearby"])

    @cached_property
    def subject(self) -> Matcher:
        """Finds the words of rules.build.SUBJECT; phrase 0 is the first class."""
        return Matcher(self._check["subject"])

    @cached_property
    def cues(self) -> Cues:
        """The context cues."""
        return Cues(self._check["cues"])

    @cached_property
    def knowledge(self) -> Knowledge:
        """Treatments, risks, areas, regulations."""
        return Knowledge(self._cached.section("knowledge"))

    def page(self, rule: str) -> Page:
        """The page of a rule. Raises KeyError for an unknown id."""
        plain = self._pages[rule]
        return Page(
            tuple(plain["flag"]), tuple(plain["let_through"]), tuple(plain["excused_by"]),
            tuple((source, within) for source, within in plain["unless"]),
            tuple(plain["flag_examples"]), tuple(plain["pass_examples"]),
        )  # fmt: skip

    @cached_property
    def _pages(self) -> dict[str, Any]:
        return cast("dict[str, Any]", self._cached.section("pages"))


def shipped_rules() -> Path:
    """rules.yaml: at the top of the repository in an editable install, inside the package in a wheel."""
    inside = _PACKAGE / "rules.yaml"
    return inside if inside.is_file() else _PACKAGE.parent / "rules.yaml"


def load(extra_rule_files: Iterable[Path] = ()) -> Policy:
    """The policy of the shipped rules and the given further files. Raises rules.errors.RulesError."""
    files = [shipped_rules(), *extra_rule_files]
    digest = _digest(files)
    if len(files) == 1:
        cached = cache.load(cache.PREBUILT, digest)
        if cached is not None:
            return Policy(cached)
    stored = cache.folder() / f"policy-{digest[7:39]}.jsonl"
    cached = cache.load(stored, digest)
    if cached is not None:
        return Policy(cached)
    from copylint.rules.build import build

    content = cache.encode(digest, build(files))
    cache.store(stored, content)
    head, *rest = content.split(b"\n")
    names = json.loads(head)["sections"]
    return Policy(cache.Cached(digest, dict(zip(names, rest, strict=False))))


def _digest(files: list[Path]) -> str:
    """Of everything that a compiled policy is made from: rules, knowledge, cues and the compiler's own modules."""
    state = sha256(f"{cache.FORMAT}".encode())
    inputs = [*files, *sorted(_PACKAGE.glob("knowledge/**/*.yaml")), _PACKAGE / "language" / "cues.yaml"]
    code = [path for room in ("rules", "language", "knowledge") for path in sorted(_PACKAGE.glob(f"{room}/*.py"))]
    for path in inputs + code:
        try:
            content = path.read_bytes()
        except OSError:
            content = b"?"
        state.update(f"{path.name} {len(content)}\n".encode())
        state.update(content)
    return f"sha256:{state.hexdigest()}"
