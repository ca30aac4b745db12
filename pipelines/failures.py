"""Faults of ours that come with a message of their own instead of a traceback."""


class RefreshFailed(Exception):
    """A run failed. The message says where, what stands, and what to do."""
