"""Records: plain data that behaves as a named tuple would, but for what makes it a tuple."""

from __future__ import annotations

import pytest

from copylint.record import Record


class Place(Record):
    line: int
    column: int = 1
    names: tuple[str, ...] = ()

    @property
    def shown(self) -> str:
        return f"{self.line}:{self.column}"


class Named(Place):
    name: str = "x"


def test_fields_are_given_by_position_or_by_name() -> None:
    assert Place(3, 4).shown == Place(column=4, line=3).shown == "3:4"
    assert Place(3).column == 1
    assert Named(1, 2, ("a",), "y").name == "y"
    assert Named._fields == ("line", "column", "names", "name")


@pytest.mark.parametrize(
    ("values", "named"),
    [((), {}), ((1, 2, (), 4), {}), ((1,), {"line": 2}), ((1,), {"row": 2}), ((), {"column": 2})],
)
def test_missing_unknown_and_double_fields_are_errors(values: tuple[object, ...], named: dict[str, object]) -> None:
    with pytest.raises(TypeError):
        Place(*values, **named)  # type: ignore[arg-type]


def test_equal_fields_make_equal_records_of_one_class_only() -> None:
    assert Place(1, 2) == Place(1, 2) != Place(1, 3)
    assert hash(Place(1, 2)) == hash(Place(1, 2))
    assert Named(1, 2) != Place(1, 2)
    assert Place(1) != (1, 1, ())


def test_a_record_cannot_be_changed() -> None:
    place = Place(1)
    with pytest.raises(AttributeError):
        place.line = 2  # type: ignore[misc]
    with pytest.raises(AttributeError):
        del place.line
    other = place._replace(line=2)
    assert (place.line, other.line, other.column) == (1, 2, 1)
    with pytest.raises(TypeError):
        place._replace(row=1)


def test_what_is_shown_of_it() -> None:
    assert repr(Place(1, 2)) == "Place(line=1, column=2, names=())"
    assert list(Place(1)._asdict().items()) == [("line", 1), ("column", 1), ("names", ())]
    assert Place._field_defaults == {"column": 1, "names": ()}
