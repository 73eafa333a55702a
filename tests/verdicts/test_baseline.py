"""The baseline file: what is written is read again, merges, and says where it is broken."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copylint.config import ConfigError
from copylint.verdicts import baseline
from copylint.verdicts.baseline import Baseline, Entry, distinct, dump, load

MARK = "0123456789abcdef"
FIRST = Entry("a.md", "overclaim/hype", f"{MARK}:1", text="It is a miracle.")
SECOND = Entry("b/ü.md", "risk/undisclosed", f"{MARK}:1", about="liposuction")
KNOWN = Baseline(("us", "uk"), (FIRST, SECOND))
TEXT = f"""\
{{
  "schema": 1,
  "jurisdictions": ["us", "uk"],
  "findings": [
    {{"path": "a.md", "rule": "overclaim/hype", "fingerprint": "{MARK}:1", "text": "It is a miracle."}},
    {{"path": "b/ü.md", "rule": "risk/undisclosed", "fingerprint": "{MARK}:1", "about": "liposuction"}}
  ]
}}
"""


def written(folder: Path, text: str | bytes) -> Path:
    path = folder / baseline.FILE_NAME
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_one_finding_is_one_line() -> None:
    assert dump(KNOWN) == TEXT


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    assert load(written(tmp_path, TEXT)) == KNOWN
    assert load(written(tmp_path, dump(Baseline()))) == Baseline()


@given(
    st.lists(st.builds(Entry, st.text(min_size=1), st.text(min_size=1), st.just(f"{MARK}:2"), st.just(""), st.text()))
)
def test_every_path_and_text_survives(tmp_path_factory: pytest.TempPathFactory, entries: list[Entry]) -> None:
    known = Baseline(("us",), distinct(entries))
    path = written(tmp_path_factory.mktemp("baseline"), dump(known).encode("utf-8", "backslashreplace"))
    assert load(path) == known


def test_the_lines_of_two_people_may_stand_in_any_order_and_twice(tmp_path: Path) -> None:
    lines = TEXT.splitlines()
    one, other = lines[4].rstrip(","), lines[5]
    merged = "\n".join([*lines[:4], f"{other},", f"{one},", one, *lines[6:]])
    assert load(written(tmp_path, merged)) == KNOWN


def test_line_ends_and_marks_of_windows_are_no_fault(tmp_path: Path) -> None:
    assert load(written(tmp_path, b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode())) == KNOWN


FAULTS = [
    ("empty", "", ":1: is not valid JSON: Expecting value (column 1). Take the file from version control"),
    ("cut off", TEXT[:-4], ":7: is not valid JSON"),
    ("no comma", TEXT.replace("},\n", "}\n"), ":6: is not valid JSON"),
    ("deep", "[" * 100_000, ":1: is not valid JSON"),
    ("a long number", '{"schema": ' + "1" * 5_000 + "}", ":1: is not valid JSON"),
    ("not UTF-8", TEXT.encode("latin-1"), ":6: is not UTF-8."),
    ("conflict", TEXT.replace("    {", "<<<<<<< HEAD\n    {", 1), ":5: holds the marks of a merge conflict. Take out"),
    ("conflict, middle", TEXT.replace("    {", "=======\r\n    {", 1), ":5: holds the marks of a merge conflict."),
    ("a list", "[]", ':1: is no baseline: there is no list "findings" in it.'),
    ("another file", '{"name": "x"}', ':1: is no baseline: there is no list "findings" in it.'),
    ("no list", '{"schema": 1, "findings": {}}', ':1: is no baseline: there is no list "findings" in it.'),
    ("a later schema", TEXT.replace('"schema": 1', '"schema": 2'), ':2: its "schema" is 2, and this copylint reads 1'),
    ("no schema", TEXT.replace('"schema": 1,', ""), ':1: its "schema" is null'),
    ("jurisdiction", TEXT.replace('"uk"', '"xx"'), ':3: "jurisdictions" must be a list of us, uk, au, ca, eu'),
    ("jurisdictions", TEXT.replace('["us", "uk"]', '"us"'), ':3: "jurisdictions" must be a list'),
    ("a list in it", TEXT.replace('["us", "uk"]', "[[]]"), ':3: "jurisdictions" must be a list'),
    ("a string", TEXT.replace("    {", '    "x",\n    {', 1), ":5: a finding must be an object, {...}."),
    ("no rule", TEXT.replace('"rule": "risk/undisclosed", ', ""), ':6: a finding needs "rule". Take the line out'),
    ("a number", TEXT.replace('"risk/undisclosed"', "1"), ':6: "rule" of a finding must be a string.'),
    ("key", TEXT.replace('"about"', '"abuot"'), ':6: a finding has no key "abuot"; its keys are path, rule,'),
    ("fingerprint", TEXT.replace(MARK, "xyz"), ":5: a fingerprint is 16 hexadecimal digits, a colon and a number."),
]


@pytest.mark.parametrize(("text", "message"), [case[1:] for case in FAULTS], ids=[case[0] for case in FAULTS])
def test_a_fault_is_told_with_its_line(text: str | bytes, message: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as told:
        load(written(tmp_path, text))
    assert f"{baseline.FILE_NAME}{message}" in str(told.value)


def test_the_line_is_right_however_the_file_is_laid_out(tmp_path: Path) -> None:
    content = json.loads(TEXT)
    content["findings"].append({"path": "c.md"})
    text = json.dumps(content, indent=4)
    line = text[: text.index('"c.md"')].count("\n")
    with pytest.raises(ConfigError, match=f':{line}: a finding needs "rule"'):
        load(written(tmp_path, text))


def test_a_file_that_is_too_large_or_none_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        load(tmp_path)
    with pytest.raises(ConfigError, match="cannot be read"):
        load(tmp_path / "gone.json")
    monkeypatch.setattr(baseline, "LARGEST", 10)
    with pytest.raises(ConfigError, match="is larger than"):
        load(written(tmp_path, TEXT))
