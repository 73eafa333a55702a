r"""Which lines have changed since a revision, as git tells it.

Changed means: in the working tree, since the commit in which the branch left the revision (the merge base). What git
does not track has changed entirely, and so has what it takes for binary data: nothing is passed over because git
cannot see into it. Of a renamed file, the lines that were edited have changed; other line endings change no line.

Git's own line numbers are used: a line ends at \n and nowhere else.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from copylint.config.errors import ConfigError
from copylint.reports.visible import one_line

Runs = tuple[tuple[int, int], ...]
"""Lines as (first, last), from 1, both inclusive, in order, with a line or more between two runs."""
NOTHING: Runs = ()
EVERYTHING: Runs = ((1, 1 << 62),)

_HOW = (
    "--no-ext-diff", "--no-textconv", "--no-color", "--ignore-submodules=all", "--find-renames", "--ignore-cr-at-eol",
    "--diff-algorithm=histogram",
)  # fmt: skip
"""So that nobody's configuration changes the answer."""
_PATCH = ("--unified=0", "--inter-hunk-context=0", "--src-prefix=a/", "--dst-prefix=b/")
_HUNK = re.compile(rb"@@ -\d+(?:,(?P<removed>\d+))? \+(?P<first>\d+)(?:,(?P<added>\d+))? @@")
_ESCAPE = re.compile(rb"\\([0-7]{3}|.)", re.DOTALL)
_ESCAPED = {b"a": b"\a", b"b": b"\b", b"f": b"\f", b"n": b"\n", b"r": b"\r", b"t": b"\t", b"v": b"\v"}


class Changes(NamedTuple):
    """What has changed in a repository. lines: of each changed file. tracked: what git knows. Both by identity."""

    lines: Mapping[str, Runs]
    tracked: frozenset[str]

    def of(self, path: Path) -> Runs:
        """The lines of a file that have changed."""
        identity = _identity(path)
        if identity not in self.tracked:
            return EVERYTHING
        return self.lines.get(identity, NOTHING)


def since(revision: str, folder: Path) -> Changes:
    """The changes in the repository that holds a folder. Raises ConfigError."""
    if not revision or revision.startswith("-") or "\0" in revision:
        raise ConfigError(
            f'--diff: "{one_line(revision)}" is no revision. Give a branch, a tag or a commit, as in --diff main'
        )
    git = _Git(revision, folder)
    top = Path(os.fsdecode(git.answer("rev-parse", "--show-toplevel").removesuffix(b"\n")))
    git = _Git(revision, top)
    base = _base(git)
    if base is None:
        return Changes({}, frozenset())
    lines = dict.fromkeys(_binary(git.answer("diff", *_HOW, "--numstat", "-z", base, "--")), EVERYTHING)
    lines |= changed_lines(git.answer("diff", *_HOW, *_PATCH, base, "--"))
    tracked = filter(None, git.answer("ls-files", "-z").split(b"\0"))
    return Changes(
        {_identity(top / os.fsdecode(name)): runs for name, runs in lines.items()},
        frozenset(_identity(top / os.fsdecode(name)) for name in tracked),
    )


def touches(runs: Runs, first: int, last: int) -> bool:
    """Whether one of the lines first..last (from 1, both inclusive) is in the runs."""
    at = bisect_left(runs, first, key=lambda run: run[1])
    return at < len(runs) and runs[at][0] <= last


def changed_lines(patch: bytes) -> dict[bytes, Runs]:
    """The lines of each new file in a patch of git without context, by the file's name.

    Where lines were only taken out, those before and after the gap have changed: they may have lost a "not".
    """
    found: dict[bytes, list[tuple[int, int]]] = {}
    name: bytes | None = None
    pending = 0
    for line in patch.split(b"\n"):
        if pending:
            pending -= not line.startswith(b"\\")  # "\ No newline at end of file"
        elif line.startswith(b"diff --git "):
            name = None
        elif line.startswith(b"+++ "):
            name = _name(line.removeprefix(b"+++ "))
        elif name is not None and (hunk := _HUNK.match(line)):
            first, added = int(hunk["first"]), int(hunk["added"] or 1)
            pending = added + int(hunk["removed"] or 1)
            found.setdefault(name, []).append((first, first + added - 1) if added else (first, first + 1))
    return {name: _joined(runs) for name, runs in found.items()}


