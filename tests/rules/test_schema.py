"""Faults in a file of rules are told with line, column and what to do."""

from __future__ import annotations

import pytest

from copylint.language.phrases import parse
from copylint.rules import yaml_nodes
from copylint.rules.errors import RulesError
from copylint.rules.schema import Policy, read_policy

RULE = """\
rules:
  - id: overclaim/test
    label: hype
    title: A test
    severity: warning
    message: '"{match}" is a test.'
    why: Because.
    better: ['Leave it out.']
    kind: claim
    flag: ['miracle']
"""


def read(*texts: str) -> Policy:
    files = [yaml_nodes.read(f"file{number}.yaml", text) for number, text in enumerate(texts)]
    return read_policy(files, {"treatment": [parse("botox")]}, {"us-ftc-act-5", "uk-cap-3-1"})


def test_a_rule() -> None:
    rule = read(RULE).rules["overclaim/test"]
    assert (rule.severity, rule.kind, rule.flag[0].source) == ("warning", "claim", "miracle")


def test_every_scalar_is_a_string() -> None:
    policy = read("classes:\n  none: [no, off, 1, null, 2024-01-01]\n" + RULE)
    assert policy.classes["none"] == [parse(text) for text in ("no", "off", "1", "null", "2024-01-01")]


@pytest.mark.parametrize(
    ("change", "line", "column", "message", "hint"),
    [
        (("severity: warning", "severity: warnin"), 5, 15, 'no severity "warnin"', '"warning"'),
        (("label: hype", "lable: hype"), 3, 5, 'unknown key "lable"', '"label"'),
        (("    kind: claim\n", ""), 2, 5, 'lacks "kind"', "kind:"),
        (("['miracle']", "['{miracle']"), 10, 13, "never closed", "Add"),
        (("['miracle']", "['<mircle>']"), 10, 12, "no word class <mircle>", ""),
        (("['miracle']", "['<treatmnt>']"), 10, 12, "no word class <treatmnt>", '"treatment"'),
        (("['miracle']", "[[miracle]]"), 10, 12, "not a mapping", "in quotes"),
        (("['miracle']", "['miracle'"), 11, 1, "not valid YAML", "quotes"),
        (("['miracle']", "\n      - the #1"), 11, 9, 'cut off at " #"', "'the #1'"),
        (("['miracle']", "\n      - rated # 1"), 11, 9, 'cut off at " #"', "'rated # 1'"),
        (("kind: claim", "kind: claims"), 9, 11, 'no kind "claims"', '"claim"'),
        (("kind: claim", "kind: risks"), 2, 5, "found by code", "flag"),
        (("id: overclaim/test", "id: test"), 2, 9, "no rule id", "group/name"),
        (("why: Because.", "why: Because.\n    why: Twice."), 8, 5, "stands twice", "line 7"),
        (("why: Because.", "citations: {us: us-ftc-act-6}\n    why: Because."), 7, 21, "no regulation", "us-ftc-act-5"),
        (("why: Because.", "citations: {uss: us-ftc-act-5}\n    why: Because."), 7, 17, "unknown key", '"us"'),
        (("why: Because.", "excused-by: [negatd]\n    why: Because."), 7, 18, "no context", '"negated"'),
        (
            ("why: Because.", "unless: {class: treatment, within: paragraph}\n    why: Because."),
            7,
            40,
            "no window",
            "block",
        ),
        (("why: Because.", "why: *x"), 7, 10, "not valid YAML", ""),
        (("why: Because.", "why: ''"), 7, 10, "an empty text", ""),
    ],
)
def test_fault(change: tuple[str, str], line: int, column: int, message: str, hint: str) -> None:
    with pytest.raises(RulesError) as caught:
        read(RULE.replace(*change))
    error = caught.value
    assert message in error.message
    assert hint in error.hint
    assert (error.path, error.line, error.column) == ("file0.yaml", line, column)


def test_alias_bombs_are_refused() -> None:
    with pytest.raises(RulesError, match=r"alias|nesting"):
        read("a: &a [*a]\n")


def test_a_users_file_overrides_key_by_key_and_extends_classes() -> None:
    own = "classes:\n  praise: [wow]\nrules:\n  - id: overclaim/test\n    severity: error\n"
    policy = read("classes:\n  praise: [great]\n" + RULE, own)
    assert policy.rules["overclaim/test"].severity == "error"
    assert policy.rules["overclaim/test"].flag[0].source == "miracle"
    assert len(policy.classes["praise"]) == 2


def test_the_same_rule_twice_in_one_file_is_an_error() -> None:
    with pytest.raises(RulesError, match="second entry"):
        read(RULE + RULE.removeprefix("rules:\n"))
