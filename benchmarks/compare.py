"""Compare copylint with other prose linters, on the same files, in turn, in one run.

    python benchmarks/compare.py [--runs 9] [--case one --case many --case big] [--tools FOLDER ...]

Tools are looked for on PATH and in the folders of --tools (of a virtual environment's bin, of node_modules/.bin):
proselint, write-good, alex, textlint, vale. What is not there is left out. None of them does what copylint does; the
comparison says how long a writer waits, not which one finds more.

Cases: `one` article, in a cold process; `many` articles of some 700 words; one `big` file. Each case prints the median
and the quickest run of every tool, and its ratio to copylint. The corpora come from benchmarks/pages.py: the same ones
on every machine.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parent))
from pages import pages

MEGABYTE = 1_000_000


class Tool(NamedTuple):
    """command: what checks the paths that follow. files_only: it takes files and does not walk through folders."""

    name: str
    command: tuple[str, ...]
    files_only: bool = False


TOOLS = (
    Tool("proselint", ("proselint", "check")),
    Tool("write-good", ("write-good",), files_only=True),
    Tool("alex", ("alex",)),
    Tool("textlint", ("textlint", "--rule", "write-good")),
    Tool("vale", ("vale", "--no-exit")),
)


def main() -> None:
    """Run the cases and print a table for each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=9, help="of each tool and case [default: 9]")
    parser.add_argument("--case", action="append", choices=("one", "many", "big"), help="[default: all three]")
    parser.add_argument("--articles", type=int, default=1000, help="of the case `many` [default: 1000]")
    parser.add_argument("--megabytes", type=float, default=5, help="of the case `big` [default: 5]")
    parser.add_argument("--tools", action="append", default=[], metavar="FOLDER", help="where to look beside PATH")
    given = parser.parse_args()
    path = os.pathsep.join([*given.tools, str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    tools = [Tool("copylint", ("copylint", "check", "--exit-zero", "-q", "-f", "concise")), *TOOLS]
    found = [(tool, where) for tool in tools if (where := shutil.which(tool.command[0], path=path))]
    with tempfile.TemporaryDirectory() as folder:
        for case in given.case or ("one", "many", "big"):
            paths = _corpus(case, Path(folder, case), given)
            print(f"\n{case}: {sum(path.stat().st_size for path in paths) / MEGABYTE:.2f} MB in {len(paths)} files")
            _print(_measured([_command(tool, where, paths) for tool, where in found], given.runs), found)


def _corpus(case: str, folder: Path, given: argparse.Namespace) -> list[Path]:
    """Markdown only, for that is what every tool reads."""
    folder.mkdir()
    if case == "big":
        wanted = int(given.megabytes * MEGABYTE)
        text = ""
        for page in pages(10**6):
            if page.name.endswith(".md"):
                text += page.text.partition("\n---\n")[2] + "\n"
                if len(text) >= wanted:
                    break
        texts = [text[:wanted]]
    else:
        count = 1 if case == "one" else given.articles
        every = (page.text for page in pages(3 * count + 3) if page.name.endswith(".md"))
        texts = [text for _, text in zip(range(count), every, strict=False)]
    paths = [folder / f"{number:05}.md" for number in range(len(texts))]
    for path, text in zip(paths, texts, strict=True):
        path.write_text(text, encoding="utf-8", newline="")
    return paths


def _command(tool: Tool, where: str, paths: list[Path]) -> list[str]:
    if len(paths) == 1 or tool.files_only:
        return [where, *tool.command[1:], *map(str, paths)]
    return [where, *tool.command[1:], str(paths[0].parent)]


def _measured(commands: Sequence[list[str]], runs: int) -> list[list[float]]:
    """Seconds of every run of every command. They take turns, so that a busy minute is shared by all."""
    seconds: list[list[float]] = [[] for _ in commands]
    for turn in range(runs + 1):
        for command, taken in zip(commands, seconds, strict=True):
            start = time.perf_counter()
            done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
            if turn:  # the first one fills the caches
                taken.append(time.perf_counter() - start)
            elif done.returncode not in (0, 1):
                print(f"{command[0]} ended with {done.returncode}: {done.stderr.decode(errors='replace')[-300:]}")
    return seconds


def _print(seconds: list[list[float]], found: list[tuple[Tool, str]]) -> None:
    base = statistics.median(seconds[0])
    print(f"{'':12} {'median':>10} {'quickest':>10} {'times copylint':>15}")
    for (tool, _), taken in zip(found, seconds, strict=True):
        median = statistics.median(taken)
        print(f"{tool.name:12} {median * 1000:7.0f} ms {min(taken) * 1000:7.0f} ms {median / base:15.2f}")


if __name__ == "__main__":
    main()
