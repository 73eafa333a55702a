"""The command line: one verb a file, imported when it is used.

Exit codes: 0 nothing open that fails the run; 1 findings that do; 2 usage, configuration, rules, unreadable input.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import cast

import click

from copylint.config import ConfigError
from copylint.nearest import did_you_mean
from copylint.rules.errors import RulesError
from copylint.version import VERSION

VERBS = ("check", "rules", "explain", "why", "test", "baseline", "claims", "config", "init")
CLEAN, FINDINGS, TROUBLE = 0, 1, 2
INTERRUPTED = 130
"""The user, or the reader of our output, does not want the rest."""


class _Verbs(click.Group):
    """A group whose commands are modules of this package with a `command` in each."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in VERBS:
            return None
        return cast(click.Command, import_module(f"copylint.cli.{cmd_name}").command)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0] if args else ""
        if name and name not in VERBS and not name.startswith("-"):
            near = did_you_mean(name, VERBS)
            if not near and Path(name).exists():
                near = f" To check it: copylint check {name}"
            ctx.fail(f'no command "{name}".{near}')
        return super().resolve_command(ctx, args)


@click.group(cls=_Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(VERSION, "-V", "--version", message="copylint %(version)s")
def cli() -> None:
    """Read medical-aesthetic marketing copy and say what a careful reviewer would send back, and why."""


def run(arguments: Sequence[str]) -> int:
    """Run a command. Returns the exit code; what goes wrong is said on stderr."""
    for stream in (sys.stdout, sys.stderr):
        # A console of a narrow encoding must not turn a finding into a crash.
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]  # a text stream of the interpreter
    try:
        code = cli.main(list(arguments), prog_name="copylint", standalone_mode=False)
        sys.stdout.flush()
        return code if isinstance(code, int) else CLEAN
    except click.ClickException as error:
        error.show()
        return TROUBLE
    except (ConfigError, RulesError) as error:
        click.echo(f"Error: {error}", err=True)
        return TROUBLE
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except SystemExit:  # click's answer to a broken pipe, its only way out in this mode
        return INTERRUPTED
    except BrokenPipeError:
        # The interpreter flushes stdout once more on its way out: give it somewhere to go.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return INTERRUPTED
    except Exception:  # a fault of ours must not look like findings, which exit code 1 of a traceback would
        import traceback

        traceback.print_exc()
        click.echo("Error: this is a fault in copylint itself; please report it with the lines above.", err=True)
        return TROUBLE
