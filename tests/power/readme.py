"""The README's section on power, written from the figures kept."""

import re
from pathlib import Path

from tests.power.power import Power
from tests.power.table import section

README = Path(__file__).parents[2] / "README.md"
_SECTION = re.compile(r"## Kraft\n.*?(?=\n## )", flags=re.DOTALL)


def section_in_readme() -> str:
    """The section as it stands."""
    found = _SECTION.search(README.read_text(encoding="utf-8"))
    return found.group() if found else ""


def keep_in_readme(power: Power) -> None:
    """Writes the section anew."""
    text = README.read_text(encoding="utf-8")
    README.write_text(_SECTION.sub(lambda _: section(power), text, count=1), encoding="utf-8")
