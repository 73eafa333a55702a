"""Make copylint/language/data/syllables.txt from the CMU Pronouncing Dictionary.

    python benchmarks/make_syllables.py PATH/TO/cmudict.dict

The dictionary (BSD licence) is the file `cmudict.dict` of https://github.com/cmusphinx/cmudict; the environment that
tests/language/agreement/record.py makes has a copy as well. Run this after every change to the spelling rules in
copylint/language/syllables.py: the table holds exactly the words that those rules get wrong. The same input always
gives the same bytes.

A word's first pronunciation counts. Words with digits or full stops in them are left out, and so is a possessive whose
count follows from the word before the apostrophe.

Words of the trade that the dictionary lacks ("cellulite", "microneedling") are taken from copylint/knowledge/data and
counted by hyphenation (Pyphen), as textstat counts every word that it does not find. That is one or two fewer than a
speaker would count, which suits a page that cannot do without these words.
"""

from __future__ import annotations

import re
import sys
import textwrap
from hashlib import sha256
from pathlib import Path

from pyphen import Pyphen  # type: ignore[import-untyped]

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))
from copylint.language import syllables  # noqa: E402

TRADE = ROOT / "copylint" / "knowledge" / "data"
NOT_TRADE = frozenset(("regulations.yaml", "vocabulary.yaml"))
HEADER = """\
# Words whose syllables the spelling rules get wrong, by their count. Made by benchmarks/make_syllables.py
# from the CMU Pronouncing Dictionary, Copyright (C) 1993-2015 Carnegie Mellon University; see LICENSE-cmudict.
# sha256 of the dictionary: {digest}
"""


def main(path: Path) -> None:
    """Write the table for the dictionary at `path`."""
    data = path.read_bytes()
    counts = dictionary(data.decode("utf-8"))
    counts = trade_words(counts) | counts
    wrong = {word: count for word, count in counts.items() if "'" not in word and syllables.by_spelling(word) != count}
    write(wrong, data)
    syllables._table.cache_clear()
    wrong |= {word: count for word, count in counts.items() if "'" in word and syllables.syllables(word) != count}
    write(wrong, data)
    print(f"{len(wrong)} of {len(counts)} words, {syllables.TABLE.stat().st_size} bytes")


def dictionary(text: str) -> dict[str, int]:
    """Syllables by word: a phone that ends in a digit (its stress) is a vowel."""
    counts: dict[str, int] = {}
    for line in text.splitlines():
        word, *phones = line.partition("#")[0].split() or [""]
        if word.replace("'", "").isalpha() and word[0] != "'" and word[-1] != "'":
            count = sum(phone[-1].isdigit() for phone in phones)
            if count:
                counts.setdefault(word, count)
    return counts


def trade_words(known: dict[str, int]) -> dict[str, int]:
    """The words of the knowledge files that are not among the known ones, as hyphenation counts them."""
    hyphenation = Pyphen(lang="en_US")
    words: set[str] = set()
    for file in sorted(TRADE.glob("*.yaml")):
        if file.name not in NOT_TRADE:
            text = re.sub(r"https?:\S+", "", file.read_text(encoding="utf-8")).lower()
            words.update(re.findall(r"[^\W\d_]{4,}", text))
    return {word: len(hyphenation.positions(word)) + 1 for word in words if word not in known}


def write(wrong: dict[str, int], data: bytes) -> None:
    """Write the table: one block a count, the words in alphabetical order."""
    sections = [HEADER.format(digest=sha256(data).hexdigest()).rstrip("\n")]
    for count in sorted(set(wrong.values())):
        words = " ".join(sorted(word for word, its in wrong.items() if its == count))
        lines = textwrap.wrap(words, 118, break_on_hyphens=False, break_long_words=False)
        sections.append(f"{count}:\n" + "\n".join(lines))
    syllables.TABLE.write_text("\n\n".join(sections) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
