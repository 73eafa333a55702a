"""The public API."""

from __future__ import annotations

import subprocess
import sys

import pytest

import copylint


def test_lint_says_what_where_and_why() -> None:
    text = "# Lipo\n\nThe results are permanent."
    (finding,) = [one for one in copylint.lint(text).findings if one.rule == "overclaim/permanence"]
    assert "permanent" in text[finding.start : finding.end]
    assert isinstance(finding, copylint.Finding)
    assert finding.verdicts["us"].citations


def test_the_suffix_names_the_format() -> None:
    assert copylint.lint("<p>Fat is <b>gone</b> for good.</p>", path="page.html").format == "html"


def test_unknown_jurisdictions_are_refused() -> None:
    with pytest.raises(ValueError, match="jurisdictions are us"):
        copylint.lint("text", jurisdictions=["usa"])


def test_importing_the_package_imports_nothing_else() -> None:
    program = "import sys, copylint; print(sum(name.startswith('copylint.') for name in sys.modules))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "0"
