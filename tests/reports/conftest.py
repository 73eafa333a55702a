"""One run that shows all that a report has to cope with."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from copylint.findings import FileReport, Finding, Report, Severity, Status, Verdict

LONG = "Our clinic has worked for years to bring you this. " * 4
PAGE = (
    "# Freezing fat\n"
    "\n"
    "The cold breaks down fat cells permanently, and it is painless.\n"
    "| 漢字 🎉 |\tcafe\u0301\tmiracle\t| x |\r\n"
    "\n"
    f"{LONG}It is a miracle that lasts. {LONG}\n"
    "A treatment without\n"
    "any side effects\n"
    "at all.\n"
    "Red: \x1b[31mpainless\u202e \u2028 end.\n"
)


def finding(
    rule: str,
    words: str,
    severity: Severity = "error",
    *,
    nth: int = 1,
    status: Status = "open",
    uk: bool = False,
) -> Finding:
    """A finding on the nth occurrence of some words of PAGE."""
    start = -1
    for _ in range(nth):
        start = PAGE.index(words, start + 1)
    text = " ".join(words.split())
    verdicts = {"us": Verdict("warning" if uk else severity, ("us-ftc-act-5", "us-example"))}
    if uk:
        verdicts["uk"] = Verdict(severity, ("uk-cap-3-7", "us-example"))
    return Finding(
        rule=rule,
        severity=severity,
        message=f'"{text}" says more than can be shown.',
        why="Regulators accept such words only with evidence of the same strength, and no treatment has that.",
        text=text,
        start=start,
        end=start + len(words),
        better=('Say what was measured: "fat was thinner by a fifth after 12 weeks".', "Or leave it out."),
        fix=None,
        verdicts=verdicts,
        status=status,
        reason="checked by the medical director" if status != "open" else "",
    )


@pytest.fixture
def report() -> Report:
    """A file with findings of every kind, a clean one, and one that could not be read."""
    page = FileReport(
        path="docs/page.md",
        format="markdown",
        source=PAGE,
        words=120,
        words_read=118,
        readability={"flesch_kincaid_grade": 6.1},
        findings=(
            finding("overclaim/permanence", "permanently", uk=True),
            finding("overclaim/painless", "painless", "warning", status="suppressed"),
            finding("overclaim/hype", "miracle", "warning"),
            finding("overclaim/hype", "miracle", "suggestion", nth=2),
            finding("overclaim/safety", "without\nany side effects\nat all"),
            finding("overclaim/painless", "\x1b[31mpainless\u202e", "warning"),
        ),
        notices=("read as Windows-1252",),
    )
    clean = FileReport("clean.html", "html", "<p>Hello.</p>", 1, 1, {}, ())
    broken = FileReport("x\x1b[2J.md", "", "", 0, 0, {}, (), error="is no text (binary data)")
    return Report("0.1.0", "sha256:00", "2026-11", ("us", "uk"), (clean, page, broken))


@pytest.fixture
def settled(report: Report) -> Report:
    """The same run against a baseline: one finding is known, one approved, one suppressed without a reason."""
    clean, page, broken = report.files
    first, suppressed, second, *others = page.findings
    findings = (
        first._replace(status="baseline"),
        suppressed._replace(reason=""),
        second._replace(status="approved", reason="C-014: measured over two years"),
        *others,
    )
    return report._replace(files=(clean, page._replace(findings=findings), broken), baseline=True)


@pytest.fixture(scope="session")
def hostile() -> Callable[..., Report]:
    """Makes a run in which everything that comes from copy, file names or rules is what the test says."""

    def make(
        text: str, *, path: str = "a.md", before: str = "", count: int = 1, severity: Severity = "error"
    ) -> Report:
        found = Finding(
            rule="overclaim/hype", severity=severity, message=f'"{text}" is too much.', why=text, text=text,
            start=len(before), end=len(before) + len(text), better=(text, f"Write {text}"), fix=text,
            verdicts={"us": Verdict(severity, ("us-x",))},
        )  # fmt: skip
        broken = FileReport(f"{path}.bad", "", "", 0, 0, {}, (), error=text)
        file = FileReport(path, "plain", before + text, 1, 1, {}, (found,) * count, (text,))
        return Report("0.1.0", "sha256:00", "2026-11", ("us",), (file, broken))

    return make
