"""Claims: the phrases of rules.yaml, in their context.

A phrase that stands in the text is a candidate. It is let through when
  - the rule's own exception (`let-through`) overlaps it,
  - it stands in the scope of a cue whose kind the rule accepts as an excuse (`excused-by`),
  - something that limits it stands near (`unless`), or something that makes it a claim is missing (`requires`).
  - the text is about something else altogether.
What is left is a hit. Overlapping hits of one rule become one: the longest phrase speaks for them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import Any

from copylint.findings import SEVERITIES, Candidate, Hit
from copylint.language.matcher import Match
from copylint.language.reading import Reading
from copylint.rules.policy import Policy

LONGEST_SEARCH = 1.0
"""Seconds that one regular expression may take over a text."""
_WINDOWS = {
    "clause": "in the clause", "sentence": "in the sentence", "previous-sentence": "in the sentence or the one before",
    "next-sentence": "in the sentence or the next", "block": "in the paragraph", "document": "in the text",
    "context": "around it",
}  # fmt: skip
LONGEST_CONDITION = 60
"""Characters of a condition that a reason quotes."""
SHORT_TEXT = 40
"""Words; a shorter text may not name its subject, so it is taken to be copy."""
HINTS = 3
"""Different words of the subject's wider field that make a text copy where none names a treatment."""
LONG_TEXT = 150
"""Words; in a longer text one word in passing is not enough, and three hints are not."""
SPARSE = 50
"""Words of a long text that names no treatment for each hint in it, at most."""


def on_subject(reading: Reading, policy: Policy) -> bool:
    """Whether the text is about the looks of people at all.

    "Zero downtime" of a server and "guaranteed returns" of a bank are nobody's business here.
    """
    if reading.word_count < SHORT_TEXT:
        return True
    ranges = ((sentence.first, sentence.last) for sentence in reading.sentences)
    long = reading.word_count > LONG_TEXT
    keys = reading.words.keys
    own: set[str] = set()
    hints: set[str] = set()
    everyday: set[int] = set()
    named = -1
    for match in policy.subject.find(reading.words, reading.document.text, ranges):
        if named not in everyday | {match.first, -1}:
            own.add(keys[named])
        if match.phrase == 0:
            named = match.first
        else:
            everyday.add(match.first)
            hints.add(keys[match.first])
        if own and len(own) + len(hints) >= (HINTS if long else 1):
            return True
    if named not in everyday | {-1}:
        own.add(keys[named])
    if own:
        return len(own) + len(hints) >= (HINTS if long else 1)
    if not long:
        return len(hints) >= HINTS
    return len(hints) > HINTS and len(everyday) * SPARSE >= reading.word_count


def check(reading: Reading, policy: Policy) -> Iterator[Hit | Candidate]:
    """Every claim and every let-through candidate, by place."""
    hits: list[tuple[Match, dict[str, Any]]] = []
    subject: bool | None = None
    for match in _matches(reading, policy):
        template = policy.template(match.phrase)
        if subject is None:
            subject = on_subject(reading, policy)
        if not subject:
            rule = policy.numbered[template["rule"]].id
            start, end = reading.span(match.first, match.end)
            yield Candidate(rule, start, end, "subject", "the text speaks of no aesthetic treatment")
            continue
        excuse = _excuse(reading, policy, match, template)
        if excuse is None:
            hits.append((match, template))
        else:
            yield excuse
    yield from _merged(reading, policy, hits)


def open_matches(reading: Reading, policy: Policy) -> Iterator[Match]:
    """The phrases that stand in the text and are not let through, before overlapping ones are put together."""
    for match in _matches(reading, policy):
        if _excuse(reading, policy, match, policy.template(match.phrase)) is None:
            yield match


def _matches(reading: Reading, policy: Policy) -> Iterator[Match]:
    """Every phrase and every regular expression of a rule that stands in the text."""
    ranges = ((sentence.first, sentence.last) for sentence in reading.sentences)
    yield from policy.flag.find(reading.words, reading.document.text, ranges)
    if policy.expressions:
        yield from _expression_matches(reading, policy)


def _expression_matches(reading: Reading, policy: Policy) -> Iterator[Match]:
    import regex  # only for users' rules that hold one

    words, text = reading.words, reading.document.text
    for number, pattern in policy.expressions.items():
        try:
            found = list(regex.finditer(pattern, text, timeout=LONGEST_SEARCH))
        except TimeoutError:
            rule = policy.numbered[policy.template(int(number))["rule"]].id
            reading.notices.append(f"a regular expression of {rule} took too long and was not applied")
            continue
        for match in found:
            first = bisect_right(words.ends, match.start())
            end = bisect_left(words.starts, match.end())
            if end > first and reading.is_read(first):
                yield Match(int(number), first, end)


