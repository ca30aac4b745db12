"""One module per command: HELP, NEEDS_HOME, add_arguments(parser), run(arguments) -> exit code."""
