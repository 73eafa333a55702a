"""Phrases as people can check them: every form that a phrase stands for, written out."""

from __future__ import annotations

from copylint.language.phrases import Node, children, parse


def expanded(phrase: str) -> str:
    """The phrase with each word~ and each spelling as {one|other}; classes keep their names. Raises PhraseError."""
    return _written(parse(phrase))


def _written(node: Node) -> str:
    kind, *rest = node
    if kind in ("w", "a"):
        branches = _branches(node)
        return branches[0] if len(branches) == 1 else f"{{{'|'.join(branches)}}}"
    if kind == "o":
        return f"[{'|'.join(branch for child in children(node) for branch in _branches(child))}]"
    if kind in ("c", "b"):
        return f"<{rest[0]}>"
    if kind == "g":
        return "..."
    if kind in ("^", "$"):
        return str(kind)
    return " ".join(_written(child) for child in children(node))


def _branches(node: Node) -> list[str]:
    """What may stand in one place: of alternatives within alternatives, all in one list."""
    kind, *rest = node
    if kind == "w":
        return [str(word) for word in rest]
    if kind == "a":
        return [branch for child in children(node) for branch in _branches(child)]
    return [_written(node)]
