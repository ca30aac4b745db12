"""The words around the findings in a message, in bokmål and nynorsk. What a finding itself says comes from its rule."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from warehouse.finding_levels import LEVELS

_NB = {
    "new_count": "Nytt siden sist", "mended_count": "Rettet siden sist", "gone_count": "Borte siden sist",
    "withheld_count": "Holdt tilbake til denne meldingen", "open_count": "Meldt før og fortsatt åpent",
    "explained_count": "Forklart eller akseptert", "noted_count": "Til orientering, ikke gjentatt her",
    "nothing": "ingenting", "nothing_new": "ingenting nytt", "mended": "rettet",
    "withheld": "{count} av de nye (høyst {limit} meldinger i timen)",
    "to_municipality": "Til prosjektlederen i {name}", "to_evaluators": "Til evaluatorene", "to_bufdir": "Til Bufdir",
    "about_municipality": "Dette er meldingen om kommunens rapportering etter fristen for {period}, som var {deadline}. Den "
                          "gjelder det som var levert {as_of}.",
    "about_status": "Status etter fristen for {period}, som var {deadline}. Varehuset er bygget for {as_of}.",
    "about_release": "Meldingen holder bare det utgivelsen viser alle: små tall og kommunenes egne celler står her ikke.",
    "findings_in_bokmaal": "", "about_another": "Funnet gjelder også en annen kommune; evaluatorene kan si mer.",
    "refused_files": "Avviste filer, som må leveres på nytt", "refused": "Avviste leveranser",
    "missing": "Rapporter som mangler etter fristen", "new": "Nye funn, de alvorligste først", "new_in": "Nye funn: {unit}",
    "mended_title": "Rettet siden sist", "open_findings": "Åpne funn", "no_unit": "Uten enhet", "again": "på nytt",
    "what": "Hva:", "where": "Hvor:", "do": "Gjør:", "also": "Også:", "template": "Mal:",
    "ref": "Ref.:", "reference": "ref.",
    "explanation": "Kommunens forklaring",
    "template_file": "Skjemaet heter {file}. Be evaluatorene om det hvis det ikke ligger ved.",
    "template_command": "Lag skjemaet med «{command}», og send det til kommunen.",
    "how_to_answer_title": "Slik svarer dere",
    "how_to_answer": "Rett tallet i filen og lever den på nytt. Er tallet riktig, så send evaluatorene kommunens egen "
                     "forklaring med referansen. Forklarte funn blir ikke meldt igjen. Skriv aldri navn eller annet som kan "
                     "kjenne igjen et barn eller en familie.",
    "not_arrived": "Meldinger som ikke har kommet frem",
    "alive": "Varslingen kjører: denne meldingen ble laget {now}. Meldinger tatt imot siste døgn: {sent}. Venter: {waiting}. "
             "Gitt opp: {given_up}.",
    "more": "og {count} funn til, som det ikke er plass til her",
    "more_of_rule": "{count} til av samme regel", "others_of_rule": "flere av samme regel",
    "text_left_out": "Teksten og tallene står ikke her, bare i rapporten til kommunen.",
    "of_individuals": "Et funn i eller om individdata (skjema 15F), som bare står i rapporten",
}
_NN = {
    "new_count": "Nytt sidan sist", "mended_count": "Retta sidan sist", "gone_count": "Borte sidan sist",
    "withheld_count": "Halde attende til denne meldinga", "open_count": "Meldt før og framleis ope",
    "explained_count": "Forklart eller akseptert", "noted_count": "Til orientering, ikkje teke opp att her",
    "nothing": "ingenting", "nothing_new": "ingenting nytt", "mended": "retta",
    "withheld": "{count} av dei nye (høgst {limit} meldingar i timen)",
    "to_municipality": "Til prosjektleiaren i {name}", "to_evaluators": "Til evaluatorane", "to_bufdir": "Til Bufdir",
    "about_municipality": "Dette er meldinga om rapporteringa frå kommunen etter fristen for {period}, som var {deadline}. Ho "
                          "gjeld det som var levert {as_of}.",
    "about_status": "Status etter fristen for {period}, som var {deadline}. Varehuset er bygd for {as_of}.",
    "about_release": "Meldinga held berre det utgjevinga viser alle: små tal og cellene til kommunane står ikkje her.",
    "findings_in_bokmaal": "Det som står etter «Kva» om kvart funn, er på bokmål.",
    "about_another": "Funnet gjeld òg ein annan kommune; evaluatorane kan seie meir.",
    "refused_files": "Avviste filer, som må leverast på nytt", "refused": "Avviste leveransar",
    "missing": "Rapportar som manglar etter fristen", "new": "Nye funn, dei alvorlegaste først", "new_in": "Nye funn: {unit}",
    "mended_title": "Retta sidan sist", "open_findings": "Opne funn", "no_unit": "Utan eining", "again": "på nytt",
    "what": "Kva:", "where": "Kvar:", "do": "Gjer:", "also": "Òg:", "template": "Mal:",
    "ref": "Ref.:", "reference": "ref.",
    "explanation": "Forklaringa frå kommunen",
    "template_file": "Skjemaet heiter {file}. Be evaluatorane om det om det ikkje ligg ved.",
    "template_command": "Lag skjemaet med «{command}», og send det til kommunen.",
    "how_to_answer_title": "Slik svarar de",
    "how_to_answer": "Rett talet i fila og lever henne på nytt. Er talet rett, så send evaluatorane forklaringa frå kommunen "
                     "med referansen. Forklarte funn blir ikkje melde att. Skriv aldri namn eller anna som kan gjere "
                     "det mogleg å kjenne att eit barn eller ein familie.",
    "not_arrived": "Meldingar som ikkje har kome fram",
    "alive": "Varslinga køyrer: denne meldinga blei laga {now}. Meldingar tekne imot siste døgn: {sent}. Ventar: {waiting}. "
             "Gjevne opp: {given_up}.",
    "more": "og {count} funn til, som det ikkje er plass til her",
    "more_of_rule": "{count} til av same regel", "others_of_rule": "fleire av same regel",
    "text_left_out": "Teksten og tala står ikkje her, berre i rapporten til kommunen.",
    "of_individuals": "Eit funn i eller om individdata (skjema 15F), som berre står i rapporten",
}
_LEVELS = {
    "nb": {"informasjon": ("informasjon", "informasjoner"), "advarsel": ("advarsel", "advarsler"), "feil": ("feil", "feil"),
           "kritisk_feil": ("kritisk feil", "kritiske feil")},
    "nn": {"informasjon": ("informasjon", "informasjonar"), "advarsel": ("åtvaring", "åtvaringar"), "feil": ("feil", "feil"),
           "kritisk_feil": ("kritisk feil", "kritiske feil")},
}
WORDS = {"nb": _NB, "nn": _NN}


@dataclass(frozen=True)
class Words:
    """The frame of a message in one language, `nb` or `nn`."""

    language: str

    def __call__(self, key: str, **given: Any) -> str:
        """The words for a key, with what is given put in."""
        return WORDS[self.language][key].format(**given)

    def level(self, level: str) -> str:
        """What a level is called: `kritisk feil`."""
        return _LEVELS[self.language][level][0]

    def counted(self, counts: Mapping[str, int]) -> str:
        """How many of each level, worst first: `1 kritisk feil, 3 åtvaringar`; empty without any."""
        return ", ".join(f"{counts[level]} {_LEVELS[self.language][level][counts[level] != 1]}"
                         for level in reversed(LEVELS) if counts.get(level))
