"""Which lines have changed since a revision: what git says, read without misunderstanding."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from copylint.config import ConfigError
from copylint.verdicts import changes
from copylint.verdicts.changes import EVERYTHING, NOTHING, changed_lines, since, touches

pytestmark = pytest.mark.skipif(not shutil.which("git"), reason="no git")

Git = Callable[..., str]
TEN = "".join(f"line {number}\n" for number in range(1, 11))


def run_git(folder: Path, *arguments: str) -> str:
    identity = ["-c", "user.name=tester", "-c", "user.email=tester@mail.example", "-c", "init.defaultBranch=main"]
    quiet = ["-c", "core.hooksPath=/dev/null", "-c", "commit.gpgsign=false", "-c", "core.safecrlf=false"]
    command = ["git", *identity, *quiet, *arguments]
    return subprocess.run(command, cwd=folder, check=True, capture_output=True, encoding="utf-8").stdout


@pytest.fixture
def git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Git:
    """Runs git in an empty repository, which no configuration of this machine touches."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"):
        monkeypatch.delenv(name, raising=False)
    run_git(tmp_path, "init", "--quiet")
    return lambda *arguments: run_git(tmp_path, *arguments)


@pytest.fixture
def put(tmp_path: Path) -> Callable[[str, str | bytes], Path]:
    """Writes a file of the repository."""

    def put(name: str, text: str | bytes) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return put


Put = Callable[[str, "str | bytes"], Path]


def commit(git: Git) -> None:
    git("add", "--all")
    git("commit", "--quiet", "--message", "as it stands")


NAMES = st.binary(min_size=1, max_size=8).filter(lambda name: not set(name) & {0, ord("/")} and name.strip(b"."))

CASES = {
    "nothing": (TEN, NOTHING),
    "one line": (TEN.replace("line 4\n", "LINE 4\n"), ((4, 4),)),
    "two places": (TEN.replace("line 4\n", "LINE 4\n").replace("line 9\n", "LINE 9\n"), ((4, 4), (9, 9))),
    "more lines for one": (TEN.replace("line 4\n", "a\nb\nc\n"), ((4, 6),)),
    "lines put in": (TEN.replace("line 4\n", "line 4\nnew\n"), ((5, 5),)),
    "lines taken out": (TEN.replace("line 4\n", ""), ((3, 4),)),
    "the first line taken out": (TEN.replace("line 1\n", ""), ((0, 1),)),
    "the last line taken out": (TEN.replace("line 10\n", ""), ((9, 10),)),
    "no line end at the end": (TEN.removesuffix("\n"), NOTHING),
    "other line ends": (TEN.replace("\n", "\r\n"), NOTHING),
    "other line ends and one line": (TEN.replace("line 4", "LINE 4").replace("\n", "\r\n"), ((4, 4),)),
    "what looks like a patch": (TEN.replace("line 4\n", "++ b/other\n-- a/other\n@@ -1 +1 @@\n"), ((4, 6),)),
    "UTF-16, which git takes for binary": (TEN.replace("4", "5").encode("utf-16"), EVERYTHING),
}


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES)
def test_the_changed_lines_of_a_file(text: str | bytes, expected: changes.Runs, git: Git, put: Put) -> None:
    path = put("page.md", TEN)
    commit(git)
    put("page.md", text)
    assert since("HEAD", path.parent).of(path) == expected


def test_lines_that_look_like_headers_of_a_patch_can_go_too(git: Git, put: Put) -> None:
    path = put("page.md", "-- a/x\n++ b/x\ntext\n")
    commit(git)
    put("page.md", "text\n")
    assert since("HEAD", path.parent).of(path) == ((0, 1),)


@pytest.mark.parametrize(
    "name",
    ["a b.md", "-x.md", "--output=x.md", "ä ö.md", "“q”.md", "a => b.md", "{a => b}.md", "b/b/c.md", "$(x) `y`;.md"],
)
def test_odd_names(name: str, git: Git, put: Put) -> None:
    path = put(name, TEN)
    commit(git)
    put(name, TEN.replace("line 2\n", "LINE 2\n"))
    assert since("HEAD", path.parent).of(path) == ((2, 2),)


