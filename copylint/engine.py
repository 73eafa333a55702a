"""The engine: a source in, its findings out. Files and the command line stand before it, reports behind it.

    parse -> read -> checks -> findings -> suppressions -> approved claims

Every check is a generator of hits and of candidates that were let through; nothing else happens here than running
them, wording the hits after their rules and putting all in order.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Protocol

from copylint.checks import claims
from copylint.checks.settings import CheckSettings
from copylint.documents import format_of, parse
from copylint.documents.document import Document, Lines, Source
from copylint.findings import SEVERITIES, Candidate, FileReport, Finding, Hit, Severity, Verdict
from copylint.language.reading import Reading
from copylint.rules.policy import Policy, Rule
from copylint.verdicts.clock import Clock, today


class Settings(Protocol):
    """What the engine asks of config.LintSettings."""

    @property
    def checks(self) -> CheckSettings:
        """Settings of the checks."""

    @property
    def require_reason(self) -> bool:
        """Whether a suppression without a reason is reported."""

    @property
    def claims(self) -> Path | None:
        """The register of approved claims, if there is one."""

    def unwanted(self, rule: str, path: str) -> str | None:
        """Why findings of this rule are not wanted in a file, or None where they are."""

    def severity_of(self, rule: str) -> Severity | None:
        """The severity that the user has set for this rule, which outweighs all that the rules say, or None."""

    def allows(self, path: str, text: str, start: int, end: int) -> str | None:
        """The reason why the user allows what stands at the visible offsets start..end of text, or None."""


def lint(source: Source, policy: Policy, settings: Settings, *, clock: Clock = today) -> FileReport:
    """Check one file. Never raises on account of its content.

    A register of claims that cannot be read raises ConfigError or RulesError.

    clock: gives the day, as 2027-03-01; asked only where the copy names a day until which something holds.
    """
    findings, _, reading = examine(source, policy, settings, clock=clock)
    document = reading.document
    return FileReport(
        source.path, document.format, source.text, reading.word_count, reading.words_read, measures(reading, policy),
        tuple(findings), (*document.notices, *_unread(reading), *reading.notices),
    )  # fmt: skip


def _unread(reading: Reading) -> Iterator[str]:
    """One line about what is not English and one about what no visitor sees, if there is any."""
    if reading.hidden_words:
        yield f"{reading.hidden_words} words are hidden from visitors and were not checked"
    if reading.unread:
        count = reading.word_count - reading.words_read
        lines = Lines(reading.document.source.text)
        first = lines.position(reading.document.blocks[reading.unread[0][0]].source_start)[0]
        yield f"{count} of {reading.word_count} words are not English and were not read (from line {first})"


def examine(
    source: Source, policy: Policy, settings: Settings, *, clock: Clock = today
) -> tuple[list[Finding], list[Candidate], Reading]:
    """The findings of a file, the candidates that were let through, and the file as it was read."""
    document = parse(source, format_of(source.path) or "plain")
    reading = Reading(document, policy.cues)
    findings, candidates = judge(reading, policy, settings)
    if settings.claims is not None:
        from copylint.verdicts import register

        findings = register.with_misuse(
            findings, reading, policy, settings.claims, lambda rule: settings.unwanted(rule, source.path) is None,
            severity_of=settings.severity_of, clock=clock,
        )  # fmt: skip
    if document.comments:
        from copylint.verdicts import suppressions

        findings = suppressions.apply(
            findings, document, policy, lambda rule: settings.unwanted(rule, source.path) is None,
            severity_of=settings.severity_of, require_reason=settings.require_reason, clock=clock,
        )  # fmt: skip
    if settings.claims is not None:
        # After the suppressions: what somebody has suppressed stays so.
        places = settings.checks.jurisdictions
        findings = register.approve(findings, reading, policy, settings.claims, places, clock=clock)
    return findings, candidates, reading


def judge(reading: Reading, policy: Policy, settings: Settings) -> tuple[list[Finding], list[Candidate]]:
    """Run every check over a document that is read already."""
    document = reading.document
    findings: list[Finding] = []
    candidates: list[Candidate] = []
    quoted: dict[int, str] = {}
    for one in _run(reading, policy, settings.checks):
        rule = policy.rules.get(one.rule)
        if rule is None:
            # The checks know every rule of the contract; a user's own policy may leave some out.
            continue
        if isinstance(one, Candidate):
            candidates.append(one)
            continue
        counts = one.jurisdictions or rule.jurisdictions
        where = [place for place in settings.checks.jurisdictions if place in rule.jurisdictions and place in counts]
        unwanted = settings.unwanted(rule.id, document.source.path)
        if not where:
            candidates.append(Candidate(rule.id, one.start, one.end, "setting", "applies in other jurisdictions only"))
        elif unwanted is not None:
            candidates.append(Candidate(rule.id, one.start, one.end, "setting", unwanted))
        else:
            allowed = settings.allows(document.source.path, document.text, one.start, one.end)
            if allowed is not None:
                candidates.append(Candidate(rule.id, one.start, one.end, "setting", f"allowed: {allowed}"))
            else:
                sentence = _sentence(reading, one.start, quoted)
                hit = one._replace(severity=settings.severity_of(rule.id) or one.severity)
                findings.append(_finding(hit, rule, where, document, sentence))
    findings.sort(key=lambda finding: (finding.start, finding.rule, finding.end))
    return findings, _distinct(candidates)


def _distinct(candidates: list[Candidate]) -> list[Candidate]:
    """One candidate for those of a rule that overlap and were let through for the same reason: the longest."""
    kept: dict[tuple[str, str, str], Candidate] = {}
    found: list[Candidate] = []
    for one in sorted(candidates, key=lambda one: (one.start, one.start - one.end, one.rule, one.reason)):
        known = kept.get((one.rule, one.kind, one.reason))
        if known is None or one.start >= known.end:
            kept[one.rule, one.kind, one.reason] = one
            found.append(one)
    return sorted(found, key=lambda one: (one.start, one.rule, one.end, one.reason))


def measures(reading: Reading, policy: Policy) -> Mapping[str, float]:
    """The readability measures of a document, by name."""
    from copylint.language.readability import measure

    return measure(reading, policy.knowledge.treatment_terms).as_dict()


def _run(reading: Reading, policy: Policy, settings: CheckSettings) -> Iterator[Hit | Candidate]:
    from copylint.checks import accuracy, plugs, readability, repetition, risks, status

    yield from claims.check(reading, policy)
    for module in (risks, status, plugs, accuracy, readability, repetition):
        yield from module.check(reading, policy.knowledge, settings)


def _sentence(reading: Reading, offset: int, quoted: dict[int, str]) -> str:
    """The sentence that holds a visible offset, white space folded; "" outside of all sentences.

    quoted: those that were asked for before. One sentence may be a whole file with thousands of findings.
    """
    index = bisect_right(reading.sentences, offset, key=lambda sentence: sentence.start) - 1
    if index < 0 or offset >= reading.sentences[index].end:
        return ""
    if index not in quoted:
        sentence = reading.sentences[index]
        quoted[index] = " ".join(reading.document.text[sentence.start : sentence.end].split())
    return quoted[index]


def _finding(hit: Hit, rule: Rule, where: Iterable[str], document: Document, sentence: str) -> Finding:
    text = " ".join(document.text[hit.start : hit.end].split())
    values = {"match": text, **hit.values}
    verdicts = {place: Verdict(_severity(hit, rule, place), rule.citations.get(place, ())) for place in where}
    start, end = hit.place or document.source_span(hit.start, hit.end)
    return Finding(
        rule.id,
        min((verdict.severity for verdict in verdicts.values()), key=SEVERITIES.index),
        _filled(rule.message, values),
        _filled(rule.why, values),
        text,
        start,
        end,
        tuple(_filled(line, values) for line in (*hit.better, *rule.better)),
        hit.fix,
        verdicts,
        sentence=sentence,
        about=hit.about,
    )


def _severity(hit: Hit, rule: Rule, place: str) -> Severity:
    if hit.severity is not None:
        return hit.severity
    return rule.severity_in.get(place, rule.severity)


_NAME = re.compile(r"\{([a-z_]+)\}")


def _filled(line: str, values: Mapping[str, str]) -> str:
    """Fill {names}; one that has no value stays as it is (the text may hold braces of its own)."""
    return _NAME.sub(lambda match: values.get(match[1], match[0]), line)
