"""The units a column or an indicator may have, each with its label in bokmål.

A column without a unit (codes, names, keys) has the unit `None`.
"""

UNITS: dict[str, str] = {
    "NOK": "kroner",
    "1000 NOK": "1000 kroner",
    "mill NOK": "millioner kroner",
    "NOK per innb 0-17": "kroner per innbygger 0–17 år",
    "NOK per måned": "kroner per måned",
    "innbyggere": "innbyggere",
    "barn": "barn",
    "meldinger": "meldinger",
    "per 1000": "per 1000 innbyggere 0–17 år",
    "barn per årsverk": "barn per årsverk",
    "andel": "andel",
    "ratio": "forholdstall",
    "prosentpoeng": "prosentpoeng",
    "år": "år",
    "antall": "antall",
    "personer": "personer",
    "stillinger": "stillinger",
    "årsverk": "årsverk",
    "fosterhjem": "fosterhjem",
    "plasseringer": "plasseringer",
    "flyttinger": "flyttinger",
    "kjøp": "kjøp",
    "leverandører": "leverandører",
    "dager": "dager",
    "døgn": "døgn",
    "måneder": "måneder",
    "NOK/døgn": "kroner per døgn",
    "blandet": "se enheten i samme rad",
}


def unit_label(unit: str) -> str:
    """The label in bokmål. Raises KeyError for a unit outside the register."""
    return UNITS[unit]
