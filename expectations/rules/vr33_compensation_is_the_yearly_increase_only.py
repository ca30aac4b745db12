"""VR33: compensation is the yearly increase in the block grant; the one-off grant for administration is not in it."""

from expectations.finding import Finding
from expectations.rule import Row, Rule, found_in
from expectations.wording import amount_text

# The one-off may stand as compensation in two ways: marked as one-off, or under the wrong name beside its own line.
SELECT = """
SELECT line.unit_code, unit.unit_name, CAST(line.year AS VARCHAR) AS period, line.grant_name, line.amount_thousand_nok,
    line.is_one_off, line.line_number, line.delivery_id, delivery.file_name, 'grants' AS stem, (
        SELECT min(one_off.line_number) FROM core.grant_line AS one_off
        WHERE one_off.unit_code = line.unit_code AND one_off.is_one_off AND NOT line.is_one_off
        AND one_off.amount_thousand_nok = line.amount_thousand_nok
    ) AS one_off_line
FROM core.grant_line AS line
INNER JOIN reference.grant_kind ON grant_kind.grant_name = line.grant_name AND grant_kind.is_compensation
INNER JOIN reference.unit ON unit.unit_code = line.unit_code
INNER JOIN register.delivery ON delivery.delivery_id = line.delivery_id
ORDER BY line.delivery_id, line.line_number
"""


def judge(row: Row) -> Finding | None:
    """A finding for a compensation line that is the one-off grant."""
    place = (f"{row['file_name']}, linje {row['line_number']}: {row['unit_name']}, {row['period']}. «{row['grant_name']}» på "
             f"{amount_text(row['amount_thousand_nok'])} tusen kroner")
    if row["is_one_off"]:
        says = ("er merket som engangstilskudd. Kompensasjon gis hvert år; linjen regnes ikke med. Rett navnet på "
                "tilskuddet, eller merket.")
    elif row["one_off_line"] is not None:
        says = (f"er det samme beløpet som engangstilskuddet på linje {row['one_off_line']}. Engangstilskuddet er ikke "
                "kompensasjon. Ta bort linjen hvis det er det samme tilskuddet, ellers kontroller beløpet.")
    else:
        return None
    return found_in("VR33", row, f"{place} {says}", cell=f"kompensasjon, {row['unit_code']}",
                    line_numbers=(row["line_number"],), found=amount_text(row["amount_thousand_nok"]))


RULE = Rule("VR33", SELECT, judge)
