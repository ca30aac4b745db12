"""What a command's exit code says. When several apply, the highest wins."""

FINE = 0
OUR_FAULT = 1
WRONG_USAGE = 2
FAULTS_FOUND = 10
"""`check` and `findings` found something of level feil or worse."""
REFUSED = 11
"""A delivery was refused, a file could not be read, or a table could not be fetched."""
WE_ARE_WRONG = 12
"""`reproduce` got another number than the printed one."""
