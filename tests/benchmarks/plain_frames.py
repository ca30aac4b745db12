"""The rivals of reading accounts: one file of fixed width into a frame with pandas, and with polars.

Run with the interpreter that has the library: nothing of ours is imported. No line is judged.

python plain_frames.py pandas|polars FILE  (prints seconds, lines, the sum of the amounts and memory (MB) as JSON)
"""

import json
import sys
import time

from peak_memory import peak_mebibytes

FIELDS = {"form_code": (0, 2), "accounting_year": (2, 6), "quarter": (6, 7), "region_code": (7, 13),
          "org_number": (13, 22), "company_number": (22, 31), "account_class": (31, 32), "function_code": (32, 36),
          "species_code": (36, 39), "amount_thousand_nok": (39, 48)}
NUMBERS = ("accounting_year", "amount_thousand_nok")


def with_pandas(path: str) -> tuple[float, int, int]:
    import pandas

    start = time.perf_counter()
    types = {name: "int64" if name in NUMBERS else "str" for name in FIELDS}
    frame = pandas.read_fwf(path, colspecs=list(FIELDS.values()), names=list(FIELDS), dtype=types, encoding="iso-8859-1")
    seconds = time.perf_counter() - start
    return seconds, len(frame), int(frame["amount_thousand_nok"].sum())


def with_polars(path: str) -> tuple[float, int, int]:
    import polars

    start = time.perf_counter()
    lines = polars.scan_csv(path, has_header=False, new_columns=["text"], separator="\x01", quote_char=None,
                            row_index_name="line_number", row_index_offset=1)
    cut = {name: polars.col("text").str.slice(first, end - first) for name, (first, end) in FIELDS.items()}
    frame = lines.select("line_number", **{
        name: text.str.strip_chars_start(" ").cast(polars.Int64) if name in NUMBERS else text.str.strip_chars_end(" ")
        for name, text in cut.items()}).collect()
    seconds = time.perf_counter() - start
    return seconds, frame.height, frame["amount_thousand_nok"].sum()


if __name__ == "__main__":
    found = {"pandas": with_pandas, "polars": with_polars}[sys.argv[1]](sys.argv[2])
    print(json.dumps({**dict(zip(("read", "lines", "sum"), found, strict=True)),
                      "memory": peak_mebibytes()}))