def _excuse(reading: Reading, policy: Policy, match: Match, template: dict[str, Any]) -> Candidate | None:
    rule = policy.numbered[template["rule"]].id
    start, end = reading.span(match.first, match.end)
    for what, within in template.get("requires", ()):
        if _near(reading, policy, what, within, match) is None:
            return Candidate(rule, start, end, "requires", f"no {_told(policy, what)} {_WINDOWS[within]}")
    index = reading.sentence_of(match.first)
    for first, stop in _exempt(reading, policy, template["rule"], index):
        if first < match.end and match.first < stop:
            cue = reading.span(first, stop)
            reason = f'"{_quote(reading, *cue)}" is an exception of the rule'
            return Candidate(rule, start, end, "let-through", reason, *cue)
    accepted = template.get("excused", ())
    if accepted:
        for context in reading.contexts(match.first, match.end):
            if context.kind in accepted:
                cue = reading.span(context.cue_first, context.cue_end)
                return Candidate(rule, start, end, "context", f'{context.kind} by "{_quote(reading, *cue)}"', *cue)
    for what, within in template.get("unless", ()):
        place = _near(reading, policy, what, within, match)
        if place is not None:
            cue = reading.span(*place)
            reason = f'"{_quote(reading, *cue)}" ({_told(policy, what)}) stands {_WINDOWS[within]}'
            return Candidate(rule, start, end, "unless", reason, *cue)
    return None


def _exempt(reading: Reading, policy: Policy, rule: int, sentence: int) -> list[tuple[int, int]]:
    """The runs of words in a sentence that the rule lets through."""
    known: dict[int, dict[int, list[tuple[int, int]]]] = reading.notes.setdefault("exempt", {})
    if sentence not in known:
        place = reading.sentences[sentence]
        found: dict[int, list[tuple[int, int]]] = {}
        for match in policy.exempt.find(reading.words, reading.document.text, ((place.first, place.last),)):
            found.setdefault(policy.exempt_of[match.phrase], []).append((match.first, match.end))
        known[sentence] = found
    return known[sentence].get(rule, [])


def _told(policy: Policy, what: int | str) -> str:
    """A condition as the rules write it, cut short."""
    source = what if isinstance(what, str) else policy.nearby_sources[what]
    return source if len(source) <= LONGEST_CONDITION else source[: LONGEST_CONDITION - 1] + "…"


def _near(reading: Reading, policy: Policy, what: int | str, within: str, match: Match) -> tuple[int, int] | None:
    """Where a condition is met: its phrase (by number) in its window, or its context (by kind) around the match.

    The match's own words are left out of the window.
    """
    words, text = reading.words, reading.document.text
    if isinstance(what, str):
        if what == "quoted":
            met = reading.is_quoted(match.first, match.end)
        else:
            met = any(context.kind == what for context in reading.contexts(match.first, match.end))
        return (match.first, match.end) if met else None
    known: dict[tuple[int, int, int], list[tuple[int, int]]] = reading.notes.setdefault("nearby", {})
    for first, last in reading.window(match.first, match.end, within):
        places = known.get((what, first, last))
        if places is None:
            places = known[what, first, last] = list(policy.nearby.search(what, words, text, first, last))
        for start, stop in places:
            if stop <= match.first or start >= match.end:
                return start, stop
    return None


def _merged(reading: Reading, policy: Policy, hits: list[tuple[Match, dict[str, Any]]]) -> Iterator[Hit]:
    groups: list[list[tuple[Match, dict[str, Any]]]] = []
    ends: dict[int, tuple[int, list[tuple[Match, dict[str, Any]]]]] = {}
    for match, template in sorted(hits, key=lambda hit: (hit[0].first, hit[0].end)):
        end, group = ends.get(template["rule"], (-1, []))
        if match.first < end:
            group.append((match, template))
        else:
            group = [(match, template)]
            groups.append(group)
        ends[template["rule"]] = (max(end, match.end), group)
    for group in groups:
        match, template = max(group, key=lambda hit: (hit[0].end - hit[0].first, -hit[0].first))
        rule = policy.numbered[template["rule"]]
        given = [one["severity"] for _, one in group if "severity" in one]
        plain = any("severity" not in one for _, one in group)
        severity = min(given, key=SEVERITIES.index) if given and not plain else None
        better = (template["better"],) if "better" in template else ()
        start, end = reading.span(match.first, match.end)
        yield Hit(rule.id, start, end, severity=severity, better=better, fix=template.get("fix"))


def _quote(reading: Reading, start: int, end: int) -> str:
    return " ".join(reading.document.text[start:end].split())
