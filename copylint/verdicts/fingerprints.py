"""Fingerprints: how a finding is known again when the copy around it has changed.

A fingerprint is made of the rule and of the words of the sentence that the finding stands in. So it outlives a moved
paragraph, a renamed file, new markup, other quotation marks, dashes, capitals and line wraps, and a new version of the
rules' messages. It ends with the sentence: a claim that is worded anew is a new claim. A finding that is no matter of
one sentence (a risk that is missing on the page) has what it is about in place of the sentence.

It has the form of the line hashes in SARIF files: sixteen hexadecimal digits, a colon, and the place among the
findings of the file that are otherwise alike, from 1. It does not hold the path: two pages that make the same claim in
the same words have the same fingerprint.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from hashlib import sha256

from copylint.findings import FileReport, Finding

_DIGITS = 16
_DROPPED = re.compile("['’‘ʼ`´\u00ad\u200b-\u200f\u2060®™℠©]")
"""Apostrophes and marks within a word: "don’t", "dont" and "Botox®", "Botox" are the same to a reader."""
_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+|[%£$€]")
# Both patterns are part of every baseline that was ever written: a change here makes all known findings new.


def of(file: FileReport) -> tuple[str, ...]:
    """The fingerprints of the findings of a file, in their order; each is unique within the file."""
    seen: Counter[str] = Counter()
    made = []
    for identity in identities(file):
        seen[identity] += 1
        made.append(f"{identity}:{seen[identity]}")
    return tuple(made)


def identities(file: FileReport) -> tuple[str, ...]:
    """The fingerprints without the place at their end: findings that are alike have the same."""
    # A sentence may be long and hold thousands of findings: it is taken apart once for each rule.
    made: dict[tuple[str, str, str], str] = {}
    found = []
    for finding in file.findings:
        known_by = _known_by(finding)
        if known_by not in made:
            rule, kind, words = known_by
            content = "\0".join((rule, kind, normalised(words))).encode("utf-8", "backslashreplace")
            made[known_by] = sha256(content).hexdigest()[:_DIGITS]
        found.append(made[known_by])
    return tuple(found)


def _known_by(finding: Finding) -> tuple[str, str, str]:
    """What tells a finding from others: its rule, a kind of words, and the words."""
    if finding.about:
        return finding.rule, "about", finding.about
    return finding.rule, "sentence", finding.sentence or finding.text


def normalised(text: str) -> str:
    """The words and numbers of a text in lower case, with single spaces; the text itself where it has none."""
    plain = unicodedata.normalize("NFKC", _DROPPED.sub("", text)).casefold()
    return " ".join(_WORD.findall(plain)) or text
