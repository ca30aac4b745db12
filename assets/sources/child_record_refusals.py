"""The rules a file of form 15F can break at the door, beside those shared by the readers. Names only."""

STEM = "child_records"

BROKEN_XML = "F60"
UNSAFE_XML = "F61"
OTHER_ROOT = "F62"
NO_SENDER = "F63"
TOO_LARGE = "F64"
