"""`copylint rules --format markdown|html`: the sheet that a lawyer reviews and signs."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import cmarkgfm
import pytest
from cmarkgfm.cmark import Options

from copylint.cli import run
from copylint.config import LintSettings
from copylint.findings import JURISDICTIONS
from copylint.reports import sheet
from copylint.reports.sheet import Clause, Entry, Fires, Passes, Sheet, html, markdown
from copylint.rules.policy import Policy, load

HOSTILE = '<script>alert("x")</script> **b** | [x](https://evil.example) & <!-- \x1b[2J \u202e'
HOSTILE_SHEET = Sheet(
    "0.1.0", "2026-11", "sha256:00", ("us",),
    (
        Entry(
            'house/"><img src=x>', HOSTILE, HOSTILE, HOSTILE, (HOSTILE,), {"us": "error"}, HOSTILE,
            (Fires(f"a {HOSTILE} b", ((2, 2 + len(HOSTILE)),)),), (Passes(HOSTILE, HOSTILE),),
            (
                Clause("us", "x", HOSTILE, HOSTILE, HOSTILE, "javascript:alert(1)", checked=False, page=""),
                Clause("us", "y", "", "y", "", 'https://law.example/"><b>', checked=True, page="https://p.example/)>"),
            ),
        ),
    ),
)  # fmt: skip
VOID = {"meta", "br", "img", "link", "input", "hr"}


@pytest.fixture(scope="module")
def policy() -> Policy:
    return load()


@pytest.fixture(scope="module")
def made(policy: Policy) -> Sheet:
    return sheet.sheet(policy, LintSettings())


class Page(HTMLParser):
    """A page taken apart: its elements with their attributes, in order, and the text below each kind of element."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, str]] = []
        self.open: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open:
            self.texts.append((self.open[-1], data))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]

    def text(self, tag: str) -> list[str]:
        return [text for name, text in self.texts if name == tag and text.strip()]


# --- What it holds -----------------------------------------------------------------------------------------------


def test_every_rule_is_on_it_with_its_examples_and_clauses(policy: Policy, made: Sheet) -> None:
    assert [entry.id for entry in made.entries] == list(policy.rules)
    for entry, rule in zip(made.entries, policy.rules.values(), strict=True):
        page = policy.page(rule.id)
        assert [one.text for one in entry.fires] == list(page.flag_examples)
        assert [one.text for one in entry.passes] == list(page.pass_examples)
        assert {one.name for one in entry.clauses} == {name for names in rule.citations.values() for name in names}
        assert set(entry.severities) <= set(JURISDICTIONS)
        assert "{match}" not in entry.message + entry.why


def test_what_fires_is_marked_and_what_passes_has_a_reason(policy: Policy, made: Sheet) -> None:
    for entry in made.entries:
        if policy.rules[entry.id].kind != "notice":
            assert [one.text for one in entry.fires if not one.marked] == []
            assert [one.text for one in entry.passes if not one.reason] == []


def test_settings_are_told(policy: Policy) -> None:
    settings = LintSettings(ignore=("overclaim/hype",), severity=(("overclaim/speed", "warning"),))
    told = {entry.id: entry.setting for entry in sheet.sheet(policy, settings).entries if entry.setting}
    assert told == {
        "overclaim/hype": "The configuration turns it off.",
        "overclaim/speed": "The configuration makes it: warning, in every jurisdiction.",
    }


# --- HTML --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("which", ["real", "hostile"])
def test_the_page_is_accessible_and_stands_alone(which: str, made: Sheet) -> None:
    page = Page(html.render(made if which == "real" else HOSTILE_SHEET))
    assert page.open == []
    assert page.all("html") == [{"lang": "en"}]
    assert page.text("title") == page.text("h1") == ["The rules of copylint, for review"]
    levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert all(header.get("scope") in ("col", "row") for header in page.all("th"))
    assert len(page.all("caption")) == len(page.all("table"))
    identities = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(identities) == len(set(identities))
    targets = [str(link["href"]).removeprefix("#") for link in page.all("a") if str(link["href"]).startswith("#")]
    assert set(targets) <= set(identities)
    assert len(targets) == len(page.all("section"))
    tags = {tag for tag, _ in page.elements}
    assert not tags & {"script", "img", "link", "iframe", "object", "form", "b"}
    assert not any(name.startswith("on") or name in ("src", "style") for _, one in page.elements for name in one)


def test_words_that_fire_are_marked(made: Sheet) -> None:
    entry = next(entry for entry in made.entries if entry.id == "overclaim/hype")
    page = Page(html.render(made._replace(entries=(entry,))))
    example = entry.fires[0]
    assert page.text("mark")[: len(example.marked)] == [example.text[start:end] for start, end in example.marked]


