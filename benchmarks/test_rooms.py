"""How long each room takes for one article of some 700 words, with what it needs made before.

    pytest benchmarks/test_rooms.py --benchmark-only

The figures compare two states of the code on one machine (pytest-benchmark's --benchmark-compare); they say little
about another machine. The suite does not collect this folder.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pages import pages

from copylint import engine
from copylint.checks import accuracy, claims, plugs, readability, repetition, risks, status
from copylint.checks.settings import CheckSettings
from copylint.config import LintSettings
from copylint.documents import parse
from copylint.documents.document import Document, Source
from copylint.findings import Report
from copylint.language.reading import Reading
from copylint.language.words import words_of
from copylint.reports import Style, render
from copylint.rules import policy as policies
from copylint.rules.policy import Policy

if TYPE_CHECKING:
    from pytest_benchmark.fixture import BenchmarkFixture

ARTICLE = next(page for page in pages(10) if page.name.endswith(".md"))
SOURCE = Source(ARTICLE.name, ARTICLE.text)


@pytest.fixture(scope="module")
def policy() -> Policy:
    return policies.load()


@pytest.fixture(scope="module")
def document() -> Document:
    return parse(SOURCE, "markdown")


def _read(document: Document, policy: Policy) -> Reading:
    reading = Reading(document, policy.cues)
    assert reading.sentences
    return reading


def test_parse(benchmark: BenchmarkFixture) -> None:
    benchmark(parse, SOURCE, "markdown")


def test_words(benchmark: BenchmarkFixture, document: Document) -> None:
    benchmark(words_of, document.text)


def test_sentences(benchmark: BenchmarkFixture, document: Document, policy: Policy) -> None:
    benchmark(_read, document, policy)


def test_phrases(benchmark: BenchmarkFixture, document: Document, policy: Policy) -> None:
    reading = _read(document, policy)
    ranges = [(sentence.first, sentence.last) for sentence in reading.sentences]
    benchmark(lambda: list(policy.flag.find(reading.words, document.text, ranges)))


def test_context(benchmark: BenchmarkFixture, document: Document, policy: Policy) -> None:
    def contexts() -> None:
        reading = _read(document, policy)
        for sentence in reading.sentences:
            reading.contexts(sentence.first, sentence.first + 1)

    benchmark(contexts)


def test_claims(benchmark: BenchmarkFixture, document: Document, policy: Policy) -> None:
    benchmark(lambda: list(claims.check(_read(document, policy), policy)))


@pytest.mark.parametrize("module", [risks, status, plugs, accuracy, readability, repetition], ids=lambda m: m.__name__)
def test_check(benchmark: BenchmarkFixture, document: Document, policy: Policy, module) -> None:  # type: ignore[no-untyped-def]
    settings = CheckSettings()
    benchmark(lambda: list(module.check(_read(document, policy), policy.knowledge, settings)))


def test_whole_article(benchmark: BenchmarkFixture, policy: Policy) -> None:
    benchmark(engine.lint, SOURCE, policy, LintSettings())


@pytest.mark.parametrize("name", ["full", "concise", "json", "sarif"])
def test_report(benchmark: BenchmarkFixture, policy: Policy, name: str) -> None:
    file = engine.lint(SOURCE, policy, LintSettings())
    report = Report("0", policy.digest, policy.knowledge.date, ("us",), (file,))
    benchmark(render, name, report, Style())
