"""Faults of sums: a part that is left out of its total."""

from random import Random

from tests.power.delivered import FORMS, Delivered, Row, is_number, number_of
from tests.power.fault import Fault, Kind, changed
from warehouse.reference_data import reference_rows

KIND = "part_left_out"


def _part_left_out(delivered: Delivered, stem: str, random: Random) -> Fault | None:
    if stem in FORMS:
        return _of_a_sum_in_a_form(delivered, stem, random)
    if stem == "bufetat":
        return _municipality_left_out_of_its_region(delivered, stem, random)
    row = random.choice(delivered.numbers(stem))
    return Fault(KIND, stem, row["delivery_id"], ((row, None),), "linjen mangler") if row[number_of(stem)] else None


def _of_a_sum_in_a_form(delivered: Delivered, stem: str, random: Random) -> Fault | None:
    """The total lacks one of its parts, or the part stands as zero beside the right total."""
    sums = [(row["total_field_id"], row["part_field_id"]) for row in reference_rows("field_part")
            if row["stem"] == stem and row["relation"] == "sum"]
    total_id, part_id = random.choice(sums)
    lines = {row["field_id"]: row for row in delivered.rows(random.choice(delivered.deliveries(stem)))}
    total, part = lines[total_id], lines[part_id]
    if not (is_number(stem, total) and is_number(stem, part) and part["value"]):
        return None
    change = (changed(total, value=total["value"] - part["value"]) if random.random() < 0.5 else changed(part, value=0.0))
    return Fault(KIND, stem, total["delivery_id"], (change,), f"{part_id} mangler i {total_id}")


def _municipality_left_out_of_its_region(delivered: Delivered, stem: str, random: Random) -> Fault | None:
    """A region's own number lacks one of its municipalities; where a region has one only, its line is missing."""
    row = random.choice(delivered.numbers(stem))
    if row["municipality_code"] is None:
        return None
    region = next((line for line in delivered.rows(row["delivery_id"]) if _is_region_of(line, row)
                   and is_number(stem, line)), None)
    if region is None:
        return Fault(KIND, stem, row["delivery_id"], ((row, None),), "linjen mangler")
    if not row["value"]:
        return None
    return Fault(KIND, stem, row["delivery_id"], (changed(region, value=region["value"] - row["value"]),),
                 "regionen uten én kommune")


def _is_region_of(line: Row, row: Row) -> bool:
    same = ("bufetat_region_code", "year", "tertial_number", "bufetat_figure_code", "measure_type_code", "unit")
    return line["municipality_code"] is None and all(line[name] == row[name] for name in same)


KINDS = (Kind(KIND, "en del mangler i totalen", ("kostra_accounts", "ledger", "tertial_reports", "data_requests",
                                                 "supplier_invoices", "bufetat"), _part_left_out),)
