"""JUnit XML, valid by the schema of Jenkins and read by junitparser."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import xmlschema
from hypothesis import example, given
from hypothesis import strategies as st
from junitparser import Error, Failure, JUnitXml, Skipped

from copylint.findings import Report
from copylint.reports import Style, render

SCHEMA = xmlschema.XMLSchema(Path(__file__).parent / "schemas" / "junit-10.xsd")


def read(report: Report, style: Style = Style()) -> JUnitXml:  # noqa: B008  # a tuple
    text = render("junit", report, style)
    SCHEMA.validate(text)
    found = JUnitXml.fromstring(text.encode("utf-8"))
    assert isinstance(found, JUnitXml)
    return found


def test_a_file_is_a_suite_and_a_finding_a_test(report: Report) -> None:
    found = read(report)
    assert (found.tests, found.failures, found.errors) == (8, 5, 1)
    assert [(suite.name, suite.tests, suite.failures, suite.skipped) for suite in found] == [
        ("clean.html", 1, 0, 0),
        ("docs/page.md", 6, 5, 1),
        (r"x\x1b[2J.md", 1, 0, 0),
    ]


def test_tests_have_names_that_are_unique(report: Report) -> None:
    names = [(case.classname, case.name) for suite in read(report) for case in suite]
    assert len(set(names)) == len(names) == 8
    assert ("docs/page.md", "overclaim/permanence 3:32") in names


def test_a_finding_fails_with_its_place_its_why_and_what_instead(report: Report) -> None:
    case = next(case for suite in read(report) for case in suite if case.name == "overclaim/permanence 3:32")
    (failure,) = case.result
    assert isinstance(failure, Failure)
    assert (failure.type, failure.message) == ("error", '"permanently" says more than can be shown.')
    assert failure.text.startswith('docs/page.md:3:32: error "permanently" says more')
    assert "\nwhy: Regulators accept" in failure.text
    assert failure.text.endswith("\nbetter: Or leave it out.")


def test_one_that_does_not_fail_the_run_is_a_test_that_passed(report: Report) -> None:
    found = read(report, Style(fails=lambda path, severity: path == "docs/page.md" and severity == "error"))
    assert (found.tests, found.failures) == (8, 2)
    case = next(case for suite in found for case in suite if case.name == "overclaim/hype 4:16")
    assert case.is_passed
    assert case.system_out.startswith('docs/page.md:4:16: warning "miracle" says more')


def test_one_that_is_settled_or_known_was_skipped(settled: Report) -> None:
    results = [case.result[0] for suite in read(settled) for case in suite if case.is_skipped]
    assert all(isinstance(result, Skipped) for result in results)
    assert [result.message for result in results] == [
        "baseline",
        "suppressed",
        "approved: C-014: measured over two years",
    ]


def test_a_file_that_could_not_be_read_is_an_error(report: Report) -> None:
    (error,) = [case.result[0] for suite in read(report) for case in suite if suite.errors]
    assert isinstance(error, Error)
    assert error.message == "is no text (binary data)"


@given(st.text(min_size=1), st.text(min_size=1))
@example("\x00\x1b]]><x/>&#0;&\ud800\ufffe\uffff\U0001ffff\x85\u2028", '"<>&\x01')
def test_any_copy_gives_a_valid_document(hostile: Callable[..., Report], text: str, path: str) -> None:
    found = read(hostile(text, path=path))
    assert (found.tests, found.failures, found.errors) == (2, 1, 1)


def test_what_xml_cannot_hold_is_an_escape(hostile: Callable[..., Report]) -> None:
    text = render("junit", hostile("a\x00b\x0bc\ufffed\ud800e"), Style())
    assert r"a\x00b c\ufffed\ud800e" in text
