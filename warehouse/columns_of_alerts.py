"""The columns of the messages about findings: what waits in the outbox, what has left, who knows what."""

from warehouse.column import Column
from warehouse.constraints import Between, Matches, OneOf

OUTBOX_STATES = ("waiting", "sent", "given_up")
CHANNELS = ("email", "teams", "slack", "file")

COLUMNS_OF_ALERTS = (
    Column("recipient", "VARCHAR", "Mottaker", "Kommunen (enhetskode), evaluators eller bufdir, som meldingen er til."),
    Column("told_at", "TIMESTAMP", "Meldt", "Når meldingen som gjelder funnet, ble lagt i kø for mottakeren."),
    Column("message_id", "VARCHAR", "Melding", "Nøkkelen meldingen har i alle kanaler; den samme hver gang den prøves.",
           constraints=(Matches(r"[0-9a-f]{32}", "32 heksadesimale tegn."),)),
    Column("created_at", "TIMESTAMP", "Laget", "Når meldingen ble laget og lagt i kø."),
    Column("content_sha256", "VARCHAR", "Innholdssum", "SHA-256 av meldingens innhold.",
           constraints=(Matches(r"[0-9a-f]{64}", "64 heksadesimale tegn."),)),
    Column("message_body", "VARCHAR", "Innhold", "Meldingens innhold som JSON; kommunens egne celler kan stå der, så det "
           "er på evaluators nivå og aldri i en utgivelse."),
    Column("outbox_state", "VARCHAR", "Sendetilstand", "Om meldingen venter (waiting), er tatt imot av kanalen (sent) "
           "eller er gitt opp (given_up).", constraints=(OneOf(OUTBOX_STATES),)),
    Column("attempt_count", "INTEGER", "Forsøk", "Hvor mange ganger meldingen er forsøkt sendt.", "antall", (Between(0),)),
    Column("next_attempt_at", "TIMESTAMP", "Neste forsøk", "Når meldingen tidligst prøves igjen."),
    Column("channel", "VARCHAR", "Kanal", "Kanalen meldingen sist ble prøvd i.", constraints=(OneOf(CHANNELS),)),
    Column("settled_at", "TIMESTAMP", "Avgjort", "Når meldingen ble tatt imot eller gitt opp."),
    Column("last_error", "VARCHAR", "Siste feil", "Hvorfor meldingen ikke kom frem sist, uten hemmeligheter."),
    Column("withheld_since", "TIMESTAMP", "Holdt tilbake siden", "Når nyheter til mottakeren begynte å vente."),
    Column("withheld_count", "INTEGER", "Holdt tilbake", "Hvor mange nye funn som venter på neste melding.", "antall",
           (Between(1),)),
)
