"""The lines of keys and items in TOML: a text is built piece by piece, and each key must be where it was put."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copylint.config.errors import ConfigError
from copylint.config.toml import LARGEST, Keys, TomlFile, lines_of

LINES = [
    ("a pair", "\n\nfail-on = 'x'\n", ("fail-on",), 3),
    ("a comment is no key", "# fail-on = 'x'\nfail-on = 'x' # fail-on = 3\n", ("fail-on",), 2),
    ("a string is no key", "a = '''\nb = 1\n'''\nb = 2\n", ("b",), 4),
    ("quotes before the end of a string", 'a = """x""""\nb = """"""\nc = 1', ("c",), 3),
    ("an escaped quote", 'a = "\\"\\\\"\nb = 1', ("b",), 2),
    ("an item", "a = [\n  'x', # y\n\n  'y',\n]\n", ("a", 1), 4),
    ("an item of an item", "a = [[1],\n[2,\n3]]\n", ("a", 1, 1), 3),
    ("a table", "[a]\nb = 1\n[a.c]\n", ("a", "c"), 3),
    ("a key of a table", "[ a . 'b c' ]\nd = 1\n", ("a", "b c", "d"), 2),
    ("a dotted key", "[a]\nb.'c.d' = 1\n", ("a", "b", "c.d"), 2),
    ("a quoted key with escapes", '"overclaim\\u002Fhype" = 1\n', ("overclaim/hype",), 1),
    ("an inline table", "a = [\n {b = 1, c = {d = 2}}]\n", ("a", 0, "c", "d"), 2),
    ("an array of tables", "[[a]]\nb = 1\n[[a]]\nb = 2\n[a.c]\nd = 3\n", ("a", 1, "c", "d"), 6),
    ("a date with a blank", "a = 1979-05-27 07:32:00\nb = 1\n", ("b",), 2),
    ("carriage returns", "a = 1\r\n\r\nb = 2\r\n", ("b",), 3),
    ("no end of line", "a = 1", ("a",), 1),
]


@pytest.mark.parametrize(("text", "way", "line"), [case[1:] for case in LINES], ids=[case[0] for case in LINES])
def test_the_line_of_a_key(text: str, way: Keys, line: int) -> None:
    tomllib.loads(text)
    assert lines_of(text)[way] == line


def _string(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


class _Writer:
    """Writes TOML and remembers the line of everything it writes."""

    def __init__(self) -> None:
        self.text = ""
        self.lines: dict[Keys, int] = {}

    def put(self, text: str, way: Keys | None = None) -> None:
        if way is not None:
            self.lines.setdefault(way, self.text.count("\n") + 1)
        self.text += text

    def value(self, value: object, way: Keys, gap: str) -> None:
        if isinstance(value, list):
            self.put("[")
            for at, item in enumerate(value):
                self.put(gap)
                self.put("", (*way, at))
                self.value(item, (*way, at), gap)
                self.put(f"{gap},")
            self.put("]")
        elif isinstance(value, dict):
            self.put("{")
            for at, (key, one) in enumerate(value.items()):
                self.put(", " if at else "")
                self.put(f"{_string(key)} = ", (*way, key))
                self.value(one, (*way, key), "")
            self.put("}")
        else:
            self.put(value if isinstance(value, str) else "17")


_ALPHABET = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"))
_KEYS = st.text(_ALPHABET, max_size=5)
_STRINGS = st.one_of(
    st.text(_ALPHABET, max_size=6).map(_string),
    st.text('ab #[]{}=,"\\\n', max_size=8).map(lambda text: f"'''\n{text}'''"),
    st.text("ab #[]{}=,'\n", max_size=8).map(lambda text: f'"""{text}"""'),
    st.text('ab #[]{}=,"\\', max_size=6).map(lambda text: f"'{text}'"),
)
_VALUES = st.recursive(
    st.one_of(_STRINGS, st.none()),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(_KEYS, inner, max_size=3)),
    max_leaves=6,
)
_GAPS = st.sampled_from(["", " ", "\n", " # a = [ ' \n", "\n\n\t"])


@given(st.dictionaries(_KEYS, st.dictionaries(_KEYS, _VALUES, max_size=3), max_size=4), _GAPS, st.booleans())
def test_every_key_is_where_it_was_put(content: dict[str, dict[str, object]], gap: str, several: bool) -> None:
    writer = _Writer()
    for name, table in content.items():
        way: Keys = (name, 0) if several else (name,)
        writer.put("", (name,))
        header = f"[{_string(name)}]"
        writer.put(f"[{header}]" if several else header, way)
        writer.put("  # [x]\n")
        for key, value in table.items():
            writer.put(gap.strip(" \t"))
            writer.put(f"{_string(key)} = ", (*way, key))
            writer.value(value, (*way, key), gap)
            writer.put("\n")
    tomllib.loads(writer.text)
    assert lines_of(writer.text) == writer.lines


def test_what_is_not_there_is_where_its_table_is(tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_text("\n[a]\nb = 1\n", encoding="utf-8")
    file = TomlFile(tmp_path / "x.toml")
    assert file.line(("a", "zzz")) == 2
    assert file.line(("zzz",)) == 0


BROKEN = [
    ("no TOML", b"a = 1\nb = [[[\n", "x.toml:2: is not valid TOML: Invalid value"),
    ("a key twice", b"a = 1\na = 2\n", "x.toml:2: is not valid TOML: Cannot overwrite a value"),
    ("nested deeply", b"a = " + b"[" * 100_000, "x.toml: is not valid TOML: nested too deeply"),
    ("bytes that are no text", b"a = 1\nb = '\xff'\n", "x.toml:2: is not UTF-8 (byte 11). Save it as UTF-8."),
    ("far too large", b"#" * (LARGEST + 1), "x.toml: is larger than 1 MB: this is no configuration."),
]


@pytest.mark.parametrize(("data", "message"), [case[1:] for case in BROKEN], ids=[case[0] for case in BROKEN])
def test_a_file_that_cannot_be_read_is_told_with_its_line(
    data: bytes, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "x.toml").write_bytes(data)
    with pytest.raises(ConfigError) as raised:
        TomlFile(tmp_path / "x.toml")
    assert str(raised.value).startswith(message)


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="is no file"):
        TomlFile(tmp_path)
