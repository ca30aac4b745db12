"""Accounts of every municipality for twenty years, straight into raw: whole accounts, and here and there a fault.

Codes are valid for their year, sums add up; one delivery in twenty has a fault, one in five a line that is worth a look.
The amounts come from a hash and tell nothing of any municipality; the municipality codes exist nowhere.
"""

from collections.abc import Iterable

from expectations.kostra_accounts import code_lists, screen
from expectations.kostra_accounts.account_line import AccountLine, Accounts
from expectations.kostra_accounts.check import RULES
from warehouse.database import Connection, one

MUNICIPALITIES, FIRST_CODE, FIRST_YEAR, YEARS = 357, 7000, 2003, 20
OPERATION_LINES, INVESTMENT_LINES = 2400, 400
"""About as many in a file."""
NOT_DRAWN_FUNCTIONS = frozenset("190 290 465".split())
NOT_DRAWN_SPECIES = frozenset("290 298 490 570 590 790 798 970 990".split())

# What makes the sums add up: class, function, species, thousand NOK. The last two of each class take up the rest.
FIXED = (("1", "252", "590", 300), ("1", "860", "990", -300), ("1", "880", "570", 100), ("1", "800", "870", -90000),
         ("0", "880", "970", -100), ("0", "222", "230", 90000))
REST = (("1", "840", "800"), ("0", "870", "910"))

# Of every hundred deliveries the first five have a line more than they should, and every fifth lines worth a look.
FAULTS = (("1", "999", "010", 7), ("1", "244", "010", 5000), ("1", "252", "970", 40), ("0", "800", "870", 40),
          ("1", "841", "300", 9))
WORTH_A_LOOK = (("1", "100", "230", 3), ("1", "100", "285", 3))

FILL = f"""
INSERT INTO {{table}}
WITH delivery AS (
    SELECT {FIRST_CODE} + unnest(range({MUNICIPALITIES})) AS code, ? AS year,
        (code - {FIRST_CODE}) * {YEARS} + year - {FIRST_YEAR} + 1 AS delivery_id
),
drawn AS (
    SELECT delivery_id, class, function, species, hash(delivery_id, function, species, class) AS chance
    FROM delivery CROSS JOIN (SELECT unnest(?) AS class, unnest(?) AS function, unnest(?) AS species)
),
posted AS (
    SELECT delivery_id, class, function, species,
        CAST(CASE WHEN species < '600' THEN 1 + chance // 20000 % 999 ELSE -1.0 - chance // 20000 % 400 END AS DOUBLE) AS amount
    FROM drawn WHERE chance % 20000 < CASE class WHEN '1' THEN {{of_operation}} ELSE {{of_investment}} END
    UNION ALL
    SELECT delivery_id, fixed.* FROM delivery CROSS JOIN (VALUES {', '.join(map(str, FIXED))}) AS fixed
),
whole AS (
    SELECT * FROM posted
    UNION ALL
    SELECT delivery_id, class, rest.function, rest.species, -sum(amount)
    FROM posted INNER JOIN (VALUES {', '.join(map(str, REST))}) AS rest (class, function, species) USING (class)
    GROUP BY ALL
    UNION ALL
    SELECT delivery_id, fault.* EXCLUDE (number)
    FROM delivery INNER JOIN (VALUES {', '.join(str((number, *line)) for number, line in enumerate(FAULTS))})
        AS fault (number, class, function, species, amount) ON number = code % 100
    UNION ALL
    SELECT delivery_id, worth.* FROM delivery CROSS JOIN (VALUES {', '.join(map(str, WORTH_A_LOOK))}) AS worth
    WHERE (code + year) % 5 = 0
)
SELECT delivery_id, row_number() OVER (PARTITION BY delivery_id ORDER BY class DESC, function, species), '0A', ?,
    NULL, CAST({FIRST_CODE} + (delivery_id - 1) // {YEARS} AS VARCHAR) || '00', NULL, NULL, class, function, species, amount
FROM whole ORDER BY delivery_id, 2
"""


def lines_of(year: int) -> list[tuple[str, str, str]]:
    """Class, function and species of every line that breaks no rule of lines in an ordinary municipality's 0A."""
    kind = Accounts((), "0A", year, None, screen.ANY_REGION, known_org_numbers=frozenset())
    forbidden = [RULES[rule_id].lines(kind) for rule_id in screen.rules_in_force(kind) if screen.is_of_lines(rule_id)]
    fixed = {line[:3] for line in (*FIXED, *REST)}
    return [
        (account_class, function, species)
        for account_class in "10"
        for function in sorted(code_lists.functions("0A", year, False) - NOT_DRAWN_FUNCTIONS) if function < "800"
        for species in sorted(code_lists.species("0A", year, False) - NOT_DRAWN_SPECIES)
        if (account_class, function, species) not in fixed and not any(picks(AccountLine(
            1, "0A", year, None, screen.ANY_REGION, None, None, account_class, function, species, 1.0))
            for picks in forbidden)
    ]


def fill_accounts(connection: Connection, years: Iterable[int] = range(FIRST_YEAR, FIRST_YEAR + YEARS)) -> int:
    """The lines of all deliveries of these years, numbered from 1. Returns their number."""
    for year in years:
        lines = lines_of(year)
        classes, functions, species = (list(codes) for codes in zip(*lines, strict=True))
        share = {code: 20000 / classes.count(code) for code in "10"}
        connection.execute(FILL.format(
            table=screen.TABLE, of_operation=int(share["1"] * OPERATION_LINES), of_investment=int(share["0"] * INVESTMENT_LINES)),
            [year, classes, functions, species, year])
    return one(connection, f"SELECT count(*) FROM {screen.TABLE}")
