"""Documents: what a visitor sees, and where it stands in the source. One format a file.

Each format's module has `parse(source) -> Document` and is imported when a file of its kind is met, not before.
"""

from __future__ import annotations

from importlib import import_module

from copylint.documents.document import Document, ParseError, Source

_SUFFIXES = {
    ".md": "markdown", ".markdown": "markdown", ".mdx": "mdx", ".txt": "plain", ".html": "html", ".htm": "html",
}  # fmt: skip
_MODULES = {"markdown": "markdown", "mdx": "markdown", "plain": "plain", "html": "html"}


def format_of(path: str) -> str | None:
    """The format that the suffix of a path stands for (upper or lower case), or None."""
    name = path.replace("\\", "/").rpartition("/")[2]
    _, dot, suffix = name.rpartition(".")
    return _SUFFIXES.get(f"{dot}{suffix}".lower())


def parse(source: Source, format: str) -> Document:
    """Read a source as a format ("plain", "markdown", "mdx", "html").

    A source that its parser cannot read is read as plain text, with a notice that says why. Raises ValueError for a
    format that does not exist.
    """
    if format not in _MODULES:
        raise ValueError(f"no such format: {format!r}; the formats are {', '.join(_MODULES)}")
    module = import_module(f"copylint.documents.{_MODULES[format]}")
    try:
        document: Document = module.parse(source, is_mdx=True) if format == "mdx" else module.parse(source)
    except ParseError as error:
        notice = f"{error}; the file was read as plain text"
        plain = import_module("copylint.documents.plain")
        document = plain.parse(source._replace(notices=(*source.notices, notice)))
    return document
