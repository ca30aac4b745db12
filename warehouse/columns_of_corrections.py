"""The columns that corrections bring. A part of `columns.py`."""

from warehouse.column import Column
from warehouse.constraints import Matches, OneOf

ACTIONS = ("override", "drop", "flag")
STATES = ("in_force", "source_changed", "not_found", "ambiguous", "conflict", "expired", "ended")

COLUMNS_OF_CORRECTIONS = (
    Column("correction_id", "VARCHAR", "Rettelse", "Rettelsens nøkkel, for eksempel 2019-003.",
           constraints=(Matches(r"[0-9A-Za-z-]{1,20}", "Bokstaver, sifre og bindestrek."),)),
    Column("place_key", "VARCHAR", "Sted i kilden", "Linjen eller cellen rettelsen gjelder: felt=verdi skilt med "
           "semikolon, over kildens egne nøkler."),
    Column("correction_action", "VARCHAR", "Handling", "override: verdien byttes; drop: linjen tas bort; flag: verdien "
           "beholdes og merkes.", constraints=(OneOf(ACTIONS),)),
    Column("corrected", "VARCHAR", "Rettet verdi", "Verdien som gjelder i stedet; et tall, eller et av tegnene for "
           "manglende tall."),
    Column("correction_reason_nb", "VARCHAR", "Grunn", "Hvorfor verdien er feil, på bokmål."),
    Column("told_to", "VARCHAR", "Meldt til", "Rollen som har fått vite om feilen."),
    Column("told_on", "DATE", "Meldt", "Dagen det ble meldt."),
    Column("valid_from", "DATE", "Gjelder fra", "Første dag rettelsen gjelder."),
    Column("recorded_by", "VARCHAR", "Registrert av", "Rollen som registrerte rettelsen."),
    Column("recorded_on", "DATE", "Registrert", "Dagen rettelsen ble registrert; den er kjent fra da."),
    Column("correction_state", "VARCHAR", "Rettelsens tilstand", "in_force er den eneste som endrer noe.",
           constraints=(OneOf(STATES),)),
    Column("delivered_text", "VARCHAR", "Levert", "Verdien slik den står i leveransen; tomt når den ikke er fylt ut."),
)
