"""The summary for a pull request, read by GitHub's own parser."""

from __future__ import annotations

from collections.abc import Callable
from html.parser import HTMLParser

import cmarkgfm
import pytest
from cmarkgfm.cmark import Options
from hypothesis import example, given
from hypothesis import strategies as st

from copylint.findings import Report
from copylint.reports import Style, render
from copylint.reports.commonmark import escaped, link
from copylint.reports.markdown import MOST_CHARACTERS
from copylint.reports.visible import one_line

NO_WIDTH = "\u200b"


class _Page(HTMLParser):
    """The tags and the text of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.cells: list[str] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.append(tag)
        if tag in ("td", "th"):
            self.cells.append("")

    def handle_data(self, data: str) -> None:
        self.text += data
        if self.cells:
            self.cells[-1] += data


def to_html(text: str) -> str:
    """The page before anything that GitHub does for safety: HTML that a text sets would come out."""
    return cmarkgfm.github_flavored_markdown_to_html(text, options=Options.CMARK_OPT_UNSAFE)


def page(text: str) -> _Page:
    return _Page(to_html(text))


HOSTILE = [
    "<script>alert(1)</script>", "<img src=x onerror=y>", "<!-- ", "</td></tr></table>", "a | b \\| c", "a\n\n# b",
    "[free](https://phish.example)", "![x](https://phish.example/x.png)", "<https://phish.example>",
    "https://phish.example/x", "www.phish.example", "mail@phish.example", "[x]: https://phish.example", "`code`", "``",
    "*a* _b_ ~~c~~ **d**", "&lt;b&gt; &#60; &amp;", "\\", "\\<b>", "$$x$$", "- a", "1. a", "+ a", "    a", "```", "===",
    "~~~", "> a", "{+ a +}", "[^1]", "[ ] a", ":smile:", "\u202e\u2066 \x00",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_copy_is_nothing_but_text(text: str) -> None:
    for form in (f"{escaped(text)}\n", f"x {escaped(text)} x\n"):
        shown = page(form)
        assert shown.tags == ["p"]
        assert one_line(text) in shown.text.replace(NO_WIDTH, "")
    assert page(f"- {escaped(text)}\n").tags == ["ul", "li"]


@given(st.text())
@example("www.a.example http://a.example a@a.example")
def test_any_text_comes_out_as_it_went_in(text: str) -> None:
    shown = page(f"| a | b |\n| --- | --- |\n| x | {escaped(text)} |\n")
    assert shown.tags == ["table", "thead", "tr", "th", "th", "tbody", "tr", "td", "td"]
    assert " ".join(shown.cells[-1].replace(NO_WIDTH, "").split()) == one_line(text)


@pytest.mark.parametrize(
    "text",
    ["@team", "mail@site.example", "#12", "org/repo#12", "!12", "&12", "~label", '%"Q3"', "$12", "GH-12", "gh-7",
     ":100:", ":smile:", "https://a.example", "www.a.example", "[vulnerability:1]"],
)  # fmt: skip
def test_what_is_looked_for_in_the_finished_page_is_broken_by_a_space_of_no_width(text: str) -> None:
    assert NO_WIDTH in page(escaped(text)).text
    assert text not in page(escaped(text)).text


def test_harmless_text_stays_readable_in_the_source() -> None:
    text = "Say what was measured: \"5 mm (1 %) after 12 weeks\", from 10:30 on; it's safe-ish, isn't it?"
    assert escaped(text) == text


def test_a_text_is_cut_before_it_is_escaped() -> None:
    assert escaped("<" * 10, 4) == "&#60;&#60;&#60;…"


def test_a_link_leads_to_the_web_or_nowhere() -> None:
    assert page(link("a <b>", "https://law.example/x?a=1&copy=2#(3)")).text.strip() == "a <b>"
    assert "https://law.example/x?a=1&amp;copy=2#(3)" in to_html(link("a", "https://law.example/x?a=1&copy=2#(3)"))
    assert page(link("a", "javascript:alert(1)")).tags == ["p"]
    assert page(link("a", "https://law.example/ > <b>|x")).tags == ["p", "a"]


def test_the_summary_has_a_row_for_each_open_finding(report: Report) -> None:
    shown = page(render("markdown", report, Style()))
    assert shown.tags.count("tr") == 6
    cells = [cell.strip() for cell in shown.cells]
    assert cells[6:10] == ["error", "docs/page.md", "3", "overclaim/permanence"]
    assert cells[6::6] == ["error", "error", "warning", "warning", "suggestion"]
    for said in ("Found 2 errors", "no legal advice", "jurisdictions: us, uk", "is no text", "read as Windows-1252"):
        assert said in shown.text


def test_a_clean_run_says_so_without_a_table(report: Report) -> None:
    shown = page(render("markdown", report._replace(files=report.files[:1]), Style()))
    assert (shown.tags, "No findings in 1 file" in shown.text) == (["h2", "p"], True)


@given(st.text(min_size=1), st.text(min_size=1))
def test_no_copy_and_no_file_name_breaks_the_page(hostile: Callable[..., Report], text: str, path: str) -> None:
    shown = page(render("markdown", hostile(f"{text} | <b> @x", path=f"{path}|<i>"), Style()))
    rows = ["tr", *["th"] * 6, "tbody", "tr", *["td"] * 5, "td", "br"]
    lists = ["p", "strong", "ul", "li"]
    assert shown.tags == ["h2", "p", *lists, "table", "thead", *rows, *lists]


def test_a_summary_is_no_longer_than_a_comment_and_counts_what_it_leaves_out(hostile: Callable[..., Report]) -> None:
    text = render("markdown", hostile("miracle <" * 20, count=2000), Style())
    assert len(text) <= MOST_CHARACTERS + 100
    kept = page(text).tags.count("tr") - 1
    assert f"\n{2000 - kept:,} errors more: a comment has no room for all.\n" in text
    assert kept > 10
