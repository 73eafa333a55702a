"""`junit`: JUnit XML, which nearly every build server shows as a list of tests.

A file is a suite. A finding is a test that failed; one that is not grave enough to fail the run has passed, with its
words in the output; one that a person has settled, or that was known before, was skipped. A file without findings is
one test that passed, a file that could not be read one with an error.
"""

from __future__ import annotations

import re
from collections import Counter
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from copylint.documents.document import Lines
from copylint.findings import FileReport, Finding, Report
from copylint.reports import Style
from copylint.reports.summary import UNREADABLE, notice
from copylint.reports.visible import one_line

_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold, not even as a reference (section 2.2)."""


def render(report: Report, style: Style) -> str:
    """An XML document without times or host names: the same run gives the same bytes."""
    top = Element("testsuites", name="copylint")
    total: Counter[str] = Counter()
    for file in report.files:
        suite, found = _suite(file, report, style)
        top.append(suite)
        total += found
    _count(top, total, ("tests", "failures", "errors"))
    ElementTree.indent(top)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ElementTree.tostring(top, encoding="unicode")}\n'


def _suite(file: FileReport, report: Report, style: Style) -> tuple[Element, Counter[str]]:
    path = _text(file.path)
    suite = Element("testsuite", name=path)
    properties = SubElement(suite, "properties")
    SubElement(properties, "property", name="jurisdictions", value=",".join(report.jurisdictions))
    SubElement(properties, "property", name="notice", value=_text(notice(report)))
    places = Lines(file.source)
    found: Counter[str] = Counter()
    for finding in file.findings:
        found["tests"] += 1
        found[_case(suite, file, finding, places, style)] += 1
    if file.error:
        found.update(("tests", "errors"))
        case = SubElement(suite, "testcase", name=UNREADABLE, classname=path)
        SubElement(case, "error", type="error", message=_text(file.error))
    elif not file.findings:
        found["tests"] += 1
        SubElement(suite, "testcase", name="copylint", classname=path)
    _count(suite, found, ("tests", "failures", "errors", "skipped"))
    suite.set("file", path)
    if file.notices:
        SubElement(suite, "system-out").text = "\n".join(map(_text, file.notices))
    return suite, found


def _case(suite: Element, file: FileReport, finding: Finding, places: Lines, style: Style) -> str:
    """Adds the test of a finding. Returns what it counts as."""
    path = _text(file.path)
    line, column = places.position(finding.start)
    # The place makes the name unique, which several servers need.
    case = SubElement(suite, "testcase", name=f"{_text(finding.rule)} {line}:{column}", classname=path)
    headline = f"{path}:{line}:{column}: {finding.severity} {_text(finding.message)}"
    if finding.status != "open":
        why = f"{finding.status}: {finding.reason}" if finding.reason else finding.status
        SubElement(case, "skipped", message=_text(why))
        SubElement(case, "system-out").text = headline
        return "skipped"
    words = [headline, f"why: {_text(finding.why)}", *(f"better: {_text(text)}" for text in finding.better)]
    if not style.fails(file.path, finding.severity):
        SubElement(case, "system-out").text = "\n".join(words)
        return "passed"
    failure = SubElement(case, "failure", type=finding.severity, message=_text(finding.message))
    failure.text = "\n".join(words)
    return "failures"


def _count(element: Element, found: Counter[str], names: tuple[str, ...]) -> None:
    for name in names:
        element.set(name, str(found[name]))


def _text(text: str) -> str:
    """The text on one line, with an escape for every character that XML cannot hold or nobody can see."""
    return _NO_XML.sub(lambda sign: f"\\u{ord(sign[0]):04x}", one_line(text))
