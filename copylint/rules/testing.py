"""Examples held to account: what `copylint test` and the tests run.

Every `flag` example fires its rule. Every `pass` example stays silent and holds a candidate that was let through, else
it proves nothing. Every phrase of a rule is fired by an example of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from copylint.checks import claims
from copylint.checks.settings import CheckSettings
from copylint.documents import parse
from copylint.documents.document import Source
from copylint.engine import judge
from copylint.findings import JURISDICTIONS, Severity
from copylint.language.reading import Reading
from copylint.rules.policy import Policy, Rule

MINIMUM = 4
"""Examples of each kind that a rule must have."""


@dataclass(frozen=True, slots=True)
class Failure:
    """An example that does not hold, or a phrase that none fires. problem: one line for the author of the rule."""

    rule: str
    example: str
    problem: str


@dataclass(frozen=True, slots=True)
class Result:
    """What a run of the examples gave."""

    rules: int
    examples: int
    failures: tuple[Failure, ...]
    unfired: tuple[tuple[str, str], ...]
    """(rule, phrase) for every phrase that no flag example of its rule fires."""


class EverySetting:
    """Settings for examples: every jurisdiction, every rule, and duties that even one sentence owes."""

    checks = CheckSettings(jurisdictions=JURISDICTIONS, duty_words=0, grade_words=0)
    require_reason = True
    claims = None

    def unwanted(self, rule: str, path: str) -> str | None:
        return None

    def severity_of(self, rule: str) -> Severity | None:
        return None

    def allows(self, path: str, text: str, start: int, end: int) -> str | None:
        return None


def run(policy: Policy, rules: Iterable[str] | None = None) -> Result:
    """Run the examples of the rules (of all, if none are given)."""
    chosen = [rule for rule in policy.rules.values() if rules is None or rule.id in set(rules)]
    failures: list[Failure] = []
    unfired: list[tuple[str, str]] = []
    examples = 0
    for rule in chosen:
        page = policy.page(rule.id)
        examples += len(page.flag_examples) + len(page.pass_examples)
        failures += _failures(policy, rule)
        if rule.kind == "claim":
            unfired += [(rule.id, phrase) for phrase in _unfired(policy, rule)]
    return Result(len(chosen), examples, tuple(failures), tuple(unfired))


def _failures(policy: Policy, rule: Rule) -> Iterator[Failure]:
    page = policy.page(rule.id)
    if rule.kind == "notice":
        return
    for kind, examples in (("flag", page.flag_examples), ("pass", page.pass_examples)):
        if len(examples) < MINIMUM:
            yield Failure(rule.id, "", f"has {len(examples)} {kind} examples and needs {MINIMUM}")
    for example in page.flag_examples:
        findings, candidates = judge(_read(policy, example), policy, EverySetting())
        if not any(finding.rule == rule.id for finding in findings):
            reasons = [f"{one.kind}: {one.reason}" for one in candidates if one.rule == rule.id]
            yield Failure(rule.id, example, f"does not fire ({'; '.join(reasons) or 'no candidate'})")
    for example in page.pass_examples:
        findings, candidates = judge(_read(policy, example), policy, EverySetting())
        fired = [finding.text for finding in findings if finding.rule == rule.id]
        if fired:
            yield Failure(rule.id, example, f'fires on "{fired[0]}"')
        elif not any(candidate.rule == rule.id for candidate in candidates):
            yield Failure(rule.id, example, "proves nothing: the rule looks at nothing in it")


def _unfired(policy: Policy, rule: Rule) -> list[str]:
    numbers = policy.templates_of(rule.id)
    fired: set[int] = set()
    for example in policy.page(rule.id).flag_examples:
        reading = _read(policy, example)
        fired |= {match.phrase for match in claims.open_matches(reading, policy)}
    phrases = policy.page(rule.id).flag
    return [phrases[index] for index, number in enumerate(numbers) if number not in fired]


def _read(policy: Policy, example: str) -> Reading:
    return Reading(parse(Source("example", example), "markdown"), policy.cues)
