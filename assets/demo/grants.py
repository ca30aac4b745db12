"""The directorate's list of grants to the trial municipalities, in thousand kroner."""

from assets.demo.delivery import DemoDelivery, delivery
from assets.demo.targets import Target, places_of, target, years_of

HEADINGS = "kommunenr;aar;tilskudd;beloep_1000kr;engang"
KINDS = (("compensation", "kompensasjon", "nei"), ("one_off_grant", "administrasjon", "ja"))


def grants_deliveries() -> list[DemoDelivery]:
    """One file with all years."""
    rows: list[tuple[str, Target]] = []
    for component, name, one_off in KINDS:
        for code in places_of(component):
            for year in years_of(component, code):
                found = target(component, code, year)
                rows.append((f"{code};{year};{name};{found.text};{one_off}", found))
    content = "\n".join((HEADINGS, *(line for line, _ in rows), "")).encode("utf-8-sig")
    return [delivery("tilskudd.csv", content, [found.mark for _, found in rows], first_place=2)]
