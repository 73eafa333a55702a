"""Results kept on disk: whole, under a key of all that decides them, and harmless when the file is not."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path
from random import Random
from types import SimpleNamespace
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copylint import results
from copylint.checks.settings import CheckSettings
from copylint.config import Allowance, FileIgnore, LintSettings, Patterns
from copylint.documents.document import Source
from copylint.engine import lint
from copylint.findings import SEVERITIES, FileReport, Finding, Verdict
from copylint.results import Keys, Result, WatchedClock
from copylint.rules.policy import Policy, load

TOP = Path(__file__).parent.parent
SAMPLES = sorted(path for path in (TOP / "samples").iterdir() if path.suffix in (".md", ".mdx", ".html", ".txt"))
TEXT = "The fat is gone for good.\n"


@pytest.fixture(scope="module")
def policy() -> Policy:
    return load()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "results.sqlite3"


# --- Reports as plain data ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.name)
def test_a_report_comes_back_as_it_was(sample: Path, policy: Policy) -> None:
    source = Source(sample.name, sample.read_text(encoding="utf-8", errors="replace"), ("a notice",))
    report = lint(source, policy, LintSettings(checks=CheckSettings(jurisdictions=("us", "uk", "au"))))
    assert results.decode(results.encode(report), source) == report


words = st.text(st.characters(), max_size=12)
findings = st.builds(
    Finding, words, st.sampled_from(SEVERITIES), words, words, words, st.integers(0, 99), st.integers(0, 99),
    st.lists(words, max_size=3).map(tuple), st.none() | words,
    st.dictionaries(words, st.builds(Verdict, st.sampled_from(SEVERITIES), st.lists(words, max_size=2).map(tuple))),
    st.sampled_from(["open", "suppressed", "approved"]), words, words, words,
)  # fmt: skip


@given(
    words, words, st.lists(findings, max_size=3), st.lists(words, max_size=2),
    st.dictionaries(words, st.floats(allow_nan=False, allow_infinity=False) | st.integers()),
)  # fmt: skip
def test_any_report_comes_back(
    path: str, text: str, found: list[Finding], notices: list[str], measures: dict[str, float]
) -> None:
    report = FileReport(path, "markdown", text, 3, 2, measures, tuple(found), tuple(notices))
    back = results.decode(results.encode(report), Source(path, text))
    assert back == report
    assert [type(value) for value in back.readability.values()] == [type(value) for value in measures.values()]


@pytest.mark.parametrize("content", [b"", b"[", b"[]", b"{}", b"null", b'["a",1,1,{},[[]],[]]', b"\xff"])
def test_what_is_no_report_is_none(content: bytes) -> None:
    assert results.decode(content, Source("a.md", "")) is None


# --- Keys --------------------------------------------------------------------------------------------------------


BASE = LintSettings(root=Path("/site"))
PAGE = Source("page.md", TEXT)
OTHERS = {
    "the text": (Source("page.md", TEXT + " "), BASE),
    "the format": (Source("page.txt", TEXT), BASE),
    "a notice": (Source("page.md", TEXT, ("read as Windows-1252",)), BASE),
    "jurisdictions": (PAGE, BASE._replace(checks=CheckSettings(jurisdictions=("uk",)))),
    "a limit": (PAGE, BASE._replace(checks=CheckSettings(max_grade=8.0))),
    "select": (PAGE, BASE._replace(select=("overclaim",))),
    "extend-select": (PAGE, BASE._replace(extend_select=("overclaim",))),
    "ignore": (PAGE, BASE._replace(ignore=("overclaim",))),
    "severity": (PAGE, BASE._replace(severity=(("overclaim", "off"),))),
    "require-reason": (PAGE, BASE._replace(require_reason=False)),
    "an allowed phrase": (PAGE, BASE._replace(allow=(Allowance("gone for good"),))),
    "why it is allowed": (PAGE, BASE._replace(allow=(Allowance("gone for good", reason="a name"),))),
    "rules that are ignored in the file": (
        PAGE, BASE._replace(per_file_ignores=(FileIgnore("*.md", ("overclaim",), Path.cwd()),)),
    ),
}  # fmt: skip
SAME = {
    "another path": (Source("there/other.md", TEXT), BASE),
    "another folder": (PAGE, BASE._replace(root=Path("/elsewhere"), origin=Path("/elsewhere/copylint.toml"))),
    "fail-on": (PAGE, BASE._replace(fail_on="never")),
    "exclude": (PAGE, BASE._replace(exclude=(Patterns(("*.txt",), Path()),))),
    "a phrase that is allowed elsewhere": (PAGE, BASE._replace(allow=(Allowance("gone", ("/x/",), "", Path.cwd()),))),
    "rules that are ignored elsewhere": (
        PAGE, BASE._replace(per_file_ignores=(FileIgnore("*.html", ("overclaim",), Path.cwd()),)),
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def keys() -> Keys:
    return Keys()


@pytest.mark.parametrize(("source", "settings"), OTHERS.values(), ids=OTHERS)
def test_what_decides_a_result_is_in_its_key(
    source: Source, settings: LintSettings, keys: Keys, policy: Policy
) -> None:
    assert keys.of(source, settings, policy) != keys.of(PAGE, BASE, policy)


def test_no_two_of_these_have_the_same_key(keys: Keys, policy: Policy) -> None:
    assert len({keys.of(source, settings, policy) for source, settings in OTHERS.values()}) == len(OTHERS)


@pytest.mark.parametrize(("source", "settings"), SAME.values(), ids=SAME)
def test_what_decides_nothing_is_not(source: Source, settings: LintSettings, keys: Keys, policy: Policy) -> None:
    assert keys.of(source, settings, policy) == keys.of(PAGE, BASE, policy)


def test_other_rules_and_another_program_give_another_key(
    keys: Keys, policy: Policy, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = keys.of(PAGE, BASE, policy)
    assert keys.of(PAGE, BASE, cast(Policy, SimpleNamespace(digest="sha256:other"))) != first
    monkeypatch.setattr(results, "LIBRARIES", (*results.LIBRARIES, "click"))
    assert Keys().of(PAGE, BASE, policy) != first


def test_a_register_of_claims_decides(policy: Policy, tmp_path: Path) -> None:
    register, evidence = tmp_path / "claims.yaml", tmp_path / "study.pdf"
    text = (
        "claims: [{id: C-001, wording: gone for good, treatment: any, jurisdictions: us, evidence: study.pdf,"
        " owner: A, approved-by: B, valid-until: 2099-01-01}]\n"
    )
    settings = BASE._replace(claims=register)

    def key() -> bytes:
        return Keys().of(PAGE, settings, load())

    register.write_text(text, encoding="utf-8")
    evidence.write_bytes(b"")
    first = key()
    assert first == key()
    evidence.unlink()
    assert key() != first
    evidence.write_bytes(b"")
    register.write_text(text.replace("2099", "2098"), encoding="utf-8")
    assert key() != first


def test_every_setting_that_is_left_out_is_one() -> None:
    assert set(LintSettings._fields) >= results._NOT_ASKED


def test_every_library_that_reads_text_is_in_the_key() -> None:
    project = tomllib.loads((TOP / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    names = {line.split(">")[0] for line in project["dependencies"]}
    assert names - {"click", "pathspec", "pyyaml"} == set(results.LIBRARIES)


def test_the_release_of_a_library_is_that_of_its_installer() -> None:
    assert {name: results._release(name) for name in results.LIBRARIES} == {
        name: metadata.version(name) for name in results.LIBRARIES
    }


# --- The file ----------------------------------------------------------------------------------------------------


def key(number: int) -> bytes:
    return number.to_bytes(20, "big")


def some(*numbers: int) -> dict[bytes, Result]:
    return {key(number): Result(f"[{number}]".encode() * 50) for number in numbers}


def numbers_in(path: Path, numbers: range) -> list[int]:
    found = results.find(path, map(key, numbers))
    assert all(found[key(number)] == some(number)[key(number)].content for number in numbers if key(number) in found)
    return [number for number in numbers if key(number) in found]


def test_what_is_kept_is_found(path: Path) -> None:
    assert results.find(path, [key(1)]) == {}
    results.keep(path, some(1, 2))
    results.keep(path, some(3))
    assert numbers_in(path, range(5)) == [1, 2, 3]


def test_a_result_of_a_day_holds_on_that_day(path: Path) -> None:
    results.keep(path, {key(1): Result(b"[]", "2027-03-01")})
    assert results.find(path, [key(1)], clock=lambda: "2027-03-01") == {key(1): b"[]"}
    assert results.find(path, [key(1)], clock=lambda: "2027-03-02") == {}


def test_the_day_is_known_where_it_was_asked_for(policy: Policy) -> None:
    text = "<!-- copylint-disable-next overclaim until 2027-03-01 -- a name -->\n\nThe fat is gone for good.\n"
    for copy, day in ((TEXT, ""), (text, "2027-02-03")):
        clock = WatchedClock(lambda: "2027-02-03")
        lint(Source("page.md", copy), policy, BASE, clock=clock)
        assert clock.day == day


@pytest.mark.parametrize("damage", ["empty", "cut", "text", "zeros", "noise", "foreign", "folder"])
def test_a_damaged_file_costs_time_only(damage: str, path: Path) -> None:
    results.keep(path, some(*range(200)))
    content = path.read_bytes()
    path.unlink()
    if damage == "folder":
        path.mkdir()
    elif damage == "foreign":
        connection = sqlite3.connect(path)
        connection.execute("CREATE TABLE results (a, b)")
        connection.close()
    else:
        middle = len(content) // 2
        noise = bytes((byte * 31 + at) % 256 for at, byte in enumerate(content[middle:]))
        path.write_bytes({
            "empty": b"", "cut": content[:middle], "text": b"not a database\n" * 100,
            "zeros": content[:middle] + bytes(len(content) - middle), "noise": content[:middle] + noise,
        }[damage])  # fmt: skip
    numbers_in(path, range(200))
    for _ in range(2):
        results.keep(path, some(*range(200, 210)))
    found = numbers_in(path, range(210))
    if damage not in ("folder", "foreign"):
        assert found[-10:] == list(range(200, 210))


def test_a_result_that_stands_under_another_key_is_not_taken(path: Path) -> None:
    results.keep(path, some(1, 2))
    connection = sqlite3.connect(path)
    connection.execute("UPDATE results SET content = (SELECT content FROM results WHERE key = ?)", (key(2),))
    connection.commit()
    connection.close()
    assert numbers_in(path, range(3)) == [2]


def test_a_folder_that_cannot_be_written_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    results.keep(tmp_path / "file" / "results.sqlite3", some(1))
    assert results.find(tmp_path / "file" / "results.sqlite3", [key(1)]) == {}


def test_nobody_waits_long_for_another_process(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(results, "_PATIENCE", 0.01)
    results.keep(path, some(1))
    connection = sqlite3.connect(path)
    connection.execute("BEGIN EXCLUSIVE")
    assert numbers_in(path, range(3)) == []
    results.keep(path, some(2))
    connection.close()
    assert numbers_in(path, range(3)) == [1]


def test_an_interpreter_without_sqlite_keeps_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sqlite3", None)
    results.keep(path, some(1))
    assert not path.exists()


def test_processes_can_keep_results_at_the_same_time(path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from copylint import results; results._PATIENCE = 30;"
        "[results.keep(Path(sys.argv[1]), {n.to_bytes(20, 'big'): results.Result(f'[{n}]'.encode() * 50)})"
        " for n in range(int(sys.argv[2]), int(sys.argv[2]) + 20)]"
    )
    starts = ("0", "100", "200")
    processes = [subprocess.Popen([sys.executable, "-c", script, str(path), start]) for start in starts]
    assert [process.wait(60) for process in processes] == [0, 0, 0]
    assert numbers_in(path, range(300)) == [*range(20), *range(100, 120), *range(200, 220)]


def test_what_was_not_used_for_longest_goes(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chance = Random(1)
    monkeypatch.setattr(results, "MOST_BYTES", 200_000)
    for number in range(200):
        monkeypatch.setattr(results, "time", lambda day=number: day * 86_400)
        results.keep(path, {key(number): Result(chance.randbytes(5_000))})
        results.find(path, [key(0)])
    found = sorted(results.find(path, map(key, range(200))))
    assert key(0) in found, "it is used every day"
    assert found[-1] == key(199)
    assert 20 < len(found) < 40
    assert path.stat().st_size < 2 * results.MOST_BYTES


def test_a_huge_result_is_not_kept(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(results, "LONGEST", 25)
    results.keep(path, some(1))
    assert numbers_in(path, range(3)) == []
