"""What lies beside a table in the inbox, a mapping or a register of documents, and how they become one file before
intake.

They are joined on disk, so that the register, the stores and a crash meet one file, like any other delivery.
"""

import os
from pathlib import Path

from assets.provenance_marks import side_car_of
from assets.sources.coding_bundle import (DOCUMENTS_SUFFIX, SIDE_CARS, TABLE_SUFFIXES, TEXT_SUFFIXES, bundle_in,
                                          bundled, maps_codings)
from assets.sources.mapped_pair import MAPPING_SUFFIX, PAIR_SUFFIX
from warehouse.durable import write_whole


def mapping_of(path: Path) -> Path:
    """Where the mapping of a table lies, whether it has one or not."""
    return path.with_name(path.name + MAPPING_SUFFIX)


def beside(path: Path) -> dict[str, Path]:
    """What lies beside a table, by suffix; nothing for a file that is no table.

    A text file may be of any source: a mapping of another kind than ours is not taken for its own.
    """
    if not path.name.lower().endswith(TABLE_SUFFIXES) or path.name.lower().endswith(SIDE_CARS):
        return {}
    found = {suffix: path.with_name(path.name + suffix) for suffix in SIDE_CARS}
    is_text = path.name.lower().endswith(TEXT_SUFFIXES)
    return {suffix: side_car for suffix, side_car in found.items() if side_car.is_file()
            and not (suffix == MAPPING_SUFFIX and is_text and not maps_codings(side_car.read_bytes()))}


def joined(path: Path) -> Path:
    """The file to take in: the table and what lies beside it as one, in their place; any other file as it is.

    The joined file is whole on disk before any of the parts is taken away, the table last. So a table that is left
    beside a joined file that holds it has been joined already.
    """
    target = path.with_name(path.name + PAIR_SUFFIX)
    side_cars = beside(path)
    if not _holds(target, path, side_cars):
        if not side_cars:
            return path
        write_whole(target, bundled(path.name, path.read_bytes(),
                                    {suffix: side_car.read_bytes() for suffix, side_car in side_cars.items()}))
    if side_car_of(path).exists():
        os.replace(side_car_of(path), side_car_of(target))
    for side_car in side_cars.values():
        side_car.unlink()
    path.unlink()
    return target


def _holds(target: Path, path: Path, side_cars: dict[str, Path]) -> bool:
    """Whether the joined file holds the table, and everything that still lies beside it."""
    if not (path.name.lower().endswith(TABLE_SUFFIXES) and target.is_file()):
        return False
    bundle = bundle_in(target.read_bytes())
    if bundle is None or bundle.table != path.read_bytes():
        return False
    held = {MAPPING_SUFFIX: bundle.mapping, DOCUMENTS_SUFFIX: bundle.documents}
    return all(held[suffix] == side_car.read_bytes() for suffix, side_car in side_cars.items())
