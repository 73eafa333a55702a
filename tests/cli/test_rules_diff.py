"""`copylint rules diff OLD NEW --on FOLDER`: what a change of the rules does to the copy that is there."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from copylint.cli import run
from copylint.findings import Finding, Severity, Status, Verdict
from copylint.rules.policy import shipped_rules
from copylint.verdicts.differences import differences

HOUSE = """\
rules:
  - id: house/gift
    label: gift
    kind: claim
    title: A treatment as a present
    severity: {severity}
    message: '"{{match}}" sells a treatment as a present.'
    why: A treatment is no present.
    better: [Leave it out.]
    flag: ['{phrase}']
    examples: {{flag: [Our gift voucher is here.], pass: [A gift.]}}
"""

# --- Comparing findings ------------------------------------------------------------------------------------------


def finding(
    start: int,
    end: int,
    rule: str = "overclaim/hype",
    *,
    severity: Severity = "error",
    verdicts: Mapping[str, Verdict] | None = None,
    message: str = "m",
    status: Status = "open",
) -> Finding:
    given = verdicts or {"us": Verdict(severity, ("us-x",))}
    return Finding(rule, severity, message, "why", "t" * (end - start), start, end, (), None, given, status)


UK = {"us": Verdict("error", ("us-x",)), "uk": Verdict("error", ())}
CASES: dict[str, tuple[list[Finding], list[Finding], list[str]]] = {
    "nothing": ([], [], []),
    "the same": ([finding(1, 5)], [finding(1, 5)], []),
    "another message": ([finding(1, 5)], [finding(1, 5, message="n")], []),
    "new": ([], [finding(1, 5)], ["added 1"]),
    "gone": ([finding(1, 5)], [], ["removed 1"]),
    "graver": ([finding(1, 5, severity="warning")], [finding(1, 5)], ["changed 1"]),
    "another jurisdiction": ([finding(1, 5)], [finding(1, 5, verdicts=UK)], ["changed 1"]),
    "another clause": ([finding(1, 5)], [finding(1, 5, verdicts={"us": Verdict("error", ("y",))})], ["changed 1"]),
    "more words": ([finding(3, 5)], [finding(1, 9)], ["changed 1"]),
    "words beside": ([finding(1, 5)], [finding(5, 9)], ["removed 1", "added 5"]),
    "another rule": ([finding(1, 5)], [finding(1, 5, "overclaim/speed")], ["removed 1", "added 1"]),
    "one for two": ([finding(1, 5), finding(6, 9)], [finding(1, 9)], ["changed 1", "removed 6"]),
    "two for one": ([finding(1, 9)], [finding(1, 5), finding(6, 9)], ["changed 1", "added 6"]),
    "one of two alike": ([finding(1, 5), finding(1, 5)], [finding(1, 5)], ["removed 1"]),
    "settled ones": ([finding(1, 5, status="suppressed")], [finding(1, 5)], ["added 1"]),
    "in order": ([finding(9, 12)], [finding(1, 2), finding(20, 30)], ["added 1", "removed 9", "added 20"]),
}  # fmt: skip


@pytest.mark.parametrize(("before", "after", "expected"), CASES.values(), ids=CASES)
def test_what_differs(before: list[Finding], after: list[Finding], expected: list[str]) -> None:
    assert [f"{one.kind} {one.finding.start}" for one in differences(before, after)] == expected


# --- The command -------------------------------------------------------------------------------------------------


class Done(NamedTuple):
    """What a run of the command line came to."""

    code: int
    out: str
    err: str


Call = Callable[..., Done]


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Call:
    """Runs `copylint rules diff` in a folder with two pages."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    Path("site").mkdir()
    Path("site/a.md").write_text("# Botox\n\nOur gift vouchers are here. The lift is a miracle.\n", encoding="utf-8")
    Path("site/b.md").write_text("Please ring the bell.\n", encoding="utf-8")

    def called(*arguments: str) -> Done:
        code = run(["rules", "diff", *arguments])
        out, err = capfd.readouterr()
        return Done(code, out, err)

    return called


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., str]:
    """Writes a file of rules once for all tests, for compiling one takes seconds."""
    folder = tmp_path_factory.mktemp("rules")

    def put(phrase: str, severity: str = "warning") -> str:
        path = folder / f"{phrase.replace(' ', '-').rstrip('~')}.yaml"
        if not path.exists():
            path.write_text(HOUSE.format(severity=severity, phrase=phrase), encoding="utf-8")
        return str(path)

    return put


House = Callable[..., str]


