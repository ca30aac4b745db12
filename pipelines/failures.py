"""Faults that come with a message of their own instead of a traceback."""


class RefreshFailed(Exception):
    """A run failed. The message says where, what stands, and what to do."""


class WrongUsage(ValueError):
    """What was asked for cannot be: an unknown code, a date that is none. The message says what to write instead."""


class FetchFailed(Exception):
    """A service did not answer, or not with anything that can be used. The message says what, and what to do."""
