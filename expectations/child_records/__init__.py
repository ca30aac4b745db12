"""SSB's rules for form 15F: one function a rule, on one individual at a time; nothing that tells who it is comes in here.

`RecordCheck` gathers what they find over a whole file.
"""

from expectations.child_records.check import RecordCheck

__all__ = ["RecordCheck"]
