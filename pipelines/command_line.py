"""The command line: finds the command's module, reads its arguments, turns errors into messages and exit codes.

A command is a module in `pipelines/commands` with HELP, NEEDS_HOME, add_arguments and run. Heavy libraries are imported
inside run, so that help and small commands start at once.
"""

import argparse
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from types import ModuleType

from pipelines.bokmaal_parser import BokmaalParser
from pipelines.exit_codes import OUR_FAULT, WRONG_USAGE
from pipelines.settings import default_home


def command_names() -> list[str]:
    """The commands there are, by name."""
    import pipelines.commands

    return sorted(module.name for module in iter_modules(pipelines.commands.__path__))


def command_module(name: str) -> ModuleType:
    """The module behind a command."""
    return import_module(f"pipelines.commands.{name}")


def parser_for(name: str | None) -> argparse.ArgumentParser:
    """The parser. Only the command asked for is imported in full; without one, all are, to print their help."""
    parser = BokmaalParser(
        prog="folgeeval", description="Dataplattform for følgeevalueringen av forsøket i barnevernet.",
        epilog="Kjør «folgeeval KOMMANDO --help» for hjelp om én kommando.")
    commands = parser.add_subparsers(dest="command", metavar="KOMMANDO", required=True)
    for command in [name] if name else command_names():
        module = command_module(command)
        sub = commands.add_parser(command, help=module.HELP, description=module.HELP)
        if module.NEEDS_HOME:
            sub.add_argument("--home", type=Path, default=None, metavar="MAPPE",
                             help="hjemmet (ellers FOLGEEVAL_HOME, ellers ./data)")
        module.add_arguments(sub)
    return parser


def main(arguments: list[str] | None = None) -> int:
    """Runs one command and returns its exit code."""
    given = sys.argv[1:] if arguments is None else arguments
    if not given:
        parser_for(None).print_help(sys.stderr)
        return WRONG_USAGE
    named = given[0] if given and given[0] in command_names() else None
    if given and named is None and not given[0].startswith("-"):
        print(f"folgeeval: kommandoen «{given[0]}» finnes ikke. Kommandoene er {', '.join(command_names())}.",
              file=sys.stderr)
        return WRONG_USAGE
    parsed = parser_for(named).parse_args(given)
    module = command_module(parsed.command)
    if module.NEEDS_HOME and parsed.home is None:
        parsed.home = default_home()
    if module.NEEDS_HOME and parsed.home.exists() and not parsed.home.is_dir():
        print(f"folgeeval: {parsed.home} er en fil; --home skal være en mappe.", file=sys.stderr)
        return WRONG_USAGE
    with _visible_output():
        return _run(module, parsed)


@contextmanager
def _visible_output() -> Iterator[None]:
    """While a command runs, nothing from a delivery can command the terminal it is shown in."""
    from warehouse.harmless_text import VisibleStream

    with redirect_stdout(VisibleStream(sys.stdout)), redirect_stderr(VisibleStream(sys.stderr)):
        yield


def _run(module: ModuleType, parsed: argparse.Namespace) -> int:
    """Known errors become one message; anything else is our fault and shows its traceback."""
    from assets.corrections import CorrectionsRefused
    from assets.hold_back_list import HoldBackRefused
    from pipelines.failures import RefreshFailed, WrongUsage
    from warehouse.database import DatabaseTrouble, NoWarehouse
    from warehouse.durable import is_full_disk
    from warehouse.lock import WarehouseBusy

    try:
        return module.run(parsed)
    except (NoWarehouse, WrongUsage, CorrectionsRefused, HoldBackRefused) as error:
        print(f"folgeeval: {error}", file=sys.stderr)
        return WRONG_USAGE
    except (WarehouseBusy, RefreshFailed) as error:
        print(f"folgeeval: {error}", file=sys.stderr)
        return OUR_FAULT
    except BrokenPipeError:
        # Whoever read the output has seen enough; Python must not try to flush what is left.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except (OSError, DatabaseTrouble) as error:
        if not is_full_disk(error):
            raise
        print("folgeeval: disken er full. Det som var skrevet helt, står; ingenting halvt er tatt vare på, og filer som ikke "
              "ble tatt inn, ligger i innboksen. Gjør plass og kjør kommandoen på nytt.", file=sys.stderr)
        return OUR_FAULT


if __name__ == "__main__":
    sys.exit(main())