def _joined(runs: Iterable[tuple[int, int]]) -> Runs:
    joined: list[tuple[int, int]] = []
    for first, last in sorted(runs):
        if joined and first <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
        else:
            joined.append((first, last))
    return tuple(joined)


def _name(written: bytes) -> bytes | None:
    """The name after "+++ ", with its quoting taken off; None for a file that is gone."""
    written = written.rstrip(b"\t")  # ends a name with spaces; a tab of the name itself is quoted
    if written == b"/dev/null":
        return None
    if written.startswith(b'"'):
        written = _ESCAPE.sub(_unescaped, written[1:-1])
    return written.removeprefix(b"b/")


def _unescaped(escape: re.Match[bytes]) -> bytes:
    sign = escape[1]
    return bytes([int(sign, 8) & 0xFF]) if len(sign) == 3 else _ESCAPED.get(sign, sign)


def _binary(numbers: bytes) -> list[bytes]:
    """The (new) names of the files for which `git diff --numstat -z` has no numbers."""
    found = []
    fields = iter(numbers.split(b"\0"))
    for field in fields:
        counts, _, name = field.rpartition(b"\t")
        if counts and not name:  # renamed: the old name and the new one follow
            next(fields)
            name = next(fields)
        if counts == b"-\t-":
            found.append(name)
    return found


def _base(git: _Git) -> str | None:
    """The commit to compare with; None in a repository without a commit, where everything is new."""
    commit = git.found("rev-parse", "--verify", "--quiet", f"{git.revision}^{{commit}}")
    head = git.found("rev-parse", "--verify", "--quiet", "HEAD^{commit}")
    if not head and git.revision == "HEAD":
        return None
    if not commit:
        raise ConfigError(
            f'--diff: git knows no commit "{one_line(git.revision)}" here. Check the name; where the pipeline has '
            "fetched one commit only, have it fetch the history (fetch-depth: 0, GIT_DEPTH: 0)."
        )
    base = git.found("merge-base", commit, head) if head else ""
    if not base:
        raise ConfigError(
            f"--diff {one_line(git.revision)}: it has no commit in common with HEAD. Where the pipeline has fetched "
            "a part of the history only, have it fetch all (fetch-depth: 0, GIT_DEPTH: 0)."
        )
    return base.splitlines()[0]


class _Git:
    """Git, asked in a folder. revision: of --diff, for what is said when it fails."""

    def __init__(self, revision: str, folder: Path) -> None:
        self.revision = revision
        self._folder = folder

    def answer(self, *arguments: str) -> bytes:
        """What git prints. Raises ConfigError where it fails."""
        done = self._run(arguments)
        if done.returncode:
            said = [line for line in os.fsdecode(done.stderr).splitlines() if line.strip()]
            reason = one_line(said[0]).removeprefix("fatal: ") if said else f"exit code {done.returncode}"
            raise ConfigError(
                f"--diff {one_line(self.revision)}: git cannot tell what has changed ({reason}). "
                "Run copylint in the working tree of a git repository, or leave --diff out."
            )
        return done.stdout

    def found(self, *arguments: str) -> str:
        """A name that git prints, or "" where it finds none."""
        done = self._run(arguments)
        return "" if done.returncode else os.fsdecode(done.stdout).strip()

    def _run(self, arguments: Iterable[str]) -> subprocess.CompletedProcess[bytes]:
        program = shutil.which("git")
        if program is None:
            raise ConfigError(f"--diff {one_line(self.revision)}: there is no git. Install it, or leave --diff out.")
        environment = {**os.environ, "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}
        environment.pop("GIT_DIFF_OPTS", None)  # outweighs --unified
        command = (program, "-c", "core.fsmonitor=false", "-c", "core.quotePath=true", *arguments)
        try:
            return subprocess.run(
                command, cwd=self._folder, env=environment, stdin=subprocess.DEVNULL, capture_output=True, check=False
            )  # fmt: skip
        except OSError as error:
            reason = error.strerror or str(error)
            raise ConfigError(f"--diff {one_line(self.revision)}: git cannot be started: {reason}.") from error


def _identity(path: Path) -> str:
    """The same for every way to write the path of one file."""
    return os.path.normcase(os.path.realpath(path))
