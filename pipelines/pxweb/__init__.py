"""Fetching a table from a statistics bank (PxWebApi v0 and v2), only when somebody asks with `folgeeval fetch`.

Nothing else may import this package: a refresh reads files and never asks for any.
"""
