"""`copylint claims`, and `check` with a register: what a reviewer and a writer see of approved claims."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from copylint.cli import run

IN_USE = 'claims = "claims.yaml"\n'
TODAY = date(2026, 11, 22)
PAGE = "# CoolSculpting\n\nThe fat is gone for good. It is a miracle.\n"


class Done(NamedTuple):
    """What a run of the command line came to. lines: of standard output."""

    code: int
    lines: list[str]
    err: str


Call = Callable[..., Done]


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Call:
    """Runs copylint with the real rules in an empty folder; for `copylint claims` it is TODAY."""
    monkeypatch.setattr("copylint.cli.claims.today", TODAY.isoformat)
    monkeypatch.chdir(tmp_path)
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)

    def called(*arguments: str) -> Done:
        code = run(arguments)
        out, err = capfd.readouterr()
        return Done(code, out.splitlines(), err)

    return called


def write(name: str, text: str) -> None:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def claim(identifier: str, wording: str, *, until: str = "2999-06-30", evidence: str = "10.1000/182") -> str:
    return (
        f"  - id: {identifier}\n    wording: {wording}\n    treatment: cryolipolysis\n    jurisdictions: us\n"
        f"    evidence: {evidence}\n    owner: Marketing\n    approved-by: J. Doe\n    valid-until: {until}\n"
    )


def in_days(count: int) -> str:
    return (TODAY + timedelta(count)).isoformat()


def site(*claims: str) -> None:
    write("copylint.toml", IN_USE)
    write("claims.yaml", "claims:\n" + "".join(claims))
    write("page.md", PAGE)


def plain(call: Call, *arguments: str) -> Any:
    return json.loads("\n".join(call(*arguments).lines))


# --- check -----------------------------------------------------------------------------------------------------------


def test_an_approved_claim_does_not_count_and_is_shown_as_such(call: Call) -> None:
    site(claim("C-014", "the fat is gone for good"))
    done = call("check", "--format", "concise")
    assert [line.partition(" ")[0] for line in done.lines] == ["page.md:3:35:"]
    assert "2 suppressed or approved" in done.err
    findings = plain(call, "check", "--format", "json")["files"][0]["findings"]
    assert [(one["status"], one["reason"]) for one in findings] == [("approved", "C-014")] * 2 + [("open", "")]
    results = plain(call, "check", "--format", "sarif")["runs"][0]["results"]
    assert results[0]["suppressions"] == [{"kind": "external", "status": "accepted", "justification": "C-014"}]


def test_an_expired_claim_fails_the_run(call: Call) -> None:
    site(claim("C-014", "this is about nothing in the copy"), claim("C-015", "it is a", until="2020-01-01"))
    done = call("check", "--format", "concise", "--select", "copylint")
    assert (done.code, done.lines) == (
        1,
        ['page.md:3:27: error copylint/expired-claim The approval of claim C-015 held until 2020-01-01: "It is a".'],
    )


def test_an_approved_claim_takes_no_entry_of_the_baseline(call: Call) -> None:
    site()
    write("claims.yaml", "claims: []\n")
    write("copylint.toml", IN_USE + 'baseline = "copylint-baseline.json"\n')
    assert call("baseline", "--quiet", "page.md").code == 0
    write("claims.yaml", "claims:\n" + claim("C-014", "the fat is gone for good"))
    write("page.md", PAGE.replace("gone for good.", "gone for good. The fat is gone for good."))
    findings = plain(call, "check", "--format", "json")["files"][0]["findings"]
    assert [one["status"] for one in findings] == ["approved"] * 4 + ["baseline"]
    done = call("baseline", "--prune")
    assert "1 finding, 2 taken out" in done.err


def test_why_tells_the_claim(call: Call) -> None:
    site(claim("C-014", "the fat is gone for good"))
    done = call("why", "page.md:3")
    assert any(line.strip().startswith("approved (C-014): ") for line in done.lines)


FAULTS = {
    "not there": (None, 'copylint.toml:1: there is no register of claims claims.yaml. Write it, or take "claims" out.'),
    "no YAML": ("claims: [\n", "claims.yaml:2:1: not valid YAML"),
    "unknown key": (claim("C-1", "a b c") + "    x: y\n", 'claims.yaml:10:5: unknown key "x"'),
    "bad phrase": (claim("C-1", "'{a'"), "claims.yaml:3:15: in '{a'"),
    "bad date": (claim("C-1", "a b c", until="soon"), 'claims.yaml:9:18: "soon" is no day'),
    "too large": ("#" * 2_000_001, "claims.yaml: is larger than 2 MB."),
}


@pytest.mark.parametrize("verb", [("check",), ("claims",), ("baseline",), ("check", "empty")], ids=" ".join)
@pytest.mark.parametrize(("text", "message"), FAULTS.values(), ids=FAULTS)
def test_a_register_with_a_fault_ends_the_run(
    verb: tuple[str, ...], text: str | None, message: str, call: Call
) -> None:
    write("copylint.toml", IN_USE + 'exclude = ["empty/"]\n')
    write("page.md", PAGE)
    write("empty/page.md", PAGE)
    if text is not None:
        write("claims.yaml", text if text.startswith(("claims", "#")) else f"claims:\n{text}")
    done = call(*verb)
    assert (done.code, done.lines) == (2, [])
    assert f"Error: {message}" in done.err


def test_a_register_is_never_used_silently(call: Call) -> None:
    site(claim("C-014", "the fat is gone for good"))
    Path("copylint.toml").unlink()
    assert len(call("check", "--format", "concise").lines) == 3


def test_each_folder_has_the_register_of_its_configuration(call: Call) -> None:
    site(claim("C-014", "the fat is gone for good"))
    write("blog/copylint.toml", "")
    write("blog/page.md", PAGE)
    done = call("check", "--format", "concise", "--select", "overclaim/permanence")
    assert [line.partition(":")[0] for line in done.lines] == ["blog/page.md"]
    listed = call("claims")
    assert "notice: no register is configured for 1 file, not read here" in listed.err


# --- claims ----------------------------------------------------------------------------------------------------------


def test_the_list_says_how_each_claim_stands(call: Call) -> None:
    site(
        claim("C-1", "the fat is gone for good"),
        claim("C-20", "nobody says this", until=in_days(40)),
        claim("C-3", "it is a", until=in_days(30)),
        claim("C-4", "the fat is", until="2020-01-01", evidence="[a.pdf, 10.1000/182, b.pdf]"),
        claim("C-5", "nobody says that", until=in_days(0)),
    )
    done = call("claims")
    assert done.code == 0
    assert done.lines == [
        "claims.yaml: 5 claims",
        "  C-1   1 use     until 2999-06-30",
        f"  C-20  unused    until {in_days(40)}",
        f"  C-3   1 use     expires in 30 days, on {in_days(30)}",
        "  C-4   1 use     expired on 2020-01-01; evidence missing: a.pdf, b.pdf",
        "  C-5   unused    expires today",
        "",
        "1 sentence makes a claim that no entry covers:",
        'page.md:3:35: overclaim/hype "It is a miracle."',
    ]
    assert done.err == (
        "5 claims, 3 uses: 2 unused, 1 expired, 1 without evidence, 2 expiring within 30 days, 1 sentence not covered\n"
    )


def test_programs_are_told_more(call: Call) -> None:
    site(claim("C-014", "[the fat is gone for good, gone for good]"))
    listed = plain(call, "claims", "--format", "json", "--quiet")
    assert (listed["schema"], listed["errors"]) == (1, [])
    (one,) = listed["registers"]
    assert one["path"] == "claims.yaml"
    (entry,) = one["claims"]
    assert entry["days_left"] > 300_000
    del entry["days_left"]
    assert entry == {
        "id": "C-014",
        "line": 2,
        "status": "in-force",
        "wording": ["the fat is gone for good", "gone for good"],
        "treatment": "cryolipolysis",
        "jurisdictions": ["us"],
        "evidence": [{"text": "10.1000/182", "kind": "doi", "missing": False}],
        "owner": "Marketing",
        "approved_by": "J. Doe",
        "valid_until": "2999-06-30",
        "rules": [],
        "uses": [{"path": "page.md", "line": 3, "column": 1, "text": "The fat is gone for good"}],
    }
    assert one["uncovered"] == [
        {"path": "page.md", "line": 3, "column": 35, "sentence": "It is a miracle.", "rules": ["overclaim/hype"]}
    ]


@pytest.mark.parametrize(
    ("until", "evidence", "status"),
    [
        ("2999-01-01", "10.1000/182", "in-force"),
        (in_days(5), "10.1000/182", "expiring"),
        (in_days(5), "a.pdf", "evidence-missing"),
        ("2020-01-01", "a.pdf", "expired"),
    ],
)
def test_the_status_is_the_gravest_that_holds(until: str, evidence: str, status: str, call: Call) -> None:
    site(claim("C-014", "the fat is gone for good", until=until, evidence=evidence))
    (one,) = plain(call, "claims", "--format", "json", "--quiet")["registers"]
    assert [entry["status"] for entry in one["claims"]] == [status]


def test_what_is_suppressed_or_not_selected_is_not_listed(call: Call) -> None:
    site(claim("C-014", "the fat is gone for good"))
    write("page.md", PAGE.replace("The fat", "<!-- copylint-disable-next overclaim -- ours -->\nThe fat"))
    assert len(call("claims").lines) == 2
    write("page.md", PAGE)
    assert len(call("claims", "--ignore", "overclaim").lines) == 2


def test_the_same_input_gives_the_same_bytes(call: Call) -> None:
    site(claim("C-014", "the fat is gone for good"), claim("C-015", "it is a"))
    write("other/page.md", PAGE)
    assert call("claims", "--format", "json") == call("claims", "--format", "json", "other", "page.md")


def test_hostile_copy_is_shown_as_escapes(call: Call) -> None:
    site(claim("C-014", "the fat is gone for good"))
    write("page.md", "CoolSculpting is a miracle \x1b[31m\u202e for fat.\n")
    shown = "\n".join(call("claims").lines)
    assert "\x1b" not in shown
    assert "\\x1b[31m" in shown


def test_without_a_register_there_is_nothing_to_list(call: Call) -> None:
    write("page.md", PAGE)
    done = call("claims")
    assert (done.code, done.lines) == (2, [])
    assert 'put claims = "claims.yaml" into your configuration' in done.err


def test_copy_that_cannot_be_read_is_told(call: Call) -> None:
    site(claim("C-014", "the fat is gone for good"))
    Path("odd.md").write_bytes(b"\xff\xfe\x00")
    done = call("claims", "odd.md", "missing.md", "page.md")
    assert done.code == 2
    assert done.lines[0] == "claims.yaml: 1 claim"
    assert "odd.md: error: " in done.err
    assert "missing.md: error: " in done.err


# --- What it costs ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("configured", "page", "imported"),
    [
        (False, PAGE, set()),
        (True, PAGE, {"copylint.verdicts.register", "rapidfuzz", "yaml"}),
        (True, "# CoolSculpting\n\nIt takes an hour.\n", {"copylint.verdicts.register", "yaml"}),
    ],
)
def test_only_what_is_needed_is_imported(configured: bool, page: str, imported: set[str], tmp_path: Path) -> None:
    (tmp_path / "page.md").write_text(page, encoding="utf-8")
    (tmp_path / "copylint.toml").write_text(IN_USE if configured else "", encoding="utf-8")
    text = claim("C-014", "everything about it is a little miracle")
    (tmp_path / "claims.yaml").write_text(f"claims:\n{text}", encoding="utf-8")
    script = (
        "import sys; from copylint.cli import run; run(['check', '--quiet', 'page.md']);"
        "print(sorted({'copylint.verdicts.register', 'rapidfuzz', 'yaml'} & set(sys.modules)))"
    )
    for _ in range(2):  # the first run may have to compile the rules
        done = subprocess.run(
            [sys.executable, "-c", script], cwd=tmp_path, capture_output=True, encoding="utf-8", check=True
        )
    assert done.stdout.splitlines()[-1] == repr(sorted(imported)), done.stderr
