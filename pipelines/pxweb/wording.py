"""Other people's words, made fit to be shown."""


def plain(text: str) -> str:
    """A text of somebody else's on one line, without what could move a terminal's cursor, and not long."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())[:200]
