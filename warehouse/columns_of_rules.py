"""The columns of the lists that rules hold things up against: scopes, versions, printed claims. A part of `columns.py`."""

from warehouse.column import Column
from warehouse.constraints import Matches, OneOf

_PERIOD = Matches(r"\d{4}(?:-T[123])?", "År eller tertial.")

COLUMNS_OF_RULES = (
    # the evaluation matrix
    Column("matrix_version", "VARCHAR", "Matriseversjon", "Versjonen av evalueringsmatrisen, etter rapporten den ble brukt i."),
    Column("valid_from_date", "DATE", "Gjelder fra", "Første dag versjonen gjelder."),
    Column("problemstilling_nb", "VARCHAR", "Problemstillingen", "Problemstillingens ord på bokmål."),
    # what the report says of a series
    Column("trend_id", "VARCHAR", "Utsagn", "Nøkkelen til et utsagn om en utvikling."),
    Column("origin_nb", "VARCHAR", "Sted i rapporten", "Hvor i rapporten det står."),
    Column("series_code", "VARCHAR", "Serie", "Tallrekken: nøkkeltall/<kode> eller oppholdsdager/<tiltakstype>."),
    Column("first_period", "VARCHAR", "Fra periode", "Den første perioden utsagnet gjelder.", constraints=(_PERIOD,)),
    Column("last_period", "VARCHAR", "Til periode", "Den siste perioden utsagnet gjelder.", constraints=(_PERIOD,)),
    Column("trend", "VARCHAR", "Utvikling", "Hva rapporten sier: up (øker) eller down (går ned).",
           constraints=(OneOf(("up", "down")),)),
    Column("is_every_step", "BOOLEAN", "I hver periode", "Sant når utsagnet gjelder hver periode for seg, usant når det "
           "bare gjelder fra den første til den siste."),
    Column("description_nb", "VARCHAR", "Beskrivelse", "Hva utsagnet er om, på bokmål."),
    # references in a report
    Column("reference_id", "VARCHAR", "Henvisning", "Nøkkelen til en henvisning i rapporten."),
    Column("caption_kind", "VARCHAR", "Slag", "Det som vises til: figur, tabell eller kapittel.",
           constraints=(OneOf(("figur", "tabell", "kapittel")),)),
    Column("caption_number", "VARCHAR", "Nummer", "Figurens, tabellens eller kapittelets nummer."),
    Column("subject_nb", "VARCHAR", "Innhold", "Hva det handler om, på bokmål."),
)
