"""The samples give the findings that stand beside them: no more, no fewer, each with a reason."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path
from statistics import mean
from typing import TYPE_CHECKING

import pytest

from copylint.rules import policy

if TYPE_CHECKING:
    import refresh_samples as sheets
else:
    _spec = importlib.util.spec_from_file_location("refresh_samples", Path(__file__).with_name("refresh_samples.py"))
    sheets = sys.modules[_spec.name] = importlib.util.module_from_spec(_spec)
    _spec.loader.exec_module(sheets)

SAMPLES = sheets.samples()
each_sample = pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.name)

_HOST = re.compile(r"(?:https?://|mailto:[^\s@]*@|@|\bwww\.)([\w-]+(?:\.[\w-]+)+)", re.IGNORECASE)
_VOCABULARIES = {"schema.org"}
"""Names of data formats, which lead no reader anywhere."""
_TOP = "com|org|net|info|biz|co|io|shop|store|clinic|health|us|uk|au|ca|eu"
_BARE = re.compile(rf"\b[\w-]+(?:\.[\w-]+)*\.(?:{_TOP})\b(?!@)")


@each_sample
def test_gives_the_findings_that_are_expected(sample: Path) -> None:
    sheet = sheets.load(sheets.sheet_of(sample))
    actual = {one.expected.key: one for one in sheets.found(sample, sheet.jurisdictions)}
    expected = {entry.key: entry for entry in sheet.findings}
    wrong = [
        f"+ line {one.line}: {_told(one.expected)} is new: right? python tests/refresh_samples.py {sample.name}"
        for key, one in actual.items()
        if key not in expected
    ]
    for key, entry in expected.items():
        if entry.missed and key in actual:
            wrong.append(f"! line {actual[key].line}: {_told(entry)} is now found: remove the mark `missed`")
        elif not entry.missed and key not in actual:
            wrong.append(f"- {_told(entry)} is lost. {entry.reason}")
    assert not wrong, f"{sample.name}\n" + "\n".join(wrong)


@each_sample
def test_lets_the_decoys_through(sample: Path) -> None:
    sheet = sheets.load(sheets.sheet_of(sample))
    document = sheets.document_of(sample)
    actual = sheets.found(sample, sheet.jurisdictions)
    wrong = []
    for decoy in sheet.let_through:
        place = sheets.place_of(document, decoy)
        assert place is not None, f"{_told(decoy)} does not stand in {sample.name}"
        wrong += [
            f"line {one.line}: {_told(one.expected)} is found. {decoy.reason}"
            for one in actual
            if one.expected.rule == decoy.rule and one.start < place[1] and place[0] < one.end
        ]
    assert not wrong, f"{sample.name}\n" + "\n".join(wrong)


@each_sample
def test_every_expectation_has_a_reason_and_stands_in_the_text(sample: Path) -> None:
    sheet = sheets.load(sheets.sheet_of(sample))
    document = sheets.document_of(sample)
    rules = policy.load().rules
    entries = (*sheet.findings, *sheet.let_through)
    assert [_told(entry) for entry in entries if entry.reason.strip() in ("", sheets.TODO)] == []
    assert [_told(entry) for entry in entries if sheets.place_of(document, entry) is None] == []
    assert [_told(entry) for entry in entries if entry.rule not in rules] == []
    assert len({entry.key for entry in sheet.findings}) == len(sheet.findings), "an entry stands twice"


@each_sample
def test_every_address_is_invented(sample: Path) -> None:
    text = sheets.document_of(sample).source.text
    hosts = {*_HOST.findall(text), *_BARE.findall(text)} - _VOCABULARIES
    assert [host for host in sorted(hosts) if not re.search(r"(?:^|\.)example(?:\.com)?$", host)] == []


def test_every_sample_has_its_expectations_and_its_line_in_the_readme() -> None:
    assert {sheets.sheet_of(sample) for sample in SAMPLES} == set(sheets.SAMPLES.glob(f"*{sheets.SHEET}"))
    readme = (sheets.SAMPLES / "README.md").read_text(encoding="utf-8")
    assert [sample.name for sample in SAMPLES if f"`{sample.name}`" not in readme] == []


def test_there_are_enough_samples_long_enough_and_in_every_format() -> None:
    words = [sheets.report_of(sample, ("us",)).words for sample in SAMPLES]
    assert len(SAMPLES) >= 15
    assert mean(words) >= 500
    assert sum(sample.suffix in (".html", ".mdx") for sample in SAMPLES) >= 4
    assert {sample.suffix for sample in SAMPLES} >= {".txt", ".md", ".mdx", ".html"}


def test_files_are_stored_as_writers_store_them() -> None:
    content = [sample.read_bytes() for sample in SAMPLES]
    assert any(b"\r\n" in data for data in content), "none with Windows line ends"
    assert any(data.startswith(b"\xef\xbb\xbf") for data in content), "none with a byte-order mark"
    assert any(sheets.document_of(sample).source.notices for sample in SAMPLES), "none in Windows-1252"


def test_every_rule_is_found_in_some_sample() -> None:
    found = {
        entry.rule for sample in SAMPLES for entry in sheets.load(sheets.sheet_of(sample)).findings if not entry.missed
    }
    assert [rule for rule in policy.load().rules if rule not in found and not rule.startswith("copylint/")] == []


def test_patient_information_stays_silent() -> None:
    silent = [sample for sample in SAMPLES if sample.name.startswith("patient-information")]
    assert len(silent) >= 2
    assert all(sheets.load(sheets.sheet_of(sample)).findings == () for sample in silent)


def _told(entry: sheets.Expected) -> str:
    which = f" ({entry.nth})" if entry.nth > 1 else ""
    return f"{entry.rule} {entry.text!r}{which}"
