"""A small engine in place of the real one: the command line is tested for what it does with findings, not for them."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from copylint.documents.document import Document, DocumentBuilder, Source
from copylint.findings import Candidate, FileReport, Finding, Severity, Verdict
from copylint.rules.errors import RulesError

WORDS: dict[str, tuple[str, Severity]] = {
    "permanent": ("overclaim/permanence", "error"),
    "miracle": ("overclaim/hype", "warning"),
    "utilise": ("readability/jargon", "suggestion"),
}
"""What the small engine finds, unless "no" stands before it."""
_PATTERN = re.compile(rf"(no )?\b({'|'.join(WORDS)})\b")


@dataclass(frozen=True)
class _Rule:
    id: str
    severity: Severity
    label: str = "hype"
    title: str = "Efficacy by adjective"
    severity_in: dict[str, str] = field(default_factory=lambda: {"uk": "error"})
    message: str = '"{match}" praises instead of telling.'
    why: str = "No evidence can carry it."
    better: tuple[str, ...] = ("Say what changes.",)
    citations: dict[str, tuple[str, ...]] = field(default_factory=lambda: {"us": ("us-ftc-act-5",), "uk": ("uk-x",)})
    jurisdictions: tuple[str, ...] = ("us", "uk")
    kind: str = "claim"


class _Policy:
    digest = "sha256:00"
    rules = {rule: _Rule(rule, severity) for rule, severity in WORDS.values()}  # noqa: RUF012
    knowledge = SimpleNamespace(
        date="2026-11",
        regulations={
            "us-ftc-act-5": SimpleNamespace(
                body="FTC", title="FTC Act", section="section 5", url="https://ftc.example/5"
            )
        },
    )

    def page(self, rule: str) -> SimpleNamespace:
        return SimpleNamespace(
            flag=("{miracle~|magic}",), let_through=(), excused_by=("negated",), unless=(),
            flag_examples=("It is a miracle.",), pass_examples=("It is no miracle.",),
        )  # fmt: skip


def _read(source: Source) -> Document:
    builder = DocumentBuilder(source, "plain")
    builder.open("paragraph", 0)
    builder.text(0, len(source.text))
    return builder.finish()


def _examine(source: Source, policy: _Policy, settings: object) -> tuple[list[Finding], list[Candidate], object]:
    if "CRASH" in source.text:
        raise KeyError("a fault of ours")
    findings, candidates = [], []
    for match in _PATTERN.finditer(source.text):
        rule, severity = WORDS[match[2]]
        start, end = match.span(2)
        if match[1]:
            candidates.append(Candidate(rule, start, end, "context", "negated", *match.span(1)))
        elif not settings.selects(rule):  # type: ignore[attr-defined]
            candidates.append(Candidate(rule, start, end, "setting", "not selected"))
        else:
            verdicts = {place: Verdict(severity, ("us-ftc-act-5",)) for place in settings.jurisdictions}  # type: ignore[attr-defined]
            findings.append(
                Finding(rule, severity, f'"{match[2]}" is flagged.', "why", match[2], start, end, (), None, verdicts)
            )
    return findings, candidates, SimpleNamespace(document=_read(source))


def _lint(source: Source, policy: _Policy, settings: object) -> FileReport:
    findings, _, _ = _examine(source, policy, settings)
    words = len(source.text.split())
    return FileReport(source.path, "plain", source.text, words, words, {}, tuple(findings), source.notices)


def _load(extra: tuple[Path, ...] = ()) -> _Policy:
    for path in extra:
        if "fault" in path.read_text():
            raise RulesError(str(path), 3, 7, "no word class <fatt>", 'Did you mean "fat"?')
    return _Policy()


@dataclass(frozen=True)
class Done:
    """What a run of the command line came to."""

    code: int
    out: str
    err: str


@pytest.fixture
def copylint(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> Callable[..., Done]:
    """Runs copylint with these arguments in an empty folder, with the small engine."""
    engine, policy = ModuleType("copylint.engine"), ModuleType("copylint.rules.policy")
    engine.__dict__.update(lint=_lint, examine=_examine)
    policy.__dict__.update(load=_load, shipped_rules=lambda: Path("rules.yaml"), Policy=_Policy, Rule=_Rule)
    monkeypatch.setitem(sys.modules, "copylint.engine", engine)
    monkeypatch.setitem(sys.modules, "copylint.rules.policy", policy)
    monkeypatch.chdir(tmp_path)
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    from copylint.cli import run

    def call(*arguments: str) -> Done:
        code = run(arguments)
        sys.stdout.flush()
        out, err = capfdbinary.readouterr()
        return Done(code, out.decode(), err.decode())

    return call


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., None]:
    """Writes a file below the working folder."""

    def put(name: str, text: str | bytes = "copy\n") -> None:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())

    return put
