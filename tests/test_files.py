"""Which files are read, and how bytes become text."""

from __future__ import annotations

import os
from pathlib import Path, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copylint import files
from copylint.files import Chosen, UnreadableError, choose, decode, read
from copylint.paths import PathPatterns, shown_path


def plant(folder: Path, *names: str, text: str = "copy\n") -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def shown(folder: Path, *paths: str, exclude: tuple[str, ...] = ()) -> list[str]:
    chosen = choose(paths, exclude=PathPatterns(exclude, folder), folder=folder)
    assert not chosen.problems, chosen.problems
    return [one.shown for one in chosen.files]


def problems(folder: Path, *paths: str, exclude: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    chosen = choose(paths, exclude=PathPatterns(exclude, folder), folder=folder)
    return [(problem.shown, problem.message) for problem in chosen.problems]


def test_a_folder_is_walked_for_every_kind_of_copy(tmp_path: Path) -> None:
    plant(tmp_path, "a.md", "b.markdown", "c.mdx", "deep/er/d.txt", "deep/e.HTML", "f.htm")
    plant(tmp_path, "code.py", "picture.svg", "README", "md")
    assert shown(tmp_path, ".") == ["a.md", "b.markdown", "c.mdx", "deep/e.HTML", "deep/er/d.txt", "f.htm"]


def test_hidden_and_installed_things_are_left_out_of_a_walk(tmp_path: Path) -> None:
    plant(tmp_path, "a.md", ".git/x.md", ".venv/x.md", "site/node_modules/x.md", ".drafts/x.md", "._a.md")
    assert shown(tmp_path, ".") == ["a.md"]


def test_what_is_named_outright_is_read_even_if_hidden_or_ignored(tmp_path: Path) -> None:
    plant(tmp_path, ".drafts/x.md", "build/y.md", ".git/z.md")
    plant(tmp_path, ".gitignore", text="build/\n")
    assert shown(tmp_path, ".drafts", "build/y.md") == [".drafts/x.md", "build/y.md"]
    assert shown(tmp_path, "build") == ["build/y.md"]


def test_each_file_is_read_once_however_often_it_is_named(tmp_path: Path) -> None:
    plant(tmp_path, "a/b.md", "a/c.md")
    assert shown(tmp_path, "a/c.md", "a", "./a/../a/b.md", str(tmp_path / "a" / "b.md")) == ["a/b.md", "a/c.md"]


GITIGNORES = [
    ("a pattern of the top holds below", {".gitignore": "drafts/\n"}, ["x.md", "deep/y.md"]),
    ("a nested file speaks for its folder", {"deep/.gitignore": "y.md\n"}, ["x.md", "deep/drafts/z.md"]),
    ("the nearer file decides", {".gitignore": "*.md\n", "deep/.gitignore": "!y.md\n"}, ["deep/y.md"]),
    ("an ignored folder is not looked into", {".gitignore": "deep/\n", "deep/.gitignore": "!y.md\n"}, ["x.md"]),
    ("anchored to its folder", {".gitignore": "/y.md\n"}, ["x.md", "deep/y.md", "deep/drafts/z.md"]),
    ("lines that mean nothing are passed over", {".gitignore": "!\n\\\nx.md\n"}, ["deep/y.md", "deep/drafts/z.md"]),
]


@pytest.mark.parametrize(
    ("ignores", "expected"), [case[1:] for case in GITIGNORES], ids=[case[0] for case in GITIGNORES]
)
def test_gitignore_files_are_respected_in_a_walk(ignores: dict[str, str], expected: list[str], tmp_path: Path) -> None:
    plant(tmp_path, "x.md", "deep/y.md", "deep/drafts/z.md")
    for name, text in ignores.items():
        plant(tmp_path, name, text=text)
    assert shown(tmp_path, ".") == sorted(expected)


def test_the_gitignore_of_the_repository_holds_when_a_folder_in_it_is_walked(tmp_path: Path) -> None:
    plant(tmp_path, ".git/HEAD", "docs/a.md", "docs/old/b.md")
    plant(tmp_path, ".gitignore", text="old/\n")
    assert shown(tmp_path, "docs") == ["docs/a.md"]


def test_no_gitignore_above_the_repository_holds(tmp_path: Path) -> None:
    plant(tmp_path, ".gitignore", text="*.md\n")
    plant(tmp_path, "repo/.git/HEAD", "repo/docs/a.md")
    assert shown(tmp_path, "repo/docs") == ["repo/docs/a.md"]


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("*.md", ["a.md"]),
        ("docs/*.md", ["docs/b.md"]),
        ("docs/**/*.md", ["docs/b.md", "docs/deep/c.md"]),
        ("docs/dee?/[bc].md", ["docs/deep/c.md"]),
        ("d*", ["docs/b.md", "docs/d.html", "docs/deep/c.md"]),
    ],
)
def test_globs_that_no_shell_expanded_are_expanded(pattern: str, expected: list[str], tmp_path: Path) -> None:
    plant(tmp_path, "a.md", "docs/b.md", "docs/deep/c.md", "docs/d.html", "docs/node_modules/x.md", "docs/pic.svg")
    assert shown(tmp_path, pattern) == expected


