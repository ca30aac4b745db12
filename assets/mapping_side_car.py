"""The mapping that lies beside a home-made workbook in the inbox, and how the two become one file before intake.

They are joined on disk, so that the register, the stores and a crash meet one file, like any other delivery.
"""

import os
from pathlib import Path

from assets.provenance_marks import side_car_of
from assets.sources.mapped_pair import MAPPING_SUFFIX, PAIR_SUFFIX, pair_in, paired
from assets.sources.workbook_archive import SUFFIXES
from warehouse.database import flush_to_disk


def mapping_of(path: Path) -> Path:
    """Where the mapping of a workbook lies, whether it has one or not."""
    return path.with_name(path.name + MAPPING_SUFFIX)


def has_mapping(path: Path) -> bool:
    """Whether the file is a workbook with a mapping beside it."""
    return path.name.lower().endswith(SUFFIXES) and mapping_of(path).is_file()


def joined(path: Path) -> Path:
    """The file to take in: the workbook and its mapping as one, in their place; any other file as it is.

    The joined file is whole on disk before either of the two is taken away, the mapping first. So a workbook that is
    left beside a joined file that holds it has been joined already.
    """
    target = path.with_name(path.name + PAIR_SUFFIX)
    if has_mapping(path):
        temporary = target.with_name(target.name + ".part")
        temporary.write_bytes(paired(path.name, path.read_bytes(), mapping_of(path).read_bytes()))
        flush_to_disk(temporary)
        os.replace(temporary, target)
        if side_car_of(path).exists():
            os.replace(side_car_of(path), side_car_of(target))
        mapping_of(path).unlink()
    elif not _holds(target, path):
        return path
    path.unlink()
    return target


def _holds(target: Path, path: Path) -> bool:
    if not (path.name.lower().endswith(SUFFIXES) and target.is_file()):
        return False
    pair = pair_in(target.read_bytes())
    return pair is not None and pair.workbook == path.read_bytes()