def test_hostile_words_are_text_in_html() -> None:
    page = Page(html.render(HOSTILE_SHEET))
    shown = HOSTILE.replace("\x1b", "\\x1b").replace("\u202e", "\\u202e")
    assert page.text("blockquote") == page.text("mark") == [shown]
    addresses = [one["href"] for one in page.all("a") if not str(one["href"]).startswith("#")]
    assert addresses == ['https://law.example/"><b>', "https://p.example/)>"]


# --- Markdown ----------------------------------------------------------------------------------------------------


def test_hostile_words_are_text_in_markdown() -> None:
    page = Page(cmarkgfm.github_flavored_markdown_to_html(markdown.render(HOSTILE_SHEET), Options.CMARK_OPT_UNSAFE))
    tags = {tag for tag, _ in page.elements}
    assert tags <= {"h1", "h2", "h3", "ul", "li", "p", "code", "blockquote", "strong", "em", "table", "thead", "tbody",
                    "tr", "th", "td", "a"}  # fmt: skip
    assert [str(one["href"])[:12] for one in page.all("a")] == ["https://law.", "https://p.ex"]
    assert all(len(row) == 4 for row in rows(page)[2:])


def rows(page: Page) -> list[list[str]]:
    """The cells of each row, by what opens them."""
    found: list[list[str]] = []
    for tag, _ in page.elements:
        if tag == "tr":
            found.append([])
        elif tag in ("td", "th"):
            found[-1].append(tag)
    return found


def test_the_markdown_reads_as_it_is_meant(made: Sheet) -> None:
    page = Page(cmarkgfm.github_flavored_markdown_to_html(markdown.render(made), Options.CMARK_OPT_UNSAFE))
    assert len(page.all("h3")) == len(made.entries)
    assert {len(row) for row in rows(page)} == {len(JURISDICTIONS), 4}
    marked = sum(len(one.marked) for entry in made.entries for one in entry.fires)
    assert len(page.all("strong")) >= marked


# --- The command -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("format_", ["markdown", "html"])
def test_the_command_prints_it_and_writes_it(
    format_: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["rules", "--format", format_]) == 0
    printed, _ = capfdbinary.readouterr()
    assert run(["rules", "--format", format_, "--output", "sheet"]) == 0
    assert (tmp_path / "sheet").read_bytes() == printed
    assert printed.endswith(b"\n")


def test_a_file_that_cannot_be_written_is_trouble(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["rules", "--output", "missing/sheet"]) == 2


def test_rules_of_ones_own_are_on_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("house.yaml").write_text(
        "rules:\n  - id: house/gift\n    label: gift\n    kind: claim\n    title: Gifts & <more>\n"
        "    severity: warning\n    message: 'no {match}'\n    why: 'it is so'\n    better: ['Leave it out.']\n"
        "    flag: ['gift voucher~']\n    examples: {flag: ['A gift voucher.'], pass: ['A gift.']}\n",
        encoding="utf-8",
    )
    Path("copylint.toml").write_text('rules = ["house.yaml"]\n', encoding="utf-8")
    assert run(["rules", "--format", "html"]) == 0
    printed, _ = capfd.readouterr()
    assert "Gifts &amp; &lt;more&gt; <code>house/gift</code>" in printed
    assert "A <mark>gift voucher</mark>." in printed


# --- A real browser ----------------------------------------------------------------------------------------------


@pytest.fixture
def browser(tmp_path: Path) -> Callable[..., bytes]:
    """Runs Chromium on the sheet and returns what it prints."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        pytest.skip("no chromium")
    page = tmp_path / "sheet.html"

    def call(text: str, *arguments: str) -> bytes:
        page.write_text(text, encoding="utf-8")
        command = [program, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'profile'}"]
        done = subprocess.run(
            [*command, *arguments, page.as_uri()], capture_output=True, check=False, timeout=120, cwd=tmp_path
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    return call


def test_a_browser_reads_it_as_it_is_written(browser: Callable[..., bytes], made: Sheet) -> None:
    """What it makes of the page is the page: nothing was moved, closed or left out."""
    few = made._replace(entries=made.entries[:6])
    written = Page(html.render(few))
    seen = Page(browser(html.render(few), "--dump-dom").decode())
    assert seen.elements == written.elements
    assert "".join(seen.text("q")) == "".join(written.text("q"))


def test_hostile_words_do_nothing_in_a_browser(browser: Callable[..., bytes]) -> None:
    seen = Page(browser(html.render(HOSTILE_SHEET), "--dump-dom").decode())
    assert seen.elements == Page(html.render(HOSTILE_SHEET)).elements


def test_a_browser_prints_it(browser: Callable[..., bytes], made: Sheet, tmp_path: Path) -> None:
    browser(html.render(made._replace(entries=made.entries[:2])), "--print-to-pdf=sheet.pdf")
    assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF-")
