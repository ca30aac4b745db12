"""From the elements of form 15F to what the rules and counts may see (`expectations.child_records.individual`).

The numbers, names and words of the file end here. A fault is told by the individual's order, the line and the field's
name; what stood in the field is never repeated, for it may be a number or a name.
"""

import re
from datetime import date

from assets.sources.child_record_file import Element
from assets.sources.refusals import NOT_A_DATE, UNKNOWN_CODE, VALUE_MISSING, Faults
from expectations.child_records.codes import codes_of
from expectations.child_records.identity import identity_of
from expectations.child_records.individual import (Coded, Individual, Investigation, Law, Measure, Move, Plan, Report,
                                                   ReportingYear, Sender)

FIRST_YEAR, LAST_YEAR = 2013, 2100
"""The form was first collected for 2013."""
_DATE = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:Z|[+-][0-9]{2}:[0-9]{2})?")


def sender_of(element: Element, faults: Faults) -> Sender | None:
    """The sender, or None with a fault where its municipality or year cannot be read."""
    code, version = _text(element, "Kommunenummer"), _text(element, "Versjon")
    is_year = re.fullmatch(r"[0-9]{4}", version) and FIRST_YEAR <= int(version) <= LAST_YEAR
    if not re.fullmatch(r"[0-9]{4}", code):
        faults.add(VALUE_MISSING, ", avgiver: Kommunenummer er ikke fire sifre. Rett det, og lag filen på nytt.",
                   line=element.line)
    if not is_year:
        faults.add(NOT_A_DATE, f", avgiver: Versjon er ikke et år fra {FIRST_YEAR}. Skriv rapporteringsåret.",
                   line=element.line)
    if faults.findings:
        return None
    faults.unit_code, faults.period = code, version
    return Sender(line=element.line, year=int(version), municipality_code=code,
                  has_org_number=bool(_text(element, "Organisasjonsnummer")),
                  has_municipality_name=bool(_text(element, "Kommunenavn")))


def individual_of(element: Element, number: int, year: ReportingYear, faults: Faults,
                  secret: bytes) -> Individual | None:
    """The individual, or None when the file has a fault: then the file is refused, and nothing is counted."""
    builder = _Builder(number, faults)
    reports = list(element.all("Melding"))
    investigations = [one for holder in (*reports, element) for one in holder.all("Undersokelse")]
    made = Individual(
        line=element.line, number=number, start=builder.day(element, "StartDato"),
        end=builder.day(element, "SluttDato", required=False),
        is_closed="1" in builder.codes(element, "Avslutta3112", "closed"),
        identity=identity_of(_text(element, "Fodselsnummer"), _text(element, "DUFnummer"),
                             _text(element, "Journalnummer"), year.count_date, secret),
        has_district_number=bool(_text(element, "Bydelsnummer")), has_district_name=bool(_text(element, "Bydelsnavn")),
        reports=tuple(builder.report(one) for one in reports),
        investigations=tuple(builder.investigation(one) for one in investigations),
        plans=tuple(builder.plan(one) for one in element.all("Plan")),
        measures=tuple(builder.measure(one) for one in element.all("Tiltak")),
        moves=tuple(builder.move(one) for one in element.all("Flytting")))
    return None if faults.findings else made


def _text(element: Element, name: str) -> str:
    return element.attributes.get(name, "").strip()


