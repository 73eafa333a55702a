"""`copylint baseline`, and `check` with one: a team begins on an old site, and new findings alone fail."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import pytest

from copylint.cli import run
from copylint.config import KEYS

NAME = "copylint-baseline.json"
IN_USE = f'baseline = "{NAME}"\n'
OLD = "# Our peel\n\nIt is a miracle. The results are permanent.\n"
_TREATMENTS = ("Liposuction", "Laser hair removal", "Cryolipolysis", "Microneedling", "Dermal fillers", "Botox")
_CLAIMS = (
    "The results of {name} are permanent.",
    "{name} is completely painless.",
    "It is a miracle for your waist.",
    "There is no downtime at all.",
    "{name} is 100% safe.",
    "We are the best clinic in town.",
    "{name} works for everyone.",
    "You will see results overnight.",
)
_PLAIN = (
    "The appointment takes an hour, and you can drive home afterwards.",
    "We keep a room for you in which you can rest as long as you like.",
    "Please bring the form that we have sent you, and a list of what you take.",
    "Our house stands beside the station, with a place for your car behind it.",
    "You may eat and drink as you always do on the day before.",
    "Many people come to us on the advice of a friend or a neighbour.",
    "Ask us about {name}, and enjoy a beautiful, smooth and youthful new look.",
    "Number {number} of our letters tells you how the week after looks.",
)


class Done(NamedTuple):
    """What a run of the command line came to. lines: of standard output."""

    code: int
    lines: list[str]
    err: str


Call = Callable[..., Done]


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Call:
    """Runs copylint with the real rules in an empty folder."""
    monkeypatch.chdir(tmp_path)
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)

    def called(*arguments: str) -> Done:
        code = run(arguments)
        out, err = capfd.readouterr()
        return Done(code, out.splitlines(), err)

    return called


def check(call: Call, *arguments: str) -> Done:
    return call("check", "--format", "concise", *arguments)


def write(name: str, text: str) -> Path:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
    return path


def entries(path: str = NAME) -> list[dict[str, str]]:
    found: list[dict[str, str]] = json.loads(Path(path).read_text(encoding="utf-8"))["findings"]
    return found


def make_site(folder: Path, pages: int) -> list[Path]:
    """Pages on treatments, with claims and duties that are not met. The same number gives the same bytes."""
    chance = Random(pages)
    return [_write(folder, number, chance) for number in range(pages)]


def _write(folder: Path, number: int, chance: Random) -> Path:
    name = chance.choice(_TREATMENTS)
    sentences = [*chance.sample(_CLAIMS, 3), *chance.choices(_PLAIN, k=9), _PLAIN[6], _PLAIN[7]]
    chance.shuffle(sentences)
    said = [sentence.format(name=name, number=number) for sentence in sentences]
    paragraphs = [" ".join(said[at : at + 3]) for at in range(0, len(said), 3)]
    html = number % 4 == 3
    path = folder / f"section-{number % 7}" / f"page-{number:04}.{'html' if html else 'md'}"
    path.parent.mkdir(parents=True, exist_ok=True)
    if html:
        text = f"<h1>{name}</h1>\n" + "".join(f"<p>{paragraph}</p>\n" for paragraph in paragraphs)
    else:
        text = f"# {name}\n\n" + "\n\n".join(paragraphs) + "\n"
    path.write_text(text, encoding="utf-8", newline="\n")
    return path


def test_an_old_site_begins_clean_and_a_new_claim_alone_fails(call: Call) -> None:
    """A moved paragraph, a renamed file and one new claim on a site of sixty pages."""
    pages = make_site(Path("content"), 60)
    write("copylint.toml", IN_USE)
    assert call("baseline").code == 0
    assert check(call).code == 0

    head, *paragraphs = pages[0].read_text(encoding="utf-8").rstrip().split("\n\n")
    write(str(pages[0]), "\n\n".join([head, *reversed(paragraphs)]) + "\n")
    pages[1].rename(pages[1].with_name("renamed.md"))
    Path("elsewhere").mkdir()
    pages[3].rename("elsewhere/index.html")
    with pages[2].open("a", encoding="utf-8") as page:
        page.write("\nFat cells are gone for good.\n")

    done = check(call)
    assert done.code == 1
    new = f"{pages[2].as_posix()}:{len(pages[2].read_text(encoding='utf-8').splitlines())}:"
    assert [line for line in done.lines if not line.startswith(new)] == []
    assert any("overclaim/permanence" in line for line in done.lines)


def test_known_findings_are_marked_and_told_in_the_summary(call: Call) -> None:
    write("page.md", OLD)
    write("copylint.toml", IN_USE)
    call("baseline")
    write("page.md", OLD + "\nIt is a magic cure.\n")
    done = call("check", "--format", "json", "page.md")
    report = json.loads("\n".join(done.lines))
    assert [one["status"] for one in report["files"][0]["findings"]].count("baseline") == 2
    assert report["summary"]["error"] == len(report["files"][0]["findings"]) - 2
    assert ", 2 in the baseline · " in check(call).err


def test_a_baseline_is_not_used_unless_it_is_asked_for(call: Call) -> None:
    write("page.md", OLD)
    done = call("baseline")
    assert f'notice: {NAME} is not in use yet: put baseline = "{NAME}" into your configuration' in done.err
    assert check(call).code == 1
    assert check(call, "--baseline", NAME).code == 0
    write("copylint.toml", IN_USE)
    assert check(call).code == 0
    assert check(call, "--no-baseline").code == 1
    assert check(call, "--no-config").code == 1
    assert "not in use" not in call("baseline").err


def test_the_option_goes_before_the_configuration(call: Call) -> None:
    write("page.md", OLD)
    write("copylint.toml", IN_USE)
    call("baseline")
    call("baseline", "--select", "overclaim/hype", "--baseline", "other.json")
    assert [one["rule"] for one in entries("other.json")] == ["overclaim/hype"]
    assert [line.split()[2] for line in check(call, "--baseline", "other.json").lines] == ["overclaim/permanence"]


def test_writing_it_again_gives_the_same_bytes(call: Call) -> None:
    make_site(Path("content"), 8)
    write("copylint.toml", IN_USE)
    call("baseline")
    first = Path(NAME).read_bytes()
    for arguments in ((), ("--prune",), ("content/section-0",), ("--select", "risk")):
        assert call("baseline", *arguments).code == 0
        assert Path(NAME).read_bytes() == first, arguments


def test_entries_that_are_found_no_more_are_counted_and_pruned(call: Call) -> None:
    write("page.md", OLD)
    write("other.md", OLD)
    write("copylint.toml", IN_USE)
    call("baseline")
    write("page.md", OLD.replace("It is a miracle. ", "It is a magic cure. "))
    Path("other.md").unlink()
    told = f"notice: {NAME}: 3 known findings are found no more; take out with `copylint baseline --prune`\n"
    done = check(call)
    assert told in done.err
    assert len(done.lines) == 1
    assert "found no more" not in check(call, "--quiet").err
    assert "found no more" not in check(call, "--select", "overclaim/speed").err

    assert f"Wrote {NAME}: 1 finding, 3 taken out\n" in call("baseline", "--prune").err
    assert [(one["path"], one["rule"]) for one in entries()] == [("page.md", "overclaim/permanence")]
    assert f"Wrote {NAME}: 2 findings, 1 new\n" in call("baseline").err
    assert check(call).code == 0


def test_what_was_not_looked_for_is_kept(call: Call) -> None:
    write("a/page.md", OLD)
    write("b/page.md", OLD)
    write("copylint.toml", IN_USE)
    call("baseline")
    Path("a/page.md").write_text("Nothing to see.\n", encoding="utf-8")
    assert "found no more" not in check(call, "b").err
    assert (
        f"Wrote {NAME}: 4 findings, 4 not looked for and kept"
        in call("baseline", "--prune", "--jurisdiction", "uk", "a").err
    )
    assert f"Wrote {NAME}: 2 findings, 2 taken out, 2 not looked for and kept" in call("baseline", "a").err
    assert {one["path"] for one in entries()} == {"b/page.md"}


def test_each_configuration_has_its_own(call: Call) -> None:
    write("shop/page.md", OLD)
    write("shop/copylint.toml", IN_USE)
    write("blog/page.md", OLD)
    assert call("baseline", "shop").code == 0
    assert [one["path"] for one in entries("shop/" + NAME)] == ["page.md", "page.md"]
    assert {line.partition(":")[0] for line in check(call).lines} == {"blog/page.md"}


def test_paths_begin_where_the_baseline_stands(call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write("content/page.md", OLD)
    write("copylint.toml", IN_USE)
    call("baseline")
    monkeypatch.chdir(tmp_path / "content")
    assert check(call).code == 0
    assert check(call, "page.md").code == 0


def test_standard_input_goes_by_its_name(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    write("page.md", OLD)
    write("copylint.toml", IN_USE)
    call("baseline")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO((OLD + "\nIt is a magic cure.\n").encode())))
    done = check(call, "-", "--stdin-filename", "page.md")
    assert [line.split()[0] for line in done.lines] == ["page.md:5:9:"]


def test_a_suppressed_finding_needs_no_entry(call: Call) -> None:
    write("page.md", OLD.replace("It is", "<!-- copylint-disable-next overclaim -- agreed -->\nIt is"))
    call("baseline")
    assert entries() == []


def test_a_file_that_cannot_be_read_is_told_and_keeps_its_entries(call: Call) -> None:
    write("a.md", OLD)
    write("b.md", OLD)
    write("copylint.toml", IN_USE)
    call("baseline")
    Path("a.md").write_bytes(b"\0")
    done = call("baseline", "--prune")
    assert done.code == 2
    assert "a.md: error: is no text" in done.err
    assert len(entries()) == 4


def test_nothing_is_written_where_nothing_was_read(call: Call) -> None:
    assert call("baseline", "gone").code == 2
    write("copylint.toml", "exclude = ['*.md']\n")
    write("page.md", OLD)
    done = call("baseline", "page.md")
    assert (done.code, Path(NAME).exists()) == (0, False)
    assert "nothing to check" in done.err


REFUSED = [
    ("named, missing", "", ["check", "--baseline", "x.json"], "--baseline: there is no file x.json. Write it with"),
    (
        "configured, missing",
        IN_USE,
        ["check"],
        f"copylint.toml:1: there is no baseline {NAME}. Write it with `copylint",
    ),
    ("in a list", "\nbaseline = ['x']\n", ["check"], 'copylint.toml:2: "baseline" must be the path of a file.'),
    ("pruned, missing", "", ["baseline", "--prune"], f"{NAME}: does not exist, so there is nothing to prune."),
    ("standard input", "", ["baseline", "-"], "A baseline is of files"),
    ("both options", "", ["check", "--baseline", "x", "--no-baseline"], "exclude each other"),
    ("a folder", "baseline = '.'\n", ["check"], "copylint.toml:1: there is no baseline ."),
    ("a folder, written", "", ["baseline", "--baseline", "."], "cannot be read: Is a directory"),
    ("no folder", "", ["baseline", "--baseline", "x/y.json"], "No such file or directory"),
]


@pytest.mark.parametrize(
    ("configuration", "arguments", "message"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED]
)
def test_a_fault_is_an_error_that_says_what_to_do(
    configuration: str, arguments: list[str], message: str, call: Call
) -> None:
    write("page.md", OLD)
    if configuration:
        write("copylint.toml", configuration)
    done = call(*arguments)
    assert done.code == 2
    assert message in done.err


@pytest.mark.parametrize("arguments", [["check"], ["baseline"], ["baseline", "--prune"]])
def test_a_broken_baseline_is_never_passed_over(arguments: list[str], call: Call) -> None:
    write("page.md", OLD)
    write("copylint.toml", IN_USE)
    call("baseline")
    broken = Path(NAME).read_text(encoding="utf-8").replace('    {"path"', '<<<<<<< HEAD\n    {"path"', 1)
    write(NAME, broken)
    done = call(*arguments)
    assert (done.code, done.lines) == (2, [])
    assert done.err == (
        f"Error: {NAME}:5: holds the marks of a merge conflict. Take out the marks and keep the findings of both"
        " sides: their order does not matter, and one may be there twice.\n"
    )
    assert Path(NAME).read_text(encoding="utf-8") == broken


def test_the_configuration_knows_the_key() -> None:
    assert "baseline" in KEYS


def test_a_run_without_a_baseline_imports_none_of_this(tmp_path: Path) -> None:
    (tmp_path / "page.md").write_text(OLD, encoding="utf-8")
    program = (
        "import sys; from copylint.cli import run; run(['check', '-q', 'page.md']);"
        "print([name for name in sys.modules if name.startswith(('copylint.verdicts.', 'copylint.cli.known'))])"
    )
    done: Any = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    loaded = done.stdout.splitlines()[-1]
    assert [name for name in ("baseline", "comparison", "fingerprints", "known") if name in loaded] == []
