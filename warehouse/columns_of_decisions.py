"""The columns that decisions about findings bring. A part of `columns.py`."""

from warehouse.column import Column
from warehouse.constraints import Between, OneOf

DECISIONS = ("explain", "accept", "reopen")
ROLES = ("evaluator", "kommune", "bufetat", "bufdir")

COLUMNS_OF_DECISIONS = (
    Column("decision_number", "INTEGER", "Avgjørelse", "Løpenummer; avgjørelser legges til og endres aldri.",
           constraints=(Between(1),)),
    Column("decision", "VARCHAR", "Hva som er avgjort", "explain: funnet er forklart; accept: det aksepteres til en dag; "
           "reopen: det er åpent igjen.", constraints=(OneOf(DECISIONS),)),
    Column("decided_by", "VARCHAR", "Avgjort av", "Rollen til den som avgjorde, aldri et navn.",
           constraints=(OneOf(ROLES),)),
    Column("decided_at", "TIMESTAMP", "Avgjort", "Når det ble avgjort; det er kjent fra da."),
)
