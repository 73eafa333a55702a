"""Contrast pairs: reads and writes tests/contrasts/*.yaml. `python tests/contrast_pairs.py` marks what does not hold.

A pair may carry `open:`, what the linter does not do yet with it: "missed" (the claim is not found), "both" (the
other side is found too) or "unseen" (the other side passes, but no candidate shows why). The marks are kept honest by
the tests: a pair that holds may carry none, and one that does not must.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NamedTuple

import yaml

from copylint.documents import parse
from copylint.documents.document import Source
from copylint.engine import judge
from copylint.language.reading import Reading
from copylint.rules.policy import Policy, load
from copylint.rules.testing import EverySetting

FOLDER = Path(__file__).with_name("contrasts")
KEYS = ("flag", "text", "pass", "kind", "rule", "open")
_ONE_LABEL = ("regulator", "accuracy")
"""Groups whose rules stand for one label: any of them will do."""


class Pair(NamedTuple):
    """Two texts that differ in what matters. text: what a reviewer would underline in flag."""

    flag: str
    text: str
    pass_: str
    kind: str
    rule: str
    open: str = ""


def read(path: Path) -> list[Pair]:
    """The pairs of a file."""
    entries = yaml.safe_load(path.read_text(encoding="utf-8"))
    return [Pair(*(entry.get(key, "") for key in KEYS)) for entry in entries]


def write(path: Path, pairs: list[Pair]) -> None:
    """The pairs of a file, one line a value."""
    lines = []
    for pair in pairs:
        for index, (key, value) in enumerate(zip(KEYS, pair, strict=True)):
            if value or key != "open":
                quoted = value if key in ("kind", "rule", "open") else _quoted(value)
                lines.append(f"{'- ' if index == 0 else '  '}{key}: {quoted}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def state(policy: Policy, pair: Pair) -> str:
    """What the linter does not do with a pair: "missed", "both", "unseen", or nothing."""
    findings, _ = _judged(policy, pair.flag)
    start = pair.flag.index(pair.text)
    if not any(_is(pair, one.rule) and one.start < start + len(pair.text) and one.end > start for one in findings):
        return "missed"
    findings, candidates = _judged(policy, pair.pass_)
    if any(_is(pair, one.rule) for one in findings):
        return "both"
    return "" if any(_is(pair, one.rule) for one in candidates) else "unseen"


def _judged(policy: Policy, text: str):  # type: ignore[no-untyped-def]
    reading = Reading(parse(Source("pair.md", text), "markdown"), policy.cues)
    return judge(reading, policy, EverySetting())


def _is(pair: Pair, rule: str) -> bool:
    group = pair.rule.partition("/")[0]
    return rule == pair.rule or (group in _ONE_LABEL and rule.startswith(f"{group}/"))


def _quoted(value: str) -> str:
    if "\n" in value:
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
    return "'" + value.replace("'", "''") + "'"


def main() -> None:
    """Mark every pair that does not hold, and say how many do."""
    policy = load()
    for path in sorted(FOLDER.glob("*.yaml")):
        pairs = [pair._replace(open=state(policy, pair)) for pair in read(path)]
        write(path, pairs)
        counts = {mark: sum(pair.open == mark for pair in pairs) for mark in ("", "missed", "both", "unseen")}
        print(f"{path.stem:12} {len(pairs):3} pairs, {counts['']} hold", {m: n for m, n in counts.items() if m and n})


if __name__ == "__main__":
    sys.exit(main())
