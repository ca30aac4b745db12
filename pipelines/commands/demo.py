"""`folgeeval demo`: writes the demo deliveries into a home's inbox and refreshes it as of 1 October 2019."""

import argparse
import os

from pipelines.exit_codes import FINE, REFUSED

HELP = "Lag et demohjem: skriv demoleveransene, oppdater, publiser og bygg nettstedet."
NEEDS_HOME = True


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

    The files are dated by the demo's clock, so that they count as settled.
    """
    from assets.demo import demo_deliveries
    from assets.provenance_marks import side_car_of
    from pipelines.settings import DEMO_CLOCK

    known = _accepted_sums(home)
    new = [delivery for delivery in demo_deliveries() if _sum(delivery.content) not in known]
    for delivery in new:
        path = home.inbox / delivery.path
        path.parent.mkdir(parents=True, exist_ok=True)
        for target, content in ((side_car_of(path), delivery.provenance), (path, delivery.content)):
            target.write_bytes(content)
            os.utime(target, (DEMO_CLOCK.timestamp(), DEMO_CLOCK.timestamp()))
    return len(new)


def _sum(content: bytes) -> str:
    import hashlib

    return hashlib.sha256(content).hexdigest()


def _accepted_sums(home) -> set[str]:
    from warehouse.database import reading, rows

    if not home.snapshot.exists():
        return set()
    with reading(home) as connection:
        return {sha256 for (sha256,) in rows(
            connection, "SELECT sha256 FROM register.delivery WHERE delivery_state = 'accepted'")}
