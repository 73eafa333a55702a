"""Make a site of any size: pages of varied text from samples/, for measuring and for tests on many files.

    python benchmarks/pages.py FOLDER [--count 2000] [--words 700] [--seed 1]

The paragraphs of the Markdown and text samples are drawn by chance, their sentences put into another order, their
numbers and names changed; no two pages are alike. Of ten pages seven are Markdown, two HTML and one is plain text, in
folders of a hundred. The same arguments and samples give the same bytes on every machine.
"""

from __future__ import annotations

import argparse
import random
import re
from collections.abc import Iterator
from functools import cache
from html import escape
from pathlib import Path
from typing import NamedTuple

from copylint.files import decode

SAMPLES = Path(__file__).parents[1] / "samples"
_FRONT_MATTER = re.compile(r"\A(?:---|\+\+\+)\n.*?\n(?:---|\+\+\+)\n", re.DOTALL)
_NO_PROSE = re.compile(r"^\s*(?:[<{`|]|#|import |export |[-*+] |\d+\. |>|={3,}|-{3,})")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")
_NUMBER = re.compile(r"\b\d{2,3}\b")
_SHORTEST = 12
"""Words of a paragraph that is used."""
_FORMATS = ("md", "md", "md", "html", "md", "md", "txt", "md", "html", "md")
_FOLDER = 100
"""Pages of one folder."""
_CLINICS = ("Harbour Rooms", "Linden Clinic", "Alder & Moss", "The Quiet Room", "Marlow House", "Fenwick Aesthetics")
_PLACES = ("Northbridge", "Eastmoor", "Port Alden", "Cedar Falls", "Wexcombe", "Lowfield", "Ashgate", "Millhaven")
_TOPICS = (
    "filler", "microneedling", "laser hair removal", "liposuction", "cryolipolysis", "chemical peels", "thread lifts",
    "skin boosters",
)  # fmt: skip


class Page(NamedTuple):
    """name: path below the folder of the site, with /."""

    name: str
    text: str


def pages(count: int, *, words: int = 700, seed: int = 1) -> Iterator[Page]:
    """So many pages of about so many words. The first pages of a larger site are those of a smaller one."""
    for number in range(count):
        chance = random.Random(f"{seed} {number}")
        kind = _FORMATS[number % len(_FORMATS)]
        topic = chance.choice(_TOPICS)
        name = f"part-{number // _FOLDER:03}/{topic.replace(' ', '-')}-{number:05}.{kind}"
        yield Page(name, _RENDERERS[kind](*_content(chance, topic, words)))


def write_pages(folder: Path, count: int, *, words: int = 700, seed: int = 1) -> list[Path]:
    """Write the pages below a folder, with line ends as they are. Returns their paths."""
    written = []
    for page in pages(count, words=words, seed=seed):
        path = folder / page.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(page.text.encode())
        written.append(path)
    return written


@cache
def _paragraphs() -> tuple[str, ...]:
    """The paragraphs of prose of all samples, one line each."""
    found = []
    for path in sorted(SAMPLES.iterdir()):
        if path.suffix not in (".md", ".mdx", ".txt") or path.name == "README.md":
            continue
        text = _FRONT_MATTER.sub("", decode(path.read_bytes(), path.name).text)
        for block in re.split(r"\n\s*\n", text):
            if not _NO_PROSE.match(block) and "copylint" not in block and len(block.split()) >= _SHORTEST:
                found.append(" ".join(block.split()))
    return tuple(found)


def _content(chance: random.Random, topic: str, words: int) -> tuple[str, list[tuple[str, list[str]]]]:
    """A title, and sections of a heading and paragraphs."""
    clinic, place = chance.choice(_CLINICS), chance.choice(_PLACES)
    sections: list[tuple[str, list[str]]] = []
    title = f"{topic.capitalize()} in {place}: what {clinic} says"
    left = words - len(title.split())
    for paragraph in chance.sample(_paragraphs(), len(_paragraphs())):
        if left <= _SHORTEST:
            break
        if not sections or chance.random() < 0.3:
            sections.append((f"{topic.capitalize()} at {clinic}, part {len(sections) + 1}", []))
            left -= len(sections[-1][0].split())
        text = _varied(chance, paragraph, clinic, place)
        sections[-1][1].append(text)
        left -= len(text.split())
    return title, sections


def _varied(chance: random.Random, paragraph: str, clinic: str, place: str) -> str:
    sentences = _SENTENCE_END.split(paragraph)
    chance.shuffle(sentences)
    text = _NUMBER.sub(lambda match: str(max(10, int(match[0]) + chance.randint(-9, 9))), " ".join(sentences))
    visits = chance.randint(2, 6)
    return f"{text} {clinic} in {place} sees you {visits} times." if chance.random() < 0.3 else text


def _markdown(title: str, sections: list[tuple[str, list[str]]]) -> str:
    parts = [f"---\ntitle: '{title}'\n---", f"# {title}"]
    for heading, paragraphs in sections:
        parts += [f"## {heading}", *paragraphs]
    return "\n\n".join(parts) + "\n"


def _html(title: str, sections: list[tuple[str, list[str]]]) -> str:
    lines = ["<!doctype html>", '<html lang="en">', "<head>", f"<title>{escape(title)}</title>", "</head>", "<body>"]
    lines.append(f"<h1>{escape(title)}</h1>")
    for heading, paragraphs in sections:
        lines.append(f"<section><h2>{escape(heading)}</h2>")
        lines += [f"<p>{escape(text)}</p>" for text in paragraphs]
        lines.append("</section>")
    return "\n".join([*lines, "</body>", "</html>", ""])


def _plain(title: str, sections: list[tuple[str, list[str]]]) -> str:
    parts = [title]
    for heading, paragraphs in sections:
        parts += [heading, *paragraphs]
    return "\n\n".join(parts) + "\n"


_RENDERERS = {"md": _markdown, "html": _html, "txt": _plain}


def main() -> None:
    """Write the pages and say how many."""
    parser = argparse.ArgumentParser(description="Make a site of pages from the samples.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--words", type=int, default=700)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    written = write_pages(given.folder, given.count, words=given.words, seed=given.seed)
    size = sum(path.stat().st_size for path in written)
    print(f"{len(written):,} pages, {size:,} bytes in {given.folder}")


if __name__ == "__main__":
    main()
