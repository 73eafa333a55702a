"""Which findings a baseline knows: pages that move, pages that are renamed, claims that are copied."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from copylint.findings import FileReport, Finding, Status
from copylint.verdicts.baseline import Baseline
from copylint.verdicts.comparison import Comparison, Scope, compare, pruned, renewed

Page = Sequence[str]
"""The findings of a page: a sentence each. "!" before it: suppressed. "@" before it: what a duty is about."""
Site = Mapping[str, Page]
RULE = "overclaim/hype"


@pytest.fixture(autouse=True)
def _in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def finding(said: str, at: int) -> Finding:
    status: Status = "suppressed" if said.startswith("!") else "open"
    words = said.lstrip("!")
    about = words[1:] if words.startswith("@") else ""
    return Finding(RULE, "error", "", "", "x", at, at + 1, (), None, {}, status, sentence=words, about=about)


def reports(site: Site) -> list[FileReport]:
    """The site as it was read; its files are there to be found."""
    for path in site:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        Path(path).touch()
    return [
        FileReport(path, "markdown", "", 0, 0, {}, tuple(finding(said, at) for at, said in enumerate(site[path])))
        for path in sorted(site)
    ]


def scope(
    *, searched: bool = True, selects: bool = True, jurisdictions: tuple[str, ...] = ("us",), folder: str = "."
) -> Scope:
    here = Path(os.path.abspath(folder))
    return Scope(here, lambda path, rule: selects, jurisdictions, (Path.cwd(),) if searched else ())


def known(site: Site) -> Baseline:
    """The baseline of a site; its files are gone afterwards."""
    found = reports(site)
    for path in site:
        Path(path).unlink()
    return renewed(compare(found, Baseline(), scope()), Baseline(), scope())


def new(compared: Comparison) -> dict[str, list[str]]:
    """The sentences that are open, by file."""
    found = {file.path: [one.sentence for one in file.findings if one.status == "open"] for file in compared.files}
    return {path: sentences for path, sentences in found.items() if sentences}


def stale(compared: Comparison) -> list[tuple[str, str]]:
    return [(entry.path, entry.text or "@" + entry.about) for entry in compared.stale]


CASES: list[tuple[str, Site, Site, dict[str, list[str]], list[tuple[str, str]]]] = [
    ("nothing changed", {"a": ["x", "y"]}, {"a": ["x", "y"]}, {}, []),
    ("a new claim", {"a": ["x"]}, {"a": ["x", "y"]}, {"a": ["y"]}, []),
    ("a claim is gone", {"a": ["x", "y"]}, {"a": ["y"]}, {}, [("a", "x")]),
    ("a claim is worded anew", {"a": ["x"]}, {"a": ["x z"]}, {"a": ["x z"]}, [("a", "x")]),
    ("paragraphs change places", {"a": ["x", "y"]}, {"a": ["y", "x"]}, {}, []),
    ("once more in the same page", {"a": ["x", "x"]}, {"a": ["x", "x", "x"]}, {"a": ["x"]}, []),
    ("once less in the same page", {"a": ["x", "x"]}, {"a": ["x"]}, {}, [("a", "x")]),
    ("a paragraph moves to another page", {"a": ["x"], "b": ["y"]}, {"a": [], "b": ["y", "x"]}, {}, []),
    ("a paragraph moves to a new page", {"a": ["x", "y"]}, {"a": ["y"], "b": ["x"]}, {}, []),
    ("a paragraph is copied to another page", {"a": ["x"], "b": []}, {"a": ["x"], "b": ["x"]}, {"b": ["x"]}, []),
    ("a page is copied", {"b": ["x", "@d"]}, {"a": ["x", "@d"], "b": ["x", "@d"]}, {"a": ["x", "@d"]}, []),
    ("moved once, there twice", {"c": ["x"]}, {"a": ["x"], "b": ["x"], "c": []}, {"b": ["x"]}, []),
    ("a page is renamed", {"a": ["x", "@d"]}, {"b": ["x", "@d"]}, {}, []),
    ("and gets a new claim", {"a": ["x", "y", "@d"]}, {"b": ["x", "z", "y", "@d"]}, {"b": ["z"]}, []),
    ("and loses one", {"a": ["x", "y", "@d"]}, {"b": ["x", "@d"]}, {}, [("a", "y")]),
    ("two pages are renamed", {"a": ["x", "@d"], "b": ["y", "@d"]}, {"c": ["y", "@d"], "d": ["x", "@d"]}, {}, []),
    ("pages swap names", {"a": ["x"], "b": ["y"]}, {"a": ["y"], "b": ["x"]}, {}, []),
    ("a page goes, another comes", {"a": ["x", "y", "@d"]}, {"b": ["z", "@d"]}, {"b": ["z", "@d"]},
     [("a", "@d"), ("a", "x"), ("a", "y")]),
    ("a duty is met here, and not there", {"a": ["@d"]}, {"a": [], "b": ["@d"]}, {"b": ["@d"]}, [("a", "@d")]),
    ("a duty is met and another is not", {"a": ["@d"]}, {"a": ["@e"]}, {"a": ["@e"]}, [("a", "@d")]),
    ("a known claim is suppressed", {"a": ["x"]}, {"a": ["!x"]}, {}, [("a", "x")]),
    ("and then copied", {"a": ["x"]}, {"a": ["!x"], "b": ["x"]}, {"b": ["x"]}, [("a", "x")]),
    ("one of two is suppressed", {"a": ["x", "x"]}, {"a": ["!x", "x"]}, {}, [("a", "x")]),
    ("what was suppressed is open now", {"a": ["!x"]}, {"a": ["x"]}, {"a": ["x"]}, []),
]  # fmt: skip


@pytest.mark.parametrize(
    ("before", "after", "opened", "left"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_what_is_known(before: Site, after: Site, opened: dict[str, list[str]], left: list[tuple[str, str]]) -> None:
    compared = compare(reports(after), known(before), scope())
    assert (new(compared), sorted(stale(compared))) == (opened, left)


def test_who_begins_to_name_risks_is_not_held_to_all_of_them() -> None:
    """A page without a risk is known to be one: that it names some now is no new finding, though its rule is new."""
    (page,) = reports({"a": ["@d"]})
    none = page._replace(findings=(page.findings[0]._replace(rule="risk/undisclosed"),))
    some = page._replace(findings=(page.findings[0]._replace(rule="risk/incomplete"),))
    baseline = renewed(compare([none], Baseline(), scope()), Baseline(), scope())
    compared = compare([some], baseline, scope())
    assert (new(compared), stale(compared)) == ({}, [])
    assert [entry.rule for entry in pruned(compared, baseline, scope()).entries] == ["risk/incomplete"]
    assert new(compare([none], pruned(compared, baseline, scope()), scope())) == {"a": ["@d"]}


def test_known_findings_are_marked_and_stay() -> None:
    compared = compare(reports({"a": ["x", "y", "!z"]}), known({"a": ["x"]}), scope())
    assert [one.status for one in compared.files[0].findings] == ["baseline", "open", "suppressed"]


def test_a_page_that_is_not_checked_keeps_its_entries_to_itself() -> None:
    """A commit hook checks changed files only: a claim copied from another page is new there as well."""
    before: Site = {"a": ["x"], "b": ["y"]}
    baseline = known(before)
    reports(before)
    compared = compare(reports({"b": ["x", "y"]}), baseline, scope(searched=False))
    assert new(compared) == {"b": ["x"]}
    assert stale(compared) == []
    assert [entry.path for entry in compared.unseen] == ["a"]


def test_a_renamed_page_is_known_when_it_is_checked_alone() -> None:
    baseline = known({"a": ["x", "@d"]})
    assert new(compare(reports({"b": ["x", "@d"]}), baseline, scope(searched=False))) == {}


def test_a_page_that_cannot_be_read_keeps_its_entries() -> None:
    baseline = known({"a": ["x"]})
    Path("a").touch()
    broken = FileReport("a", "", "", 0, 0, {}, (), error="is no text")
    compared = compare([broken, *reports({"b": ["x"]})], baseline, scope())
    assert new(compared) == {"b": ["x"]}
    assert [entry.path for entry in compared.unseen] == ["a"]
    assert compared.files[0] == broken


NOT_LOOKED_FOR = [
    ("the rule is not selected", scope(selects=False)),
    ("a jurisdiction is left out", scope(jurisdictions=("uk",))),
    ("gone, and its folder was not searched", scope(searched=False)),
]


@pytest.mark.parametrize("seen", [case[1] for case in NOT_LOOKED_FOR], ids=[case[0] for case in NOT_LOOKED_FOR])
def test_nothing_is_stale_that_was_not_looked_for(seen: Scope) -> None:
    baseline = known({"a": ["x"]})
    seen = seen._replace(folder=Path.cwd())
    files = [] if not seen.searched else reports({"a": []})
    compared = compare(files, baseline, seen)
    assert compared.stale == ()
    assert len(compared.unseen) == 1
    assert pruned(compared, baseline, seen) == baseline


def test_paths_begin_at_the_folder_of_the_baseline(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    baseline = known({"site/a.md": ["x"]})
    assert [entry.path for entry in baseline.entries] == ["site/a.md"]
    reports({"site/a.md": ["x"]})
    monkeypatch.chdir("site")
    assert new(compare(reports({"a.md": ["x", "y"]}), baseline, scope(folder=".."))) == {"a.md": ["y"]}


def test_no_other_machine_is_asked_for_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(os.path, "lexists", lambda path: asked.append(str(path)) or True)
    paths = ("//server/share/a", "\\\\server\\share\\b", "/\\server/share/x", "D:/x", "/x", "c")
    (entry,) = known({"d": ["x"]}).entries
    baseline = Baseline(("us",), tuple(entry._replace(path=path) for path in paths))
    assert new(compare(reports({"e": ["x"]}), baseline, scope())) == {"e": ["x"]}
    assert [Path(path).name for path in asked] == ["c"]


def test_a_strange_path_is_a_file_that_is_gone() -> None:
    (entry,) = known({"a": ["x"]}).entries
    baseline = Baseline(("us",), (entry._replace(path="a\0b\ud800"),))
    assert new(compare(reports({"c": ["x"]}), baseline, scope())) == {}


# --- Writing it anew ---------------------------------------------------------------------------------------------


def test_writing_it_again_changes_nothing() -> None:
    site: Site = {"a": ["x", "@d", "x", "!z"], "b": ["y"]}
    baseline = known(site)
    compared = compare(reports(site), baseline, scope())
    assert renewed(compared, baseline, scope()) == pruned(compared, baseline, scope()) == baseline
    assert sorted((entry.path, entry.text, entry.about) for entry in baseline.entries) == [
        ("a", "", "d"), ("a", "x", ""), ("a", "x", ""), ("b", "y", ""),
    ]  # fmt: skip


@pytest.mark.parametrize("sentence", ["word " * 99, "w" * 99])
def test_the_words_for_people_are_few(sentence: str) -> None:
    (entry,) = known({"a": [sentence]}).entries
    assert 50 < len(entry.text) <= 61
    assert entry.text.endswith(" …")


def test_pruning_adds_nothing_and_follows_what_moved() -> None:
    baseline = known({"a": ["x", "y"], "b": ["z"]})
    compared = compare(reports({"b": ["z", "x", "new"]}), baseline, scope())
    kept = pruned(compared, baseline, scope()).entries
    assert sorted((entry.path, entry.text) for entry in kept) == [("b", "x"), ("b", "z")]


def test_renewing_keeps_what_was_not_looked_for() -> None:
    baseline = known({"a": ["x"], "b": ["y"]})
    Path("a").touch()
    seen = scope(searched=False, jurisdictions=("us", "uk"))
    anew = renewed(compare(reports({"b": ["z"]}), baseline, seen), baseline, seen)
    assert [(entry.path, entry.text) for entry in anew.entries] == [("a", "x"), ("b", "z")]
    assert anew.jurisdictions == ("us", "uk")


# --- Size --------------------------------------------------------------------------------------------------------


def test_a_whole_site_may_be_moved() -> None:
    """Every page is renamed, all say the same, and each has a sentence of its own."""
    pages = {f"old/{number}": ["all", "say", "this", "@d", f"only {number}"] for number in range(400)}
    moved = {f"new/{number[4:]}x": page for number, page in pages.items()}
    assert new(compare(reports(moved), known(pages), scope())) == {}


def test_equal_pages_may_be_moved() -> None:
    pages: Site = {f"old/{number}": ["all", "say", "this", "@d"] for number in range(400)}
    moved = {f"new/{number}": ["all", "say", "this", "@d"] for number in range(401)}
    assert sum(map(len, new(compare(reports(moved), known(pages), scope())).values())) == 4
