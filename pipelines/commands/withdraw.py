"""`folgeeval withdraw DOKUMENT…`: an informant has withdrawn consent; the codings are removed everywhere, and it is
proved.
"""

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.exit_codes import FINE, OUR_FAULT

if TYPE_CHECKING:
    from pipelines.withdrawal import Meant, Withdrawn

HELP = "Fjern intervjuer der samtykket er trukket tilbake, overalt og for alltid, og vis at ingenting er igjen."
NEEDS_HOME = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("documents", nargs="+", metavar="DOKUMENT",
                        help="nøkkelen som «folgeeval read» viser, dokumentets GUID, eller navnet det har i en tabell")
    parser.add_argument("--project", type=Path, metavar="FIL",
                        help="kodeprosjektet (.qdpx) der dokumentene har disse navnene; filen blir bare lest")
    parser.add_argument("--by", metavar="ROLLE", help="rollen til den som fjerner dem, aldri et navn")
    parser.add_argument("--quiet", action="store_true", help="ikke vis fremdrift")
    parser.add_argument("--json", action="store_true", help="skriv én JSON-liste med hva som ble fjernet og funnet "
                                                            "igjen")


def run(arguments: argparse.Namespace) -> int:
    from pipelines import settings
    from pipelines.failures import WrongUsage
    from pipelines.progress import Progress
    from pipelines.withdrawal import STEP_COUNT, UnknownDocument, withdraw_documents
    from warehouse.home import Home

    home = Home(arguments.home)
    if not arguments.by:
        raise WrongUsage("oppgi hvem som fjerner intervjuet, med --by ROLLE.")
    if not home.database.exists():
        raise WrongUsage(f"{home.root} har ikke noe varehus, så det er ingenting å fjerne der.")
    meant = [_meant(text, arguments.project) for text in arguments.documents]
    try:
        done = withdraw_documents(
            home, meant, by=arguments.by, now=settings.now(), threshold=settings.small_number_threshold(),
            progress=Progress(STEP_COUNT, quiet=arguments.quiet or arguments.json))
    except UnknownDocument as unknown:
        raise WrongUsage(
            f"hjemmet har ikke noe intervju som kan være «{unknown}», og ingenting er endret. Bruk nøkkelen «folgeeval "
            "read» viser for intervjuet, eller navnet sammen med --project FIL.") from None
    print(json.dumps([as_json(done)], ensure_ascii=False) if arguments.json else as_text(done))
    return FINE if done.is_proved else OUR_FAULT


def _meant(text: str, project: Path | None) -> "Meant":
    """The document named. Raises WrongUsage for a name the project has not, or has twice."""
    from assets.sources.interview_keys import document_key, keys_meant
    from assets.sources.refi_archive import project_stream
    from assets.sources.refi_project import guids_named
    from expectations.finding import DeliveryRefused
    from pipelines.failures import WrongUsage
    from pipelines.given_file import contents
    from pipelines.withdrawal import Meant

    if project is None:
        return Meant(text, tuple(keys_meant(text)))
    opened = contents([project], in_place=True)
    if not opened:
        raise WrongUsage(f"{project} kan ikke åpnes.")
    try:
        with project_stream(opened[0][1], project.name) as stream:
            guids = guids_named(stream, project.name, text)
    except DeliveryRefused as refused:
        raise WrongUsage(str(refused)) from None
    if len(guids) != 1:
        found = "ikke noe dokument" if not guids else f"{len(guids)} dokumenter"
        raise WrongUsage(f"{project.name} har {found} som heter «{text}». Bruk nøkkelen «folgeeval read» viser.")
    return Meant(text, (document_key(guids[0]),), tuple(guids))


def as_json(done: "Withdrawn") -> dict:
    """What was done, as `--json` prints it."""
    return {"removed": [{"delivery_ids": list(one.delivery_ids), "row_count": one.row_count} for one in done.removed],
            "files_searched": done.searched.files, "bytes_searched": done.searched.size,
            "columns_searched": done.searched.columns, "hits": list(done.searched.hits),
            "not_searched": list(done.searched.opaque)}


def as_text(done: "Withdrawn") -> str:
    """What was removed from where, what was searched, and what is left to do."""
    from warehouse.number_format import format_number

    lines = []
    for one in done.removed:
        where = ", ".join(map(str, one.delivery_ids))
        lines.append(f"Fjernet {one.row_count} rader fra leveranse {where}." if one.row_count else
                     "Intervjuet var fjernet fra før; resten er gjort på nytt.")
    lines.append("Alt som regnes av intervjuene, er laget på nytt. Utgivelser fra før står: de har bare tall fra "
                 "minst fem "
                 "informanter, aldri kodinger.")
    searched = done.searched
    many = (f"{format_number(searched.files, 0)} filer ({format_number(searched.size / 1e6, 1)} MB) og "
            f"{format_number(searched.columns, 0)} tekstkolonner")
    if done.is_proved:
        return "\n".join([*lines, f"Lette i {many}: ingen treff. Slett også originalen der den hører hjemme, og "
                          "sikkerhetskopier av hjemmet."])
    if searched.hits:
        lines += [f"Lette i {many}, og dette er igjen:", *(f"  {place}" for place in searched.hits)]
    if searched.opaque:
        lines += [f"Lette i {many}, men disse filene er skadet eller låst, så ingen vet hva som er pakket i dem:",
                  *(f"  {place}" for place in searched.opaque)]
    return "\n".join([*lines, "Fjern filene eller rett dem, og kjør kommandoen på nytt."])
