"""The keys that tell interviews and coders apart without telling who they are.

An interview of a project is known by its GUID there; one of a table, which has none, by its name in the table.
"""

import hashlib
import unicodedata

from assets.sources.refi_xml import guid

KEY_LENGTH = 16


def document_key(identity: str) -> str:
    """The key of an interview by its GUID or `table_identity`."""
    return _key("document", identity)


def coder_key(identity: str | None) -> str | None:
    """The key of a coder; None where nobody is said to have coded."""
    return _key("coder", identity) if identity else None


def table_identity(name: str) -> str:
    """A document's name as tables are compared: composed letters, single spaces, small letters."""
    return " ".join(unicodedata.normalize("NFC", name).split()).casefold()


def keys_meant(text: str) -> list[str]:
    """Every key that a person may mean by a text: a key itself, a GUID, or a document's name in a table."""
    given = text.strip()
    keys = [document_key(guid(given) or ""), document_key(table_identity(given))]
    return [given.lower(), *keys] if is_key(given) else keys


def is_key(text: str) -> bool:
    return len(text) == KEY_LENGTH and set(text.lower()) <= set("0123456789abcdef")


def _key(kind: str, identity: str) -> str:
    return hashlib.sha256(f"{kind}:{identity}".encode()).hexdigest()[:KEY_LENGTH]
