"""argparse in bokmål: its headings, its help for help, and what it says when the arguments are wrong."""

import argparse
from typing import NoReturn

from pipelines.exit_codes import WRONG_USAGE

_SAID = (
    ("the following arguments are required: ", "dette mangler: "),
    ("unrecognized arguments: ", "ukjente argumenter: "),
    ("expected at least one argument", "ventet minst én verdi"),
    ("expected one argument", "ventet én verdi"),
    ("invalid choice: ", "ikke blant valgene: "),
    ("(choose from ", "(velg blant "),
    ("invalid int value: ", "ikke et heltall: "),
    ("argument ", "argumentet "),
)


class BokmaalParser(argparse.ArgumentParser):
    """An argument parser whose own words are bokmål; the commands under it are of the same kind."""

    def __init__(self, **settings) -> None:
        super().__init__(**settings, add_help=False, formatter_class=_Formatter)
        self._positionals.title, self._optionals.title = "argumenter", "valg"
        self.add_argument("-h", "--help", action="help", help="vis denne hjelpen")

    def error(self, message: str) -> NoReturn:
        """Says how the command is used and what was wrong, and exits with 2."""
        for english, norwegian in _SAID:
            message = message.replace(english, norwegian)
        self.exit(WRONG_USAGE, f"{self.format_usage()}{self.prog}: {message}\n")


class _Formatter(argparse.HelpFormatter):
    def add_usage(self, usage, actions, groups, prefix=None) -> None:
        super().add_usage(usage, actions, groups, "bruk: " if prefix is None else prefix)