def test_rules_of_the_house_are_compared_on_top_of_the_shipped_ones(call: Call, house: House) -> None:
    old = house("gift voucher~")
    assert call(old, old, "--further", "--on", "site") == (
        0, "", "No finding differs in 2 files · jurisdictions: us\n"
    )  # fmt: skip
    new = house("our gift voucher~", "error")
    done = call(old, new, "--further", "--on", "site")
    assert (done.code, done.out.splitlines()) == (
        1,
        [
            "site/a.md",
            '  ~ 3:1 warning -> error house/gift "gift vouchers" -> "Our gift vouchers" (us: warning -> error)',
            "",
            "rule          added  removed  changed",
            "house/gift        0        0        1",
        ],
    )
    assert done.err == "Findings differ in 1 of 2 files: 0 added, 0 removed, 1 changed · jurisdictions: us\n"


def test_whole_rules_are_compared_as_they_are(call: Call) -> None:
    """The shipped rules against themselves without one rule."""
    text = shipped_rules().read_text(encoding="utf-8")
    shutil.copyfile(shipped_rules(), "old.yaml")
    start = text.index("  - id: overclaim/hype\n")
    Path("new.yaml").write_text(text[:start] + text[text.index("\n  - id: ", start) + 1 :], encoding="utf-8")
    done = call("old.yaml", "new.yaml", "--on", "site", "--format", "json")
    report = json.loads(done.out)
    assert done.code == 1
    assert [file["path"] for file in report["files"]] == ["site/a.md", "site/b.md"]
    (one,) = report["files"][0]["findings"]
    assert (one["change"], one["rule"], one["new"]) == ("removed", "overclaim/hype", None)
    assert one["old"]["text"] == "miracle"
    assert (one["old"]["line"], one["old"]["column"], one["old"]["severity"]) == (3, 43, "error")
    assert report["rules"] == {"overclaim/hype": {"added": 0, "removed": 1, "changed": 0}}
    assert report["summary"] == {"added": 0, "removed": 1, "changed": 0}
    assert report["old"]["path"] == "old.yaml"
    assert report["old"]["rules"] != report["new"]["rules"]
    assert call("old.yaml", "old.yaml", "--on", "site").code == 0


def test_the_configuration_counts_as_in_a_run(call: Call, house: House) -> None:
    old, new = house("gift card~"), house("gift voucher~")
    Path("copylint.toml").write_text(f'rules = [{new!r}]\njurisdictions = ["uk"]\n', encoding="utf-8")
    assert "jurisdictions: uk" in call(old, new, "--further", "--on", "site").err
    assert call(old, new, "--further", "--on", "site", "--jurisdiction", "au,us").err.endswith("us, au\n")
    Path("copylint.toml").write_text(f'rules = [{new!r}]\nignore = ["house"]\n', encoding="utf-8")
    assert call(old, new, "--further", "--on", "site").code == 0
    assert call(old, new, "--further", "--on", "site", "--no-config").code == 1


def test_what_cannot_be_read_is_trouble_and_the_rest_is_compared(call: Call, house: House) -> None:
    old, new = house("gift card~"), house("gift voucher~")
    Path("site/broken.md").write_bytes(b"\0\0\0")
    done = call(old, new, "--further", "--on", "site", "--on", "missing.md")
    assert done.code == 2
    assert "  + 3:5 warning house/gift" in done.out
    assert "site/broken.md: error: is no text" in done.err
    assert "missing.md: error: does not exist." in done.err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["house.yaml", "missing.yaml"], "File 'missing.yaml' does not exist."),
        (["house.yaml", "site"], "'site' is a directory."),
        (["house.yaml", "house.yaml"], "house.yaml: is no whole set of rules"),
        (["bad.yaml", "bad.yaml", "--further"], "bad.yaml:1:8: "),
        (["house.yaml", "house.yaml", "--further", "--on", "-"], "--on names files"),
        (["house.yaml"], "Missing argument 'NEW'"),
    ],
)
def test_what_cannot_be_meant_is_trouble(arguments: list[str], message: str, call: Call) -> None:
    Path("house.yaml").write_text(HOUSE.format(severity="error", phrase="gift voucher~"), encoding="utf-8")
    Path("bad.yaml").write_text("rules: 7\n", encoding="utf-8")
    done = call(*arguments)
    assert (done.code, done.out) == (2, "")
    assert message in done.err


def test_words_of_the_copy_cannot_harm_a_terminal(call: Call, house: House) -> None:
    old, new = house("gift card~"), house("gift voucher~")
    Path("site/c.md").write_text("Our gift\x1b[2J\u202e voucher and gift\u200bvoucher.\n", encoding="utf-8")
    done = call(old, new, "--further", "--on", "site")
    assert not set(done.out) & {"\x1b", "\u202e", "\u200b"}


def test_options_of_diff_stand_behind_it(call: Call, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["rules", "--format", "json", "diff", "a", "b"]) == 2
    assert "options of diff stand behind it" in capfd.readouterr().err
