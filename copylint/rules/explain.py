"""Phrases as people can check them: every form that a phrase stands for, written out."""

from __future__ import annotations

from copylint.language.phrases import Node, children, parse


def expanded(phrase: str) -> str:
    """The phrase with each word~ and each spelling as {one|other}; classes keep their names. Raises PhraseError."""
    return _written(parse(phrase))


def _written(node: Node) -> str:
    kind, *rest = node
    if kind == "w":
        words = [str(word) for word in rest]
        return words[0] if len(words) == 1 else f"{{{'|'.join(words)}}}"
    if kind in ("c", "b"):
        return f"<{rest[0]}>"
    if kind == "g":
        return "..."
    if kind in ("^", "$"):
        return str(kind)
    parts = [_written(child) for child in children(node)]
    if kind == "a":
        return f"{{{'|'.join(parts)}}}"
    return f"[{' '.join(parts)}]" if kind == "o" else " ".join(parts)
