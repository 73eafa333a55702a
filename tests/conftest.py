"""For the whole suite: no test reaches the network, unless it is marked `index`."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

_LOCAL = getattr(socket, "AF_UNIX", None)


class NetworkBlockedError(OSError):
    """Something in a test reached for the network."""


class _LocalSocket(socket.socket):
    def __init__(self, family: int = -1, *args: object, **options: object) -> None:
        if _LOCAL is None or family != _LOCAL:
            raise NetworkBlockedError("tests run without network; mark those that need the package index `index`")
        super().__init__(family, *args, **options)  # type: ignore[arg-type]


def _no_names(*_: object, **__: object) -> None:
    raise NetworkBlockedError("tests run without network, name servers included")


@pytest.fixture(autouse=True)
def _no_network(request: pytest.FixtureRequest) -> Iterator[None]:
    if request.node.get_closest_marker("index"):
        yield
        return
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket, "socket", _LocalSocket)
        patch.setattr(socket, "getaddrinfo", _no_names)
        yield


def pytest_addoption(parser: pytest.Parser) -> None:
    """`pytest --rewrite` writes golden files anew, for review with git diff."""
    parser.addoption("--rewrite", action="store_true", help="write golden files anew instead of comparing with them")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[Path, str], None]:
    """Compares a text with a golden file, or writes the file where --rewrite is given."""

    def compare(path: Path, text: str) -> None:
        if request.config.getoption("--rewrite"):
            path.write_text(text, encoding="utf-8", newline="\n")
        assert text == path.read_text(encoding="utf-8"), (
            f"{path.name} differs; look at the change with pytest --rewrite"
        )

    return compare
