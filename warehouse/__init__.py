"""What is kept, and what each column means.

Here belong units, constraints, columns, table contracts, reference data, how every room writes a number or names the
level of a finding, and the one door to DuckDB.
Nothing here knows how a table is made, judged or shown: those rooms import this one, never the reverse.
"""
