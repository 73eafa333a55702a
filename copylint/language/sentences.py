"""Sentences, by the sentencex library; here are only its offsets and what it does not know of copy."""

from __future__ import annotations

from sentencex import get_sentence_boundaries


def boundaries(text: str) -> list[tuple[int, int]]:
    """The sentences of a block as (start, end) offsets in `text`, surrounding white space left out."""
    found: list[tuple[int, int]] = []
    for boundary in get_sentence_boundaries("en", text):
        start, end = boundary["start_index"], boundary["end_index"]
        piece = text[start:end]
        stripped = piece.strip()
        if stripped:
            start += len(piece) - len(piece.lstrip())
            found.append((start, start + len(stripped)))
    return found
