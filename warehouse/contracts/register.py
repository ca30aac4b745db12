"""The contracts of the register: what was delivered, what became of it, and what has been told of it."""

from warehouse.tables import table

CORRECTION_COLUMNS = ("correction_id stem source_unit_code period dataset_code place_key column_name correction_action "
                      "expected corrected correction_reason_nb told_to told_on valid_from valid_until recorded_by "
                      "recorded_on")
CORRECTION_NULLABLE = "dataset_code expected corrected told_to told_on valid_until"

REGISTER = (
    table("register", "delivery", "En levert fil, også avviste og like kopier.",
          "delivery_id sha256 stem received_at delivery_state form_version file_name sender_code row_count reason "
          "source_updated",
          "delivery_id", "stem form_version sender_code row_count reason source_updated"),
    table("register", "delivery_scope", "En kilde, enhet, periode og et datasett en godtatt leveranse dekker.",
          "delivery_id source_unit_code period dataset_code version", "delivery_id source_unit_code period dataset_code"),
    table("register", "provenance", "Et stykke av en leveranse med merket for hvor tallene kommer fra.",
          "delivery_id place_from place_to basis fact_id", "delivery_id place_from", "fact_id"),
    table("register", "text_review", "En fremdriftstekst som er gjennomgått, kjent på innholdet.",
          "text_sha256 review_state reviewed_by reviewed_at", "text_sha256"),
    table("register", "withdrawal", "Et intervju der samtykket er trukket tilbake, og hva som ble fjernet.",
          "withdrawn_sum withdrawn_at withdrawn_by removed_delivery_ids removed_row_count", "withdrawn_sum"),
    table("register", "told", "Et funn i en tilstand som en melding til mottakeren gjelder, sendt eller i kø.",
          "recipient finding_id state told_at", "recipient finding_id state"),
    table("register", "outbox", "En melding til en mottaker, fra den er lagt i kø til kanalen har tatt imot den.",
          "message_id recipient period created_at content_sha256 message_body outbox_state attempt_count next_attempt_at "
          "channel settled_at last_error", "message_id", "channel settled_at last_error"),
    table("register", "alert_withheld", "En mottaker med nyheter som venter på neste melding.",
          "recipient withheld_since withheld_count", "recipient"),
    table("register", "leaving", "En fil som er registrert, og som ennå ikke er borte fra innboksen.",
          "delivery_id inbox_path file_identity", "delivery_id"),
    table("register", "correction", "En kjent feil i en kilde og hva som gjelder i stedet, fra den gjennomgåtte listen.",
          CORRECTION_COLUMNS, "correction_id", CORRECTION_NULLABLE),
    table("register", "finding_decision", "En avgjørelse om et funn: hvem, når, hvorfor, til når og for hvilke verdier.",
          "decision_number finding_id decision decided_by decided_at explanation_nb valid_until found expected",
          "decision_number", "valid_until found expected"),
    table("register", "clock", "Tidspunktet varehuset er bygget for (én rad).", "as_of", "as_of"),
)
