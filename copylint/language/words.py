"""Words: the tokens that rules, cues and knowledge are written in.

A word's key is what phrases are compared with: lower case, straight apostrophe, contractions taken apart ("don't" is
do + not, "you'll" is you + will), so that one phrase covers every way to write it. Hyphens, quotation marks, asterisks
and trade-mark signs are no words: they only separate. Punctuation that ends a thought is a word of its own.
"""

from __future__ import annotations

import re

PUNCTUATION = frozenset(",;:.!?()[]—|…")
"""Keys that are marks, not words. An em or spaced en dash has the key "—"."""

_TOKEN = re.compile(
    r"[^\W\d_]+(?=n['’]t\b)"  # the do of don't
    r"|n['’]t\b"
    r"|['’](?:s|ll|re|ve|d|m)\b"
    r"|\d+(?:[.,]\d+)*"
    r"|[^\W\d_]+"
    r"|[%£$€#&+@★⭐]"
    r"|—|\s–\s|\s--?\s"
    r"|[,;:.!?()\[\]|…]",
    re.IGNORECASE,
)

_KEYS = {
    "n't": "not", "'ll": "will", "'re": "are", "'ve": "have", "'d": "would", "'m": "am",
    "ca": "can", "wo": "will", "sha": "shall",
}  # fmt: skip
_WHOLE = {
    "cannot": ("can", "not"), "dont": ("do", "not"), "doesnt": ("does", "not"), "didnt": ("did", "not"),
    "isnt": ("is", "not"), "arent": ("are", "not"), "wasnt": ("was", "not"), "cant": ("can", "not"),
    "wont": ("will", "not"), "youll": ("you", "will"), "youre": ("you", "are"), "theyre": ("they", "are"),
    "gonna": ("going", "to"), "wanna": ("want", "to"),
}  # fmt: skip
_DASH = "—"


class Words:
    """The words of a visible text as three parallel lists. starts and ends are visible offsets (characters, from 0)."""

    __slots__ = ("ends", "keys", "starts")

    def __init__(self, keys: list[str], starts: list[int], ends: list[int]) -> None:
        self.keys = keys
        self.starts = starts
        self.ends = ends

    def __len__(self) -> int:
        return len(self.keys)


def words_of(text: str) -> Words:
    """Take a text apart into words.

    Every piece keeps its exact place; where one written word makes two keys ("cannot"), both have the place of the
    whole word.
    """
    keys: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    add_key, add_start, add_end = keys.append, starts.append, ends.append
    for match in _TOKEN.finditer(text):
        key = match.group().lower()
        start, end = match.span()
        if key in _WHOLE:
            for part in _WHOLE[key]:
                add_key(part)
                add_start(start)
                add_end(end)
            continue
        if "’" in key:
            key = key.replace("’", "'")
        if key[0].isspace():
            start, end, key = start + 1, end - 1, _DASH
        if key in _KEYS:
            # "ca", "wo" and "sha" are can, will and shall only before n't.
            if key in ("ca", "wo", "sha") and text[end : end + 1].lower() != "n":
                pass
            else:
                key = _KEYS[key]
        add_key(key)
        add_start(start)
        add_end(end)
    return Words(keys, starts, ends)
