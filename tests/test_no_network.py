"""copylint never reaches for the network: not in the suite, and not as its user runs it."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

COPY = """# Fat freezing

The fat is gone for good and the treatment is a miracle. Ask your doctor about [freezing](https://clinic.example).
"""
REFUSING = """
import socket, sys

def refuse(*_, **__):
    sys.stderr.write("REACHED FOR THE NETWORK\\n")
    raise OSError("no network")

socket.socket.__init__ = refuse
socket.getaddrinfo = socket.gethostbyname = socket.create_connection = refuse
sys.argv[0] = "copylint"
from copylint.__main__ import main
main()
"""


def test_the_suite_itself_cannot_open_a_connection() -> None:
    with pytest.raises(OSError, match="without network"):
        socket.create_connection(("localhost", 9), timeout=1)


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="no local sockets on this system")
def test_local_sockets_stay_open_to_the_suite() -> None:
    one, other = socket.socketpair()
    with one, other:
        one.sendall(b"x")
        assert other.recv(1) == b"x"


@pytest.mark.parametrize("verb", [["check", "-f", "json", "page.md"], ["why", "page.md"], ["explain", "hype"]])
def test_the_command_works_in_a_process_whose_sockets_refuse(verb: list[str], tmp_path: Path) -> None:
    """With an empty cache too, so that the compilation of the rules is held to it as well."""
    (tmp_path / "page.md").write_text(COPY, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", REFUSING, *verb],
        cwd=tmp_path,
        env={**os.environ, "COPYLINT_CACHE_DIR": str(tmp_path / "cache")},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode in (0, 1), done.stderr
    assert "REACHED FOR THE NETWORK" not in done.stderr
    if verb[0] == "check":
        assert json.loads(done.stdout)["files"][0]["findings"]