@pytest.mark.skipif(sys.platform == "win32", reason="no such names there")
@pytest.mark.parametrize(
    "name", [b'"quoted".md', b"new\nline.md", b"tab\t.md", b"tab\t and space.md", b"\xff.md", b"\\.md"]
)
def test_names_that_git_quotes(name: bytes, git: Git, put: Put) -> None:
    path = put(os.fsdecode(name), TEN)
    commit(git)
    put(os.fsdecode(name), TEN.replace("line 2\n", "LINE 2\n"))
    assert since("HEAD", path.parent).of(path) == ((2, 2),)


@pytest.mark.skipif(sys.platform == "win32", reason="no such names there")
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(names=st.sets(NAMES, min_size=1, max_size=3))
def test_any_names(names: set[bytes], tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("site")
    run_git(folder, "init", "--quiet")
    paths = [folder / os.fsdecode(name + b".md") for name in sorted(names)]
    for path in paths:
        path.write_text(TEN, encoding="utf-8")
    commit(lambda *arguments: run_git(folder, *arguments))
    for line, path in enumerate(paths, 2):
        path.write_text(TEN.replace(f"line {line}\n", f"LINE {line}\n"), encoding="utf-8")
    found = since("HEAD", folder)
    assert [found.of(path) for path in paths] == [((line, line),) for line in range(2, 2 + len(paths))]


def test_what_git_does_not_track_has_changed_entirely(git: Git, put: Put) -> None:
    put(".gitignore", "drafts/\n")
    put("old.md", TEN)
    commit(git)
    new, ignored, staged = put("new.md", TEN), put("drafts/x.md", TEN), put("staged.md", TEN)
    git("add", "staged.md")
    found = since("HEAD", new.parent)
    assert found.of(new) == found.of(ignored) == EVERYTHING
    assert found.of(staged) == ((1, 10),)
    assert found.of(new.with_name("old.md")) == NOTHING


def test_of_a_renamed_file_the_edited_lines_have_changed(git: Git, put: Put, tmp_path: Path) -> None:
    put("old name.md", TEN)
    put("same.md", "".join(f"other {number}\n" for number in range(20)))
    commit(git)
    git("mv", "old name.md", "new\tname.md" if sys.platform != "win32" else "new name.md")
    git("mv", "same.md", "moved.md")
    (path,) = tmp_path.glob("new?name.md")
    path.write_bytes(TEN.replace("line 4\n", "LINE 4\n").encode())
    found = since("HEAD", tmp_path)
    assert found.of(path) == ((4, 4),)
    assert found.of(tmp_path / "moved.md") == NOTHING


def test_a_renamed_binary_file_has_changed_entirely(git: Git, put: Put, tmp_path: Path) -> None:
    put("old.md", (TEN * 20).encode("utf-16"))
    commit(git)
    git("mv", "old.md", "new.md")
    put("new.md", (TEN * 20 + "more\n").encode("utf-16"))
    assert since("HEAD", tmp_path).of(tmp_path / "new.md") == EVERYTHING


def test_a_file_with_a_link_to_it(git: Git, put: Put, tmp_path: Path) -> None:
    path = put("page.md", TEN)
    try:
        (tmp_path / "link.md").symlink_to("page.md")
    except OSError:
        pytest.skip("no links here")
    commit(git)
    put("page.md", TEN.replace("line 4\n", "LINE 4\n"))
    assert since("HEAD", tmp_path).of(path.with_name("link.md")) == ((4, 4),)


def test_what_others_did_since_the_branch_began_is_no_change(git: Git, put: Put, tmp_path: Path) -> None:
    path = put("page.md", TEN)
    commit(git)
    git("checkout", "--quiet", "-b", "mine")
    put("page.md", TEN.replace("line 2\n", "LINE 2\n"))
    commit(git)
    git("checkout", "--quiet", "main")
    put("page.md", TEN.replace("line 9\n", "LINE 9\n"))
    commit(git)
    git("checkout", "--quiet", "mine")
    assert since("main", tmp_path).of(path) == ((2, 2),)


def test_changes_are_seen_from_a_folder_below(git: Git, put: Put, tmp_path: Path) -> None:
    path = put("blog/page.md", TEN)
    commit(git)
    put("blog/page.md", TEN.replace("line 2\n", "LINE 2\n"))
    git("config", "diff.relative", "true")
    assert since("HEAD", tmp_path / "blog").of(path) == ((2, 2),)


def test_nobodys_configuration_changes_the_answer(
    git: Git, put: Put, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(".gitattributes", "*.md diff=upper\n")
    put("page.md", TEN)
    commit(git)
    put("page.md", TEN.replace("line 2\n", "LINE 2\n").replace("line 5\n", ""))
    for key, value in {
        "diff.noprefix": "true", "diff.mnemonicPrefix": "true", "diff.interHunkContext": "9", "diff.context": "5",
        "color.ui": "always", "diff.external": "false", "core.quotePath": "false", "diff.renames": "false",
        "diff.upper.textconv": "false", "diff.upper.command": "false", "diff.wordRegex": ".", "color.diff": "always",
    }.items():  # fmt: skip
        git("config", key, value)
    monkeypatch.setenv("GIT_DIFF_OPTS", "--unified=5")
    monkeypatch.setenv("GIT_EXTERNAL_DIFF", "false")
    assert since("HEAD", tmp_path).of(tmp_path / "page.md") == ((2, 2), (4, 5))


def test_before_the_first_commit_everything_is_new(git: Git, put: Put, tmp_path: Path) -> None:
    path = put("page.md", TEN)
    git("add", "--all")
    assert since("HEAD", tmp_path).of(path) == EVERYTHING
    with pytest.raises(ConfigError, match='knows no commit "main"'):
        since("main", tmp_path)


@pytest.mark.parametrize(
    ("revision", "message"),
    [
        ("", '"" is no revision'),
        ("--output=x", '"--output=x" is no revision. Give a branch, a tag or a commit'),
        ("-p", "is no revision"),
        ("HEAD\0", "is no revision"),
        ("mian", 'git knows no commit "mian" here. Check the name'),
        ("HEAD..HEAD", "knows no commit"),
        ("HEAD HEAD", "knows no commit"),
        ("HEAD:page.md", "knows no commit"),
        ("$(touch x)", "knows no commit"),
        ("\x1b[2J", r"knows no commit \"\\x1b"),
        ("apart", "has no commit in common with HEAD"),
    ],
)
def test_revisions_that_lead_nowhere(revision: str, message: str, git: Git, put: Put, tmp_path: Path) -> None:
    put("page.md", TEN)
    commit(git)
    git("checkout", "--quiet", "--orphan", "apart")
    git("commit", "--quiet", "--message", "another beginning")
    git("checkout", "--quiet", "main")
    before = sorted(tmp_path.iterdir())
    with pytest.raises(ConfigError, match=message):
        since(revision, tmp_path)
    assert sorted(tmp_path.iterdir()) == before


def test_a_shallow_clone_is_told_to_fetch_more(git: Git, put: Put, tmp_path: Path) -> None:
    put("page.md", TEN)
    commit(git)
    git("tag", "v1")
    put("page.md", TEN + TEN)
    commit(git)
    git("clone", "--quiet", "--depth", "1", tmp_path.as_uri(), "clone")
    with pytest.raises(ConfigError, match="fetch-depth: 0"):
        since("v1", tmp_path / "clone")


def test_without_a_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    monkeypatch.delenv("GIT_DIR", raising=False)
    with pytest.raises(ConfigError, match=r"not a git repository.*leave --diff out"):
        since("HEAD", tmp_path)


def test_without_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ConfigError, match=r"there is no git\. Install it"):
        since("HEAD", tmp_path)


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [(1, 1, False), (1, 2, True), (3, 3, True), (4, 4, False), (4, 7, True), (5, 9, True), (8, 99, False)],
)
def test_touching(first: int, last: int, expected: bool) -> None:
    assert touches(((2, 3), (7, 7)), first, last) is expected


@given(st.binary(max_size=200))
def test_no_patch_is_a_crash(patch: bytes) -> None:
    changed_lines(patch)


OLD = st.lists(st.sampled_from(["a", "b", "c", "", "-- x", "++ y", "@@ -1 +1 @@", "\\ z"]), max_size=8)


@settings(max_examples=30, deadline=None)
@given(old=OLD, new=OLD)
def test_lines_that_have_not_changed_stood_there_before(
    old: list[str], new: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Outside of the changed lines, the new text is the old one, in its order."""
    folder = tmp_path_factory.mktemp("site")
    run_git(folder, "init", "--quiet")
    path = folder / "page.md"
    path.write_bytes("".join(f"{line}\n" for line in old).encode())
    commit(lambda *arguments: run_git(folder, *arguments))
    path.write_bytes("".join(f"{line}\n" for line in new).encode())
    runs = since("HEAD", folder).of(path)
    kept = [line for number, line in enumerate(new, 1) if not touches(runs, number, number)]
    before = iter(old)
    assert all(line in before for line in kept)
    if old == new:
        assert runs == NOTHING
