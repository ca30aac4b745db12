"""SSB's rules for form 15F: one function a rule, on one individual at a time; nothing tells them who it is.

`RecordCheck` gathers what they find over a whole file.
"""

from expectations.child_records.check import RecordCheck

__all__ = ["RecordCheck"]
