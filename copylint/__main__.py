"""The console script and `python -m copylint`."""

from __future__ import annotations

import gc
import os
import sys
from typing import NoReturn


def main() -> None:
    """Run the command line on sys.argv and exit with its code."""
    # A run makes many objects and hardly a cycle; looking for them costs a tenth of a short run.
    gc.set_threshold(200_000, 20, 20)
    try:
        from copylint.cli import run

        code = run(sys.argv[1:])
    except KeyboardInterrupt:  # while we were still being imported
        code = 130
    _leave(code)


def _leave(code: int) -> NoReturn:
    """End the process without taking everything apart first: the system frees it all at once."""
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:  # a reader that has gone away
        code = code or 130
    os._exit(code)


if __name__ == "__main__":
    main()