def test_a_file_whose_name_looks_like_a_glob_is_that_file(tmp_path: Path) -> None:
    plant(tmp_path, "[slug].mdx", "s.mdx")
    assert shown(tmp_path, "[slug].mdx") == ["[slug].mdx"]


@pytest.mark.parametrize("paths", [["."], ["docs"], ["docs/b.md"], ["docs/*.md"]])
def test_exclude_holds_for_walks_globs_and_named_files(paths: list[str], tmp_path: Path) -> None:
    plant(tmp_path, "docs/b.md")
    chosen = choose(paths, exclude=PathPatterns(["docs/"], tmp_path), folder=tmp_path)
    assert (chosen.files, chosen.problems) == ((), ())
    assert chosen.excluded


def test_exclude_is_relative_to_the_configuration_not_to_the_working_folder(tmp_path: Path) -> None:
    plant(tmp_path, "site/old/a.md", "site/b.md")
    chosen = choose(["."], exclude=PathPatterns(["site/old/"], tmp_path), folder=tmp_path / "site")
    assert [one.shown for one in chosen.files] == ["b.md"]


def test_standard_input_goes_by_its_name_and_can_be_excluded(tmp_path: Path) -> None:
    assert choose(["-"], folder=tmp_path).files == (Chosen("-", None),)
    assert choose(["-"], stdin_name="site/a.md", folder=tmp_path).files == (Chosen("site/a.md", None),)
    assert not choose(["-"], stdin_name="old/a.md", exclude=PathPatterns(["old"], tmp_path), folder=tmp_path).files


PROBLEMS = [
    ("missing.md", "does not exist. Check the path."),
    ("paeg.md", 'does not exist. Did you mean "page.md"?'),
    ("empty", "holds no Markdown, HTML or text file"),
    ("*.html", "matches no Markdown, HTML or text file: check the pattern"),
    ("a\0b.md", "is no path: it holds a NUL character"),
]


@pytest.mark.parametrize(("path", "message"), PROBLEMS)
def test_a_path_without_copy_is_a_problem_that_says_what_to_do(path: str, message: str, tmp_path: Path) -> None:
    plant(tmp_path, "page.md", "empty/x.png")
    assert problems(tmp_path, path) == [(path, message)]


def test_a_folder_whose_copy_is_all_ignored_says_so(tmp_path: Path) -> None:
    plant(tmp_path, "a.md", "b.md")
    plant(tmp_path, ".gitignore", text="*.md\n")
    ((_, message),) = problems(tmp_path, ".")
    assert "2 left out by .gitignore" in message


def test_the_other_paths_are_still_read_beside_a_bad_one(tmp_path: Path) -> None:
    plant(tmp_path, "a.md")
    chosen = choose(["nowhere.md", "a.md"], folder=tmp_path)
    assert [one.shown for one in chosen.files] == ["a.md"]
    assert len(chosen.problems) == 1


def link(path: Path, target: Path) -> None:
    try:
        path.symlink_to(target, target_is_directory=target.is_dir())
    except OSError:
        pytest.skip("no symbolic links on this system")


def test_a_loop_of_links_ends(tmp_path: Path) -> None:
    plant(tmp_path, "a/b.md")
    link(tmp_path / "a" / "up", tmp_path)
    link(tmp_path / "a" / "self", tmp_path / "a" / "self")
    assert shown(tmp_path, ".", "**/*.md") == ["a/b.md"]


def test_a_link_that_leads_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    plant(tmp_path, "secret/x.md", "site/a.md")
    link(tmp_path / "site" / "out.md", tmp_path / "secret" / "x.md")
    link(tmp_path / "site" / "out", tmp_path / "secret")
    link(tmp_path / "site" / "same.md", tmp_path / "site" / "a.md")
    link(tmp_path / "site" / "gone.md", tmp_path / "gone.md")
    assert len(shown(tmp_path, "site")) == 1


def test_a_link_that_is_named_outright_is_followed(tmp_path: Path) -> None:
    plant(tmp_path, "elsewhere/x.md")
    link(tmp_path / "in.md", tmp_path / "elsewhere" / "x.md")
    assert shown(tmp_path, "in.md") == ["in.md"]


@pytest.mark.skipif(os.name == "nt" or not hasattr(os, "geteuid") or os.geteuid() == 0, reason="needs closed folders")
def test_a_closed_folder_is_a_problem_and_the_rest_is_read(tmp_path: Path) -> None:
    plant(tmp_path, "a.md", "closed/b.md")
    (tmp_path / "closed").chmod(0)
    try:
        chosen = choose(["."], folder=tmp_path)
    finally:
        (tmp_path / "closed").chmod(0o700)
    assert [one.shown for one in chosen.files] == ["a.md"]
    assert [problem.shown for problem in chosen.problems] == ["closed"]


