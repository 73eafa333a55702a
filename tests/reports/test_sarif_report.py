"""SARIF: valid by the published schema, read by sarif-tools, and with what GitHub code scanning asks for."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sarif.loader import load_sarif_file

from copylint import lint
from copylint.findings import FileReport, Report
from copylint.reports import RulePage, Style, render

SCHEMAS = Path(__file__).parent / "schemas"
VALIDATOR = jsonschema.Draft202012Validator(json.loads((SCHEMAS / "sarif-2.1.0.json").read_text(encoding="utf-8")))


def run_of(report: Report, style: Style = Style()) -> dict[str, Any]:  # noqa: B008  # a tuple
    """The one run of the log, which is valid."""
    log = json.loads(render("sarif", report, style).encode("utf-8", "backslashreplace"))
    VALIDATOR.validate(log)
    (run,) = log["runs"]
    assert isinstance(run, dict)
    return run


def region(result: dict[str, Any]) -> dict[str, Any]:
    found = result["locations"][0]["physicalLocation"]["region"]
    assert isinstance(found, dict)
    return found


def test_a_log_with_everything_is_valid(report: Report, settled: Report) -> None:
    assert len(run_of(report)["results"]) == 6
    assert len(run_of(settled)["results"]) == 6


def test_a_log_without_files_is_valid(report: Report) -> None:
    assert run_of(report._replace(files=()))["results"] == []


@given(st.text(min_size=1), st.text(), st.sampled_from(["a.md", "my docs/ä#%?.md", "../[x]:1.md", "C:/x y.md", "-"]))
def test_a_log_of_any_copy_is_valid(hostile: Callable[..., Report], text: str, before: str, path: str) -> None:
    (result,) = run_of(hostile(text, before=before, path=path))["results"]
    assert result["properties"]["text"] == text
    assert region(result)["snippet"]["text"] == text


def test_every_result_has_what_github_asks_for(report: Report) -> None:
    run = run_of(report)
    rules = run["tool"]["driver"]["rules"]
    for rule in rules:
        assert rule["shortDescription"]["text"].endswith(".")
        assert 0 < len(rule["fullDescription"]["text"]) <= 1024
        assert rule["help"]["text"]
        assert rule["help"]["markdown"]
        assert rule["properties"]["problem.severity"] in ("error", "warning", "recommendation")
        assert len(rule["properties"]["tags"]) <= 20
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert len(result["locations"]) == 1
        assert region(result)["startLine"] >= 1
        assert re.fullmatch(r"[0-9a-f]{16}:\d+", result["partialFingerprints"]["primaryLocationLineHash"])
    assert len({(one["ruleId"], one["partialFingerprints"]["copylint/v1"]) for one in run["results"]}) == 6


def test_places_count_code_points_and_every_line_end(report: Report) -> None:
    """In PAGE the third finding stands behind an emoji and a tab, on the line after which a carriage return comes."""
    run = run_of(report)
    assert (run["columnKind"], run["newlineSequences"]) == ("unicodeCodePoints", ["\r\n", "\n", "\r"])
    source = report.files[1].source
    lines = re.split(r"\r\n|\n|\r", source)
    for result in run["results"]:
        place = region(result)
        if place["startLine"] == place["endLine"]:
            line = lines[place["startLine"] - 1]
            assert line[place["startColumn"] - 1 : place["endColumn"] - 1] == place["snippet"]["text"]


@pytest.mark.parametrize(
    ("path", "uri", "base"),
    [
        ("docs/page.md", "docs/page.md", "%SRCROOT%"),
        ("my docs/100%.md", "my%20docs/100%25.md", "%SRCROOT%"),
        ("é#?[1].md", "%C3%A9%23%3F%5B1%5D.md", "%SRCROOT%"),
        ("a:b.md", "a%3Ab.md", "%SRCROOT%"),
        ("../page.md", "../page.md", "%SRCROOT%"),
        ("D:/sites/my page.md", "file:///D:/sites/my%20page.md", None),
    ],
)
def test_paths_are_written_as_uris(path: str, uri: str, base: str | None) -> None:
    run = run_of(Report("1", "sha256:00", "2026-11", ("us",), (FileReport(path, "html", "", 0, 0, {}, ()),)))
    location = run["artifacts"][0]["location"]
    assert (location["uri"], location.get("uriBaseId")) == (uri, base)
    assert unquote(uri).endswith(path)


def test_what_a_person_has_settled_is_marked_with_the_reason(settled: Report) -> None:
    by_status = {one["properties"]["status"]: one for one in run_of(settled)["results"]}
    assert by_status["approved"]["suppressions"] == [
        {"kind": "external", "status": "accepted", "justification": "C-014: measured over two years"}
    ]
    assert by_status["suppressed"]["suppressions"] == [{"kind": "inSource", "status": "accepted"}]
    assert "suppressions" not in by_status["open"]
    assert "suppressions" not in by_status["baseline"]


def test_new_findings_are_told_from_known_ones_only_beside_a_baseline(report: Report, settled: Report) -> None:
    states = [one["baselineState"] for one in run_of(settled)["results"]]
    assert states == ["unchanged", "new", "new", "new", "new", "new"]
    assert not any("baselineState" in one for one in run_of(report)["results"])


def test_a_rule_comes_with_its_page(report: Report) -> None:
    page = RulePage("Hype", "warning", "No <b>proof</b>.", ("Tell.",), (), ("A *miracle*.",), ("No miracle.",))
    rule = run_of(report, Style(rule=lambda _: page))["tool"]["driver"]["rules"][0]
    assert rule["help"] == {
        "text": "No <b>proof</b>.\n\nWhat to write instead:\n- Tell.\n\nFlagged:\n- A *miracle*.\n\n"
        "Let through:\n- No miracle.",
        "markdown": "No &#60;b&#62;proof&#60;/b&#62;.\n\n**What to write instead**\n\n- Tell.\n\n**Flagged**\n\n"
        "- A &#42;&#8203;miracle&#42;.\n\n**Let through**\n\n- No miracle.",
    }
    assert (rule["defaultConfiguration"]["level"], rule["properties"]["problem.severity"]) == ("warning", "warning")


def test_copy_sets_no_link_in_a_message(hostile: Callable[..., Report]) -> None:
    """In a message of SARIF, [words](target) is a link."""
    (result,) = run_of(hostile("[free](https://phish.example)"))["results"]
    assert "](" not in result["message"]["text"]


def test_a_fix_is_offered_where_the_source_is_the_visible_text(hostile: Callable[..., Report]) -> None:
    report = hostile("miracle", before="a ")
    (result,) = run_of(report)["results"]
    (replacement,) = result["fixes"][0]["artifactChanges"][0]["replacements"]
    assert replacement["insertedContent"] == {"text": "miracle"}
    assert replacement["deletedRegion"] == {"startLine": 1, "startColumn": 3, "endLine": 1, "endColumn": 10}
    file = report.files[0]._replace(source="a <b>mi</b>")
    (result,) = run_of(report._replace(files=(file,)))["results"]
    assert "fixes" not in result


def test_what_is_said_of_files_stands_beside_the_results(report: Report) -> None:
    (invocation,) = run_of(report)["invocations"]
    said = [(one["level"], one["message"]["text"]) for one in invocation["toolExecutionNotifications"]]
    assert said == [("error", "is no text (binary data)"), ("note", "read as Windows-1252")]
    assert invocation["executionSuccessful"] is False
    assert run_of(report._replace(files=report.files[:2]))["invocations"][0]["executionSuccessful"] is True


def test_sarif_tools_reads_it(report: Report, tmp_path: Path) -> None:
    path = tmp_path / "copylint.sarif"
    path.write_text(render("sarif", report, Style()), encoding="utf-8")
    read = load_sarif_file(str(path))
    assert read.get_distinct_tool_names() == ["copylint"]
    by_severity = read.get_report().get_issue_type_histogram_for_severity
    assert sum(by_severity("error").values()) == 2
    assert {record["Location"] for record in read.get_records()} == {"docs/page.md"}
    assert [record["Line"] for record in read.get_records()] == [3, 3, 4, 6, 7, 10]


def test_a_finding_of_the_real_rules_is_valid() -> None:
    file = lint("Enjoy permanent results!", path="docs/a page.md")
    report = Report("0.1.0", "sha256:00", "2026-11", ("us",), (file,))
    results = run_of(report)["results"]
    assert results[0]["ruleId"] == "overclaim/permanence"
    assert region(results[0])["snippet"]["text"] == "permanent results"
