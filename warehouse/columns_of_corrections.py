"""The columns of corrections. Taken into the one description of each column by `columns.py`."""

from warehouse.column import Column
from warehouse.constraints import Matches, OneOf

CORRECTION_ACTIONS = ("override", "drop", "flag")
CORRECTION_STATES = ("in_use", "source_corrected", "not_found", "ambiguous", "expired")

COLUMNS_OF_CORRECTIONS = (
    Column("correction_id", "VARCHAR", "Rettelse", "Rettelsens navn, for eksempel R-2012-1.",
           constraints=(Matches(r"[A-Za-z0-9-]{1,40}", "Bokstaver a–z, sifre og bindestrek."),)),
    Column("place_key", "VARCHAR", "Plassen", "Hvilken linje eller celle rettelsen gjelder: felt=verdi;felt=verdi, med "
           "kolonnene i råtabellen."),
    Column("correction_action", "VARCHAR", "Hva som gjøres", "override: tallet byttes ut; drop: linjen eller cellen brukes "
           "ikke; flag: tallet står, men er merket.", constraints=(OneOf(CORRECTION_ACTIONS),)),
    Column("expected_value", "VARCHAR", "Ventet levert", "Tallet eller tegnet som var levert da rettelsen ble skrevet."),
    Column("corrected_value", "VARCHAR", "Rettet til", "Tallet eller tegnet som brukes i stedet."),
    Column("told_to", "VARCHAR", "Meldt til", "Rollen til den som har fått vite om feilen, aldri et navn."),
    Column("told_on", "DATE", "Meldt dato", "Når vedkommende fikk vite om feilen."),
    Column("recorded_on", "DATE", "Skrevet", "Når rettelsen ble skrevet; før denne dagen er den ikke kjent."),
    Column("correction_state", "VARCHAR", "Tilstand", "in_use: i bruk; source_corrected: kilden er rettet; not_found: "
           "plassen finnes ikke; ambiguous: flere plasser, eller flere rettelser av plassen; expired: utløpt.",
           constraints=(OneOf(CORRECTION_STATES),)),
    Column("delivered_value", "VARCHAR", "Levert", "Tallet eller tegnet som står på plassen i leveransen som gjelder."),
)