@pytest.mark.parametrize(
    ("path", "folder", "expected"),
    [
        (r"C:\site\docs\a.md", r"C:\site", "docs/a.md"),
        (r"C:\other\a.md", r"C:\site", "../other/a.md"),
        (r"D:\a.md", r"C:\site", "D:/a.md"),
        (r"c:\Site\a.md", r"C:\site", "a.md"),
        (r"\\server\share\a.md", r"C:\site", "//server/share/a.md"),
    ],
)
def test_windows_paths_are_shown_with_slashes(path: str, folder: str, expected: str) -> None:
    assert shown_path(PureWindowsPath(path), PureWindowsPath(folder)) == expected


def test_a_file_name_that_is_no_text_can_still_be_shown() -> None:
    assert shown_path(Path("/x/a\udcff.md"), Path("/x")) == r"a\xff.md"


DECODED = [
    ("UTF-8", "naïve – ✓\r\n".encode(), "naïve – ✓\r\n"),
    ("UTF-8 with a mark", "\ufeffé\r".encode(), "é\r"),
    ("UTF-16 little", b"\xff\xfe" + "é✓\n".encode("utf-16-le"), "é✓\n"),
    ("UTF-16 big", b"\xfe\xff" + "é✓\n".encode("utf-16-be"), "é✓\n"),
    ("UTF-32", b"\xff\xfe\x00\x00" + "é🎉".encode("utf-32-le"), "é🎉"),
    ("empty", b"", ""),
    ("a mark alone", b"\xef\xbb\xbf", ""),
]


@pytest.mark.parametrize(("data", "text"), [case[1:] for case in DECODED], ids=[case[0] for case in DECODED])
def test_bytes_become_text_without_a_notice(data: bytes, text: str) -> None:
    source = decode(data, "a.md")
    assert (source.text, source.notices) == (text, ())


def test_windows_1252_is_read_with_a_notice() -> None:
    source = decode("One\nit’s £99 – today".encode("cp1252"), "a.md")
    assert source.text == "One\nit’s £99 – today"
    assert source.notices == ("is not UTF-8 (byte 0x92 in line 2); read as Windows-1252. Save it as UTF-8.",)


UNREADABLE = [
    ("NUL bytes", b"PNG\x00\x01\x02", "is no text (binary data)"),
    ("control characters", bytes(range(1, 32)) * 3, "is no text (binary data)"),
    ("UTF-16 without a mark", "copy".encode("utf-16-le"), "is no text (binary data)"),
    ("half a UTF-16 character", b"\xff\xfea\x00b", "begins as UTF-16-LE but is not"),
    ("a mark, then no UTF-8", b"\xef\xbb\xbfa\xff", "begins as UTF-8 but is not (byte 4)"),
    ("neither", b"copy \x81 \xff", "is neither UTF-8 (byte 0x81 in line 1) nor Windows-1252"),
    ("PDF", b"%PDF-1.7\n", "is a PDF document"),
    ("Word", b"PK\x03\x04...", "is a Word document"),
]


@pytest.mark.parametrize(("data", "message"), [case[1:] for case in UNREADABLE], ids=[case[0] for case in UNREADABLE])
def test_what_is_no_text_is_an_error_that_says_what_to_do(data: bytes, message: str) -> None:
    with pytest.raises(UnreadableError) as raised:
        decode(data, "a.md")
    assert str(raised.value).startswith(message)
    assert "save" in str(raised.value)


@given(st.binary())
def test_no_bytes_crash_the_decoder(data: bytes) -> None:
    try:
        text = decode(data, "a.md").text
    except UnreadableError:
        return
    assert not any("\ud800" <= character <= "\udfff" for character in text)


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufeff")))
def test_all_utf_8_text_comes_through_untouched(text: str) -> None:
    try:
        assert decode(text.encode(), "a.md").text == text
    except UnreadableError as error:
        assert any(character < " " or character == "\x7f" for character in text), error  # noqa: PT017


def test_too_large_a_file_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plant(tmp_path, "a.md", text="x" * 30)
    monkeypatch.setattr(files, "LARGEST", 20)
    with pytest.raises(UnreadableError, match="is larger than"):
        read(Chosen("a.md", tmp_path / "a.md"))


def test_a_file_that_went_away_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="cannot be read"):
        read(Chosen("a.md", tmp_path / "a.md"))


@pytest.mark.parametrize(
    ("name", "text", "notice"),
    [
        ("page.rst", "copy\n", "has no suffix of Markdown, HTML or text; read as plain text"),
        ("page.md", "", "is empty: there is nothing to check"),
        ("page.html", " \r\n", "is empty: there is nothing to check"),
    ],
)
def test_what_a_reader_may_not_expect_is_told(name: str, text: str, notice: str, tmp_path: Path) -> None:
    plant(tmp_path, name, text=text)
    assert read(Chosen(name, tmp_path / name)).notices == (notice,)
