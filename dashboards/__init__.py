"""What a reader sees: pure functions from published tables to figures and pages.

Nothing here reads the warehouse: what is not in the release cannot be shown.
"""
