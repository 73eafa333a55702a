"""Claims: phrases in context, put together, and let through for reasons that can be told."""

from __future__ import annotations

from pathlib import Path

import pytest

from copylint.checks import claims
from copylint.checks.settings import CheckSettings
from copylint.documents import parse
from copylint.documents.document import Source
from copylint.engine import judge
from copylint.findings import JURISDICTIONS, Candidate, Hit, Severity
from copylint.language.reading import Reading
from copylint.rules.policy import Policy, load

RULES = """\
classes:
  magic: [magic, miracle~]
rules:
  - id: own/magic
    label: hype
    title: Magic
    severity: warning
    severity-in: {uk: error}
    message: '"{match}" is magic.'
    why: Because.
    better: ['Say what it does.']
    kind: claim
    flag:
      - '<magic>'
      - '<magic> [cure] for <word>'
      - say: 'spell'
        severity: suggestion
      - say: 'works'
        requires: {say: 'potion', within: previous-sentence}
      - say: 'shines'
        requires: {context: quoted}
      - regex: '(?i)abra\\w+'
    let-through: ['magic marker']
    excused-by: [negated, questioned]
    unless: {say: 'they say', within: sentence}
"""


@pytest.fixture(scope="module")
def policy(tmp_path_factory: pytest.TempPathFactory) -> Policy:
    path: Path = tmp_path_factory.mktemp("rules") / "own.yaml"
    path.write_text(RULES, encoding="utf-8")
    return load([path])


def run(policy: Policy, text: str, format: str = "markdown") -> tuple[list[Hit], list[Candidate]]:
    reading = Reading(parse(Source("text", text), format), policy.cues)
    found = [one for one in claims.check(reading, policy) if one.rule == "own/magic"]
    return [one for one in found if isinstance(one, Hit)], [one for one in found if isinstance(one, Candidate)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It is magic.", ["magic"]),
        ("A miracle cure for acne.", ["miracle cure for acne"]),  # overlapping phrases are one finding
        ("Magic and miracles.", ["Magic", "miracles"]),
        ("It is no magic.", []),
        ("Is it magic?", []),
        ("A magic marker shows the line.", []),
        ("It is magic, or so they say.", []),
        ("Drink the potion. It works.", ["works"]),
        ("Drink the tea. It works.", []),
        ("“It shines,” says Ann. It shines.", ["shines"]),
        ("> It shines.", ["shines"]),
        ("Abrakadabra!", ["Abrakadabra"]),
        ("It is mag<b>ic</b>.", ["magic"]),
        ("It is\nmagic.", ["magic"]),
    ],
)
def test_hits(policy: Policy, text: str, expected: list[str]) -> None:
    hits, _ = run(policy, text)
    document = parse(Source("text", text), "markdown")
    assert [document.text[hit.start : hit.end] for hit in hits] == expected


@pytest.mark.parametrize(
    ("text", "kind", "reason"),
    [
        ("It is no magic.", "context", 'negated by "no"'),
        ("A magic marker shows the line.", "let-through", '"magic marker"'),
        ("It is magic, or so they say.", "unless", '"they say"'),
        ("Drink the tea. It works.", "requires", "no potion"),
    ],
)
def test_every_silence_has_its_reason(policy: Policy, text: str, kind: str, reason: str) -> None:
    _, candidates = run(policy, text)
    assert any(one.kind == kind and reason in one.reason for one in candidates), candidates


def test_texts_about_something_else_are_none_of_our_business(policy: Policy) -> None:
    text = "The wizard spoke of magic at the window, and the dragon slept on its gold in the hall. " * 8
    hits, candidates = run(policy, text)
    assert not hits
    assert {one.kind for one in candidates} == {"subject"}
    assert run(policy, text + "Then came the liposuction.")[0]


def test_a_word_of_ours_in_passing_makes_no_copy(policy: Policy) -> None:
    text = "The library had a facelift, and its release notes promise fewer wrinkles in the code of the program. " * 12
    assert not run(policy, text + "It is a miracle.")[0]
    assert run(policy, text + "Our clinic does facelifts and tummy tucks for your skin. It is a miracle.")[0]


def test_hidden_text_is_not_read(policy: Policy) -> None:
    assert not run(policy, "<p hidden>It is magic.</p><p>Hello.</p>", "html")[0]


class _Every:
    checks = CheckSettings(jurisdictions=JURISDICTIONS)

    def unwanted(self, rule: str, path: str) -> str | None:
        return None

    def severity_of(self, rule: str) -> Severity | None:
        return None

    def allows(self, path: str, text: str, start: int, end: int) -> str | None:
        return None


@pytest.mark.parametrize(
    ("text", "severity", "uk"),
    [("It is magic.", "error", "error"), ("A spell.", "suggestion", "suggestion")],
)
def test_severity_is_the_gravest_of_the_jurisdictions(policy: Policy, text: str, severity: str, uk: str) -> None:
    reading = Reading(parse(Source("text", text), "markdown"), policy.cues)
    (finding,) = [one for one in judge(reading, policy, _Every())[0] if one.rule == "own/magic"]
    assert finding.severity == severity
    assert finding.verdicts["uk"].severity == uk
    assert finding.message == f'"{finding.text}" is magic.'


def test_an_expression_that_never_ends_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(claims, "LONGEST_SEARCH", 0.05)
    path = tmp_path / "slow.yaml"
    path.write_text(RULES.replace("(?i)abra\\w+", "(a|aa)+$"), encoding="utf-8")
    policy = load([path])
    reading = Reading(parse(Source("text", "a" * 40 + "c"), "plain"), policy.cues)
    list(claims.check(reading, policy))
    assert "took too long" in reading.notices[0]
