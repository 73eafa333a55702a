r"""Text that a terminal can be trusted with, and how wide it is there.

Copy comes from anywhere. An escape sequence in it could hide a finding or repaint the screen, a direction mark could
turn a line round (CVE-2021-42574), a line separator could fake a second finding. So everything that is not shown as
itself is shown as an escape: \x1b, \u202e.
"""

from __future__ import annotations

import unicodedata

_JOINERS = "\u200c\u200d"
"""Parts of emoji and of many scripts; they move nothing."""
_ESCAPED = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def visible(text: str) -> str:
    """The text with every control, format and separating character as an escape."""
    if text.isprintable():
        return text
    return "".join(visible_character(character) for character in text)


def visible_character(character: str) -> str:
    """The character itself, or its escape."""
    if character.isprintable() or character in _JOINERS or unicodedata.category(character) not in _ESCAPED:
        return character
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def one_line(text: str) -> str:
    """The text on one line: white space of any kind becomes a space, the rest is made visible."""
    return visible(" ".join(text.split()))


def folded(text: str, columns: int) -> list[str]:
    """The text made visible, on lines of so many characters or less; a longer word has a line of its own.

    The standard textwrap does more and takes 2 ms to import, which is much of what a short run takes.
    """
    lines: list[str] = []
    line = ""
    for word in one_line(text).split(" "):
        longer = f"{line} {word}" if line else word
        if line and len(longer) > columns:
            lines.append(line)
            line = word
        else:
            line = longer
    return [*lines, line]


def shortened(text: str, most: int | None = None) -> str:
    """The text on one line made visible; of one longer than so many characters, the beginning and an ellipsis."""
    line = one_line(text)
    return line if most is None or len(line) <= most else f"{line[: most - 1].rstrip()}…"


def width(character: str) -> int:
    """Columns that one visible character takes on a terminal: 0, 1 or 2 (Unicode Standard Annex 11)."""
    if character.isascii():
        return 1
    if unicodedata.category(character) in ("Mn", "Me") or character in _JOINERS:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def text_width(text: str) -> int:
    """Columns that visible text takes on a terminal."""
    return len(text) if text.isascii() else sum(width(character) for character in text)