class _Builder:
    """Makes the parts of one individual, and tells what cannot be read of them."""

    def __init__(self, number: int, faults: Faults) -> None:
        self._number, self._faults = number, faults

    def day(self, element: Element, name: str, *, required: bool = True) -> date | None:
        """A date. Where one is missing or wrong the file is refused, and what stands here instead is never used."""
        text = _text(element, name)
        if not text:
            if required:
                self._fault(VALUE_MISSING, element, f"{name} mangler. Fyll ut datoen")
            return date.min if required else None
        found = _DATE.fullmatch(text)
        try:
            return date.fromisoformat(found[1] if found else "")
        except ValueError:
            self._fault(NOT_A_DATE, element, f"{name} er ikke en dato på formen 2018-12-31. Rett datoen")
            return date.min

    def codes(self, element: Element, name: str, code_list: str, *, required: bool = True) -> tuple[str, ...]:
        """The codes of an attribute, all of them in the list."""
        codes = tuple(_text(element, name).split())
        if required and not codes:
            self._fault(VALUE_MISSING, element, f"{name} mangler. Fyll ut koden")
        if not set(codes) <= set(codes_of(code_list)):
            self._fault(UNKNOWN_CODE, element, f"{name} er en kode som ikke finnes i SSBs kodeliste. Rett koden")
        return codes

    def coded(self, element: Element, code_list: str) -> Coded:
        said = element.first("Presisering")
        return Coded(line=element.line, codes=self.codes(element, "Kode", code_list),
                     has_specification=bool(_text(element, "Presisering")) or said is not None and said.has_text)

    def report(self, element: Element) -> Report:
        return Report(
            line=element.line, start=self.day(element, "StartDato"), end=self.day(element, "SluttDato", required=False),
            conclusion=self.codes(element, "Konklusjon", "report_conclusion", required=False),
            reporters=tuple(self.coded(one, "reporter") for one in element.all("Melder")),
            contents=tuple(self.coded(one, "ground") for one in element.all("Saksinnhold")))

    def investigation(self, element: Element) -> Investigation:
        said = element.first("Presisering")
        return Investigation(
            line=element.line, start=self.day(element, "StartDato"), end=self.day(element, "SluttDato", required=False),
            conclusion=self.codes(element, "Konklusjon", "investigation_conclusion", required=False),
            has_specification=said is not None and said.has_text,
            grounds=tuple(self.coded(one, "ground") for one in element.all("Vedtaksgrunnlag")))

    def plan(self, element: Element) -> Plan:
        return Plan(
            line=element.line, start=self.day(element, "StartDato"), end=self.day(element, "SluttDato", required=False),
            evaluated=self.day(element, "EvaluertDato", required=False),
            codes=self.codes(element, "Plantype", "plan_type"))

    def measure(self, element: Element) -> Measure:
        lifting = element.first("Opphevelse")
        return Measure(
            line=element.line, start=self.day(element, "StartDato"), end=self.day(element, "SluttDato", required=False),
            category=self._category(element), law=_law(element.first("Lovhjemmel")),
            related_laws=tuple(_law(one) for one in element.all("JmfrLovhjemmel")),
            lifting=None if lifting is None else self.coded(lifting, "lifting"))

    def _category(self, element: Element) -> Coded:
        """The measure's one category; a measure without one, or with two, cannot be counted."""
        found = [self.coded(one, "measure_category") for one in element.all("Kategori")]
        if len(found) != 1 or len(found[0].codes) > 1:
            self._fault(VALUE_MISSING, element, "tiltaket har ikke én kategori. Før kategorien")
        return found[0] if found else Coded(line=element.line, codes=(), has_specification=False)

    def move(self, element: Element) -> Move:
        reason, destination = element.first("ArsakFra"), element.first("FlyttingTil")
        if reason is None or destination is None:
            self._fault(VALUE_MISSING, element, "flyttingen mangler årsak eller sted. Fyll ut begge")
        return Move(line=element.line, end=self.day(element, "SluttDato"),
                    reason=self.codes(reason, "Kode", "move_reason") if reason else (),
                    destination=self.codes(destination, "Kode", "move_destination") if destination else ())

    def _fault(self, rule_id: str, element: Element, said: str) -> None:
        self._faults.add(rule_id, f", individ nr. {self._number}, {element.name}: {said}, og lag filen på nytt.",
                         line=element.line)


def _law(element: Element | None) -> Law:
    if element is None:
        return Law("", "", "", "")
    return Law(_text(element, "Lov"), _text(element, "Kapittel"), _text(element, "Paragraf"), _text(element, "Ledd"))
