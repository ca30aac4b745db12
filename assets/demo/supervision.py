"""Inspections in Alta in 2019: the children without a plan, and the municipality's own institution."""

from assets.demo.delivery import DemoDelivery, delivery
from assets.demo.targets import components_of

HEADINGS = "kommunenr;dato;tilsyn;forhold;antall;alvor"
MUNICIPALITY = "2012"
INSPECTIONS = {"storbakken": ("2019-03-12", "Fylkesmannen, egen institusjon"),
               "fylkesmannen": ("2019-04-30", "Fylkesmannen, barneverntjenesten")}
SEVERITY = {"barn_uten_tiltaksplan": "lovbrudd", "ungdom_uten_handlingsplan": "lovbrudd",
            "ungdom_med_mangelfull_plan": "lovbrudd"}


def supervision_deliveries() -> list[DemoDelivery]:
    """One file with both inspections."""
    lines, marks = [], []
    for inspection, (day, name) in INSPECTIONS.items():
        for (matter,), _, found in components_of(f"supervision:{inspection}:", MUNICIPALITY):
            lines.append(";".join((MUNICIPALITY, day, name, matter, found.text, SEVERITY.get(matter, ""))))
            marks.append(found.mark)
    content = "\n".join((HEADINGS, *lines, "")).encode("utf-8-sig")
    return [delivery("tilsyn_2019.csv", content, marks, first_place=2)]
