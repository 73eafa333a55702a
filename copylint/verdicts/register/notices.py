"""Uses of claims whose approval does not hold, as findings: two rules of the group copylint word them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from copylint.findings import Finding
from copylint.language.reading import Reading
from copylint.rules.policy import Policy
from copylint.verdicts.register.uses import Use, UseIndex

EXPIRED = "copylint/expired-claim"
NO_EVIDENCE = "copylint/claim-evidence"
_VALUE = re.compile(r"\{([a-z_]+)\}")


def notices(reading: Reading, policy: Policy, uses: Sequence[Use], day: str) -> Iterator[Finding]:
    """A finding on each use of a claim that has expired, and on each file of evidence that is missing for it.

    None where a claim that is in force has the same words. day: as 2027-03-01.
    """
    holding = UseIndex([use for use in uses if use.in_scope and use.claim.is_in_force(day)])
    sentences: dict[int, str] = {}
    for use in uses:
        if not use.in_scope or any(holding.around(use.start, use.end)):
            continue
        if use.sentence not in sentences:
            sentences[use.sentence] = _sentence(reading, use.sentence)
        for rule, file in _faults(use, day):
            if rule in policy.rules:
                values = {**use.claim.values(), "match": use.text, "file": file}
                yield _finding(rule, use, policy, values, sentences[use.sentence])


def _faults(use: Use, day: str) -> Iterator[tuple[str, str]]:
    """The rules that speak of a use, each with the file that is missing, if it is about one."""
    if use.claim.has_expired(day):
        yield EXPIRED, ""
    yield from ((NO_EVIDENCE, file) for file in use.claim.missing_evidence)


def _sentence(reading: Reading, index: int) -> str:
    sentence = reading.sentences[index]
    return " ".join(reading.document.text[sentence.start : sentence.end].split())


def _finding(rule_id: str, use: Use, policy: Policy, values: Mapping[str, str], sentence: str) -> Finding:
    rule = policy.rules[rule_id]
    return Finding(
        rule.id, rule.severity, _filled(rule.message, values), _filled(rule.why, values), use.text, use.start, use.end,
        tuple(_filled(line, values) for line in rule.better), None, {}, sentence=sentence,
    )  # fmt: skip


def _filled(line: str, values: Mapping[str, str]) -> str:
    return _VALUE.sub(lambda match: values.get(match[1], match[0]), line)
