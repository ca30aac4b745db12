"""When it runs, with what, and who is told: settings, the refresh plan, Dagster definitions, the command line."""
