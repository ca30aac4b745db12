"""Files of accounts drawn from small pools of codes and amounts, in which most rules are broken now and then."""

from random import Random

from expectations.kostra_accounts.account_line import AccountLine
from expectations.kostra_accounts.code_lists import form_of

# A form, its years, quarters ("-" annual), regions and organisation numbers ("-" none).
KINDS = """
    0A | 2015 2018 2019 2021 2024 2026 | - | 201200 030105 160100 | -
    0A | 2021 2026                     | - | 030100 211100 501400 | -
    0A | 2021 2025                     | 1 4 | 201200 | -
    0B | 2018 2021                     | - 2 | 201200 | -
    0C | 2021                          | - | 340000   | -
    0D | 2021                          | - | 340000   | -
    0F | 2022                          | - | 201200   | 987654321 -
    0I | 2022                          | - | 030100   | 958935420 987654321
    0M | 2022                          | - | 460100   | -
    0X | 2022                          | - | 030100   | 928033821 987654321
    0Y | 2022                          | - | 030100   | 987654321
    0E | 2021                          | - | 201200   | -
"""
FUNCTIONS = ("041 089 100 190 244 252 254 285 290 400 465 600 620 800 840 841 850 860 870 880 899 999 10 16 25 29 31 99 "
             "5900 5970 9100 9999 Z").split() + ["", " 252", "252\xa0"]
SPECIES = ("000 010 070 080 100 190 195 200 230 240 280 285 290 298 299 320 380 390 465 490 520 529 530 570 580 589 590 600 "
           "620 650 660 670 729 750 780 790 798 800 830 850 865 870 900 910 920 921 970 980 989 990").split() + ["10 ", "01\xa0"]
FAVOURED = {
    "0A": "860:990 252:590 870:590", "0C": "860:990 465:200 465:700", "0X": "400:300 252:320", "0Y": ":190 :195 :100",
    "0F": "041:590 045:990 041:380 041:390 043:790 041:465 044:865 089:010",
}
"""Functions with the species that rules of the form ask for together."""
AMOUNTS = (0, 1, -1, 5, 10, 11, -11, 29, 30, 31, -30, -31, 50, 51, 100, 101, -101)
LENGTHS = (1, 2, 3, 5, 8)


def kinds() -> list[tuple[str, int, str | None, str, tuple[str | None, ...]]]:
    """Form, year, quarter, region and the organisation numbers a file may hold."""
    rows = [[part.split() for part in row.split("|")] for row in KINDS.strip().splitlines()]
    return [(form, int(year), None if quarter == "-" else quarter, region,
             tuple(None if number == "-" else number for number in numbers))
            for [form], years, quarters, regions, numbers in rows
            for year in years for quarter in quarters for region in regions]


def drawn_files(seed: int, of_each_kind: int) -> list[list[AccountLine]]:
    rng = Random(seed)
    return [drawn_file(rng, *kind) for kind in kinds() for _ in range(of_each_kind)]


def drawn_file(rng: Random, form: str, year: int, quarter: str | None, region: str,
               org_numbers: tuple[str | None, ...]) -> list[AccountLine]:
    """A few lines; half of the files are then made to balance, and one in twenty-five has a line with another key."""
    classes = sorted(form_of(form).account_classes) or [" "]
    lines = []
    for number in range(1, rng.choice(LENGTHS) + 1):
        org_number = rng.choice(org_numbers)
        favoured = rng.choice(FAVOURED.get(form, "252:010").split()).split(":")
        codes = favoured if rng.random() < 0.3 else (rng.choice(FUNCTIONS), rng.choice(SPECIES))
        lines.append(AccountLine(
            number, form, year, quarter, region, org_number, rng.choice((None, None, None, org_number, "111111111")),
            rng.choice(classes * 9 + ["7"]), *codes, float(rng.choice(AMOUNTS))))
    if rng.random() < 0.2:
        lines.append(lines[-1]._replace(line_number=len(lines) + 1))
    if rng.random() < 0.5:
        lines += [lines[0]._replace(line_number=len(lines) + number, account_class=account_class, species_code="800",
                                    function_code="840", amount_thousand_nok=-_sum_of(lines, account_class))
                  for number, account_class in enumerate(classes, 1)]
    if rng.random() < 0.04:
        other = rng.choice(({"form_code": "0B"}, {"accounting_year": 2017}, {"quarter": "3"}, {"region_code": "062700"}))
        lines[-1] = lines[-1]._replace(**other)
    return lines


def _sum_of(lines: list[AccountLine], account_class: str) -> float:
    return sum(line.amount_thousand_nok for line in lines if line.account_class == account_class)
