"""`folgeeval demo`: writes the demo deliveries into a home's inbox and refreshes it as of 1 October 2019."""

import argparse
import os

from pipelines.exit_codes import FINE, REFUSED

HELP = "Lag et demohjem: skriv demoleveransene, oppdater, publiser og bygg nettstedet."
NEEDS_HOME = True
DEMO_REVIEWER = "demo"
NEVER_MADE = ""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--quiet", action="store_true", help="ikke vis fremdrift")


def run(arguments: argparse.Namespace) -> int:
    from pipelines import settings
    from pipelines.progress import Progress
    from pipelines.refresh import STEP_COUNT, refresh
    from pipelines.told import summary_text
    from warehouse.home import Home

    home = Home(arguments.home)
    progress = Progress(STEP_COUNT, quiet=arguments.quiet)
    refuse_real_home(home)
    written = write_new_deliveries(home)
    if written:
        approve_demo_texts(home)
        progress.note(f"Skrev {written} demoleveranser i {home.inbox} (konstruerte der rapporten ikke trykker tallet)")
    summary = refresh(home, now=settings.DEMO_CLOCK, as_of=settings.DEMO_CLOCK,
                      threshold=settings.small_number_threshold(), progress=progress)
    print(summary_text(summary, home))
    return REFUSED if summary.refused else FINE


def refuse_real_home(home) -> None:
    """Constructed numbers must never mix with delivered ones. Raises WrongUsage for a home that is not a demo."""
    from pipelines.failures import WrongUsage
    from warehouse.database import one, reading

    if not home.snapshot.exists():
        return
    with reading(home) as connection:
        is_real = one(connection, "SELECT count(*) > 0 AND NOT EXISTS (SELECT 1 FROM register.provenance) "
                      "FROM register.delivery WHERE delivery_state = 'accepted'")
    if is_real:
        raise WrongUsage(f"hjemmet {home.root} har ekte leveranser; demoen skrives aldri dit. Velg en annen mappe med "
                         "--home.")


def write_new_deliveries(home) -> int:
    """Writes the demo deliveries the home has not accepted already, with their marks. Returns how many.

    Where this version of the code has made the files before, and the home has them all, none is made. The files are
    dated by the demo's clock, so that they count as settled.
    """
    known = _accepted_sums(home)
    if _sums_made_before(home) <= known:
        return 0
    from assets.demo import demo_deliveries
    from assets.provenance_marks import side_car_of
    from pipelines.settings import DEMO_CLOCK

    every = demo_deliveries()
    new = [delivery for delivery in every if _sum(delivery.content) not in known]
    for delivery in new:
        path = home.inbox / delivery.path
        path.parent.mkdir(parents=True, exist_ok=True)
        for target, content in ((side_car_of(path), delivery.provenance), (path, delivery.content)):
            target.write_bytes(content)
            os.utime(target, (DEMO_CLOCK.timestamp(), DEMO_CLOCK.timestamp()))
    _remember(home, [_sum(delivery.content) for delivery in every])
    return len(new)


def approve_demo_texts(home) -> None:
    """Lets the demo's own progress texts through the review, but for the one tertial that shows how a text waits."""
    from assets.demo.form_words import texts_to_approve
    from assets.text_review import APPROVED, record_review, text_sum
    from pipelines.settings import DEMO_CLOCK
    from warehouse.database import writing

    with writing(home) as connection:
        record_review(connection, [text_sum(text) for text in texts_to_approve()], APPROVED, DEMO_REVIEWER, DEMO_CLOCK)


def _sum(content: bytes) -> str:
    import hashlib

    return hashlib.sha256(content).hexdigest()


def _made_path(home):
    return home.database.with_name("demo.json")


def _remember(home, sums: list[str]) -> None:
    """Notes which files this version of the code makes, whole or not at all."""
    import json

    from pipelines.fingerprint import code_version
    from warehouse.durable import write_whole

    path = _made_path(home)
    write_whole(path, json.dumps({"code_version": code_version(), "sums": sorted(sums)}).encode())


def _sums_made_before(home) -> set[str]:
    """The sums of the files this version makes; a sum nobody has where it has made none yet."""
    import json

    from pipelines.fingerprint import code_version

    path = _made_path(home)
    made = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return set(made["sums"]) if made.get("code_version") == code_version() else {NEVER_MADE}


def _accepted_sums(home) -> set[str]:
    from warehouse.database import reading, rows

    if not home.snapshot.exists():
        return set()
    with reading(home) as connection:
        return {sha256 for (sha256,) in rows(
            connection, "SELECT sha256 FROM register.delivery WHERE delivery_state = 'accepted'")}
