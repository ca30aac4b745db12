"""What people read of a measurement: the tables, the README's section, the report in the terminal."""

from collections.abc import Sequence
from textwrap import wrap

from tests.power.faults import KINDS
from tests.power.misses import REASONS
from tests.power.power import FIRST, Power
from tests.power.summary import ALL_NB, Counts, interval_text, share_text
from warehouse.number_format import format_number

WIDTH = 125
_NAMES = {kind.key: kind.name_nb for kind in KINDS}
_REASONS = {reason.key: reason for reason in REASONS}
_KIND_HEADINGS = ("feil", "prøvd", "endrer en indikator", "funnet, har en annen kilde", "funnet, står alene",
                  "funnet på cellen eller linjen")
_MISS_HEADINGS = ("hva som ikke blir funnet", "antall", "hvorfor")


def counts_table(lines: Sequence[Counts], heading: str = _KIND_HEADINGS[0]) -> str:
    """A Markdown table, one line a kind or source; the sum of all in bold."""
    return _markdown((heading, *_KIND_HEADINGS[1:]), [_cells(line) for line in lines])


def misses_table(misses: dict[str, int]) -> str:
    """A Markdown table of what is not found, the most common reason first."""
    told = sorted(misses.items(), key=lambda pair: (-pair[1], pair[0]))
    return _markdown(_MISS_HEADINGS, [
        (_REASONS[key].what_nb, format_number(count, 0), _REASONS[key].why_nb) for key, count in told])


def section(power: Power) -> str:
    """The README's section, its paragraphs as wide as the rest of the file."""
    lines = _section(power).split("\n")
    return "\n".join(line if line.startswith("|") else "\n".join(wrap(line, WIDTH, break_on_hyphens=False))
                     for line in lines)


def _section(power: Power) -> str:
    return f"""## Kraft

Hva kontrollene finner, måles med `make power`: én feil om gangen legges i demoens leveranser, og alt som bygger på dem, \
blir regnet ut og kontrollert på nytt i minnet. En feil teller når den flytter en indikator mer enn et halvt siste siffer, \
slik indikatoren vises. Den er funnet når leveransen blir avvist, eller når et nytt funn gjelder samme kommune eller region \
og samme år, et naboår eller, når feilen er i 2015, et senere år. «En annen kilde» er et levert tall som skal stemme med \
det feilen er i (`tests/power/second_source.csv`, og delsummene i `field_part.csv`). {_setting(power)}

{counts_table(power.kinds)}

{_shares(power)}

{_false_findings(power)}

Dette ble ikke funnet:

{misses_table(power.misses)}

`make test-power` prøver de {format_number(FIRST * len(KINDS), 0)} første feilene på nytt og feiler når færre blir funnet. \
`make power POWER=--keep` skriver tabellene her om igjen.
"""


def report(power: Power, seconds: float, seconds_per_fault: float) -> str:
    """What `make power` prints."""
    return "\n\n".join((
        _setting(power), counts_table(power.kinds), counts_table(power.sources, "kilde"), _shares(power),
        _false_findings(power), misses_table(power.misses),
        f"Tid: {format_number(seconds, 0)} s, {format_number(seconds_per_fault, 2)} s prosessortid for hver feil."))


def _setting(power: Power) -> str:
    return (f"Frø {power.seed}, {power.faults_per_kind} feil av hvert slag, {power.rule_count} regler på tvers av leveranser "
            "og leserens og SSBs egne.")


def _shares(power: Power) -> str:
    total = power.all
    return (f"Av feilene i tall med en annen kilde blir {share_text(total.other_found, total.other_changing)} funnet "
            f"(95 prosent intervall {interval_text(total.other_found, total.other_changing)}), av dem i tall som står alene, "
            f"{share_text(total.alone_found, total.alone_changing)}. Av dem som flytter en indikator minst 5 prosent: "
            f"{share_text(power.large.other_found, power.large.other_changing)} og "
            f"{share_text(power.large.alone_found, power.large.alone_changing)}.")


def _false_findings(power: Power) -> str:
    rare = power.reports_per_false_finding
    told = f"ett for hver {format_number(rare, 0)}. rapport" if rare else "ingen"
    return (f"Falske funn: {told}. Målt i {format_number(power.clean_reports, 0)} rene tertialrapporter: demoens egne, der "
            "årets hendelser er fordelt på nytt mellom tertialene ved loddtrekning, med alle summer i behold.")


def _cells(line: Counts) -> tuple[str, ...]:
    cells = (_NAMES.get(line.key, line.key), format_number(line.faults, 0), format_number(line.changing, 0),
             share_text(line.other_found, line.other_changing), share_text(line.alone_found, line.alone_changing),
             share_text(line.pointed_at, line.found))
    return tuple(f"**{cell}**" for cell in cells) if line.key == ALL_NB else cells


def _markdown(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [headings, ["---"] * len(headings), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
