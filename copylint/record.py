"""Plain data without generated code.

A NamedTuple or a dataclass is compiled from source text each time its module is imported: 150 µs a class, 8 ms of each
start of copylint. A record says the same in 15 µs.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self, dataclass_transform


@dataclass_transform(frozen_default=True)
class Record:
    """Base of immutable records: the annotated names of a subclass are its fields, in their order.

    Fields are given by position or by name; records of one class with equal fields are equal. Unlike a tuple, a record
    has no order and cannot be taken apart.
    """

    _fields: ClassVar[tuple[str, ...]] = ()
    _field_defaults: ClassVar[Mapping[str, Any]] = {}

    def __init_subclass__(cls) -> None:
        fields = cls.__dict__.get("__annotations__", {})  # noqa: RUF063 - no import of inspect for names alone
        cls._fields = (*cls._fields, *fields)
        given = {name: cls.__dict__[name] for name in fields if name in cls.__dict__}
        cls._field_defaults = {**cls._field_defaults, **given}

    def __init__(self, *values: Any, **named: Any) -> None:
        """Raises TypeError for a field that is missing, unknown or given twice."""
        given = self.__dict__
        given.update(zip(self._fields, values))  # noqa: B905 - lengths are compared below
        if named or len(values) != len(self._fields):
            self._complete(len(values), named)

    def _complete(self, count: int, named: dict[str, Any]) -> None:
        fields, given = self._fields, self.__dict__
        if count > len(fields):
            raise TypeError(f"{type(self).__name__} has {len(fields)} fields, {count} were given")
        for name, value in named.items():
            if name not in fields or name in given:
                raise TypeError(f"{type(self).__name__}: {name} is no field of it, or was given twice")
            given[name] = value
        if len(given) < len(fields):
            for name in fields:
                if name not in given:
                    if name not in self._field_defaults:
                        raise TypeError(f"{type(self).__name__} lacks {name}")
                    given[name] = self._field_defaults[name]

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__} cannot be changed; make another one with _replace")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"{type(self).__name__} cannot be changed; make another one with _replace")

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and self._values() == other._values()

    def __hash__(self) -> int:
        return hash(self._values())

    def __repr__(self) -> str:
        inside = ", ".join(f"{name}={value!r}" for name, value in zip(self._fields, self._values(), strict=True))
        return f"{type(self).__name__}({inside})"

    def _values(self) -> tuple[Any, ...]:
        given = self.__dict__
        return tuple([given[name] for name in self._fields])

    def _asdict(self) -> dict[str, Any]:
        """The values by name, in the order of the fields."""
        return dict(zip(self._fields, self._values(), strict=True))

    def _replace(self, **changes: Any) -> Self:
        """A record like this one, with other values in some fields. Raises TypeError for an unknown field."""
        return type(self)(**{**self.__dict__, **changes})
