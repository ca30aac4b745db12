"""The rival of loading accounts: one bare DuckDB script that writes the same columns to the same two tables.

No register, no judgement of a line, no constraint held, no delivery in force: read_csv cuts the lines, which are
numbered as they come and stand in their file where its size says, and core is copied from raw. Of the ways tried it is
the fastest that gives the right line numbers (a window by file is slower, and numbers some files from their middle).

python plain_accounts.py FOLDER DATABASE

Prints seconds by step, processor seconds, lines, and the most memory held (MB), as JSON.
"""

import json
import os
import sys
import time
from pathlib import Path

import duckdb
from peak_memory import peak_mebibytes

BYTES_A_LINE = 49
TABLES = """
CREATE SCHEMA raw; CREATE SCHEMA core;
CREATE TABLE raw.kostra_accounts_line (
    delivery_id INTEGER, line_number INTEGER, form_code VARCHAR, accounting_year INTEGER, quarter VARCHAR,
    region_code VARCHAR, org_number VARCHAR, company_number VARCHAR, account_class VARCHAR, function_code VARCHAR,
    species_code VARCHAR, amount_thousand_nok DOUBLE);
CREATE TABLE core.account_line (
    unit_code VARCHAR, source_municipality_code VARCHAR, accounting_year INTEGER, account_class VARCHAR,
    function_code VARCHAR, species_code VARCHAR, amount_thousand_nok DOUBLE, is_internal BOOLEAN, delivery_id INTEGER,
    line_number INTEGER);
"""
DELIVERY = """
CREATE TEMP TABLE delivery AS
SELECT file, delivery_id, CAST(sum(lines) OVER (ORDER BY delivery_id) - lines AS INTEGER) AS lines_before
FROM (SELECT unnest(?) AS file, unnest(?) AS delivery_id, unnest(?) AS lines)
"""
RAW = """
INSERT INTO raw.kostra_accounts_line
SELECT delivery.delivery_id, number - lines_before, substring(text, 1, 2), CAST(substring(text, 3, 4) AS INTEGER),
    nullif(substring(text, 7, 1), ' '), substring(text, 8, 6), nullif(substring(text, 14, 9), '         '),
    nullif(substring(text, 23, 9), '         '), substring(text, 32, 1), rtrim(substring(text, 33, 4)),
    substring(text, 37, 3), CAST(substring(text, 40, 9) AS DOUBLE)
FROM (
    SELECT text, filename, row_number() OVER () AS number
    FROM read_csv($files, columns = {'text': 'VARCHAR'}, header = false, auto_detect = false, delim = chr(1),
        quote = '', escape = '', filename = true)
)
INNER JOIN delivery ON delivery.file = filename
"""
CORE = """
INSERT INTO core.account_line
SELECT substring(region_code, 1, 4), substring(region_code, 1, 4), accounting_year, account_class, function_code,
    species_code, amount_thousand_nok, false, delivery_id, line_number
FROM raw.kostra_accounts_line WHERE form_code = '0A' AND quarter IS NULL
"""


def main(folder: str, database: str) -> dict:
    connection = duckdb.connect(database)
    connection.execute(TABLES)
    marks, processor = [time.perf_counter()], time.process_time()
    files = sorted(map(str, Path(folder).glob("*/*.dat")), key=os.path.basename)
    connection.execute(DELIVERY, [files, [int(os.path.basename(file)[:5]) for file in files],
                                  [os.path.getsize(file) // BYTES_A_LINE for file in files]])
    (lines,) = connection.execute(RAW, {"files": files}).fetchone()
    marks.append(time.perf_counter())
    connection.execute(CORE)
    connection.close()
    marks.append(time.perf_counter())
    return {"raw": marks[1] - marks[0], "core": marks[2] - marks[1], "lines": lines,
            "processor": time.process_time() - processor}


if __name__ == "__main__":
    done = main(sys.argv[1], sys.argv[2])
    print(json.dumps({**done, "memory": peak_mebibytes()}))
