"""The console script and `python -m copylint`."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line on sys.argv and exit with its code."""
    try:
        from copylint.cli import run

        code = run(sys.argv[1:])
    except KeyboardInterrupt:  # while we were still being imported
        code = 130
    sys.exit(code)


if __name__ == "__main__":
    main()
