"""`folgeeval dev`: Dagster's own UI on the home's instance, for whoever runs the platform."""

import argparse
import os
import sys

HELP = "Åpne Dagster på hjemmets egen instans (bare for den som drifter; flaten har ingen innlogging)."
NEEDS_HOME = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, default=3000, help="porten på denne maskinen (3000)")


def run(arguments: argparse.Namespace) -> int:
    from pipelines.dagster_runs import prepare_instance
    from pipelines.settings import home_for_child
    from warehouse.home import Home

    home = Home(arguments.home)
    prepare_instance(home)
    home_for_child(home.root)
    command = [sys.executable, "-m", "dagster", "dev", "-m", "pipelines.definitions", "-h", "127.0.0.1",
               "-p", str(arguments.port)]
    os.execv(sys.executable, command)
