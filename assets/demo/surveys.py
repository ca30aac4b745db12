"""Survey answers, one file per survey: constructed counts that round to the printed percent."""

from assets.demo.delivery import DemoDelivery, delivery
from assets.demo.targets import components_of

HEADINGS = "undersoekelse;aar;kommunenr;spoersmaal_id;svar;antall;n"
SURVEYS = {"agenda_kaupang": ("2012", 2018), "fosterforeldre": ("0729", 2019)}


def surveys_deliveries() -> list[DemoDelivery]:
    """The staff survey in Alta and the foster parents' survey in Færder."""
    return [_file_of(survey, code, year) for survey, (code, year) in SURVEYS.items()]


def _file_of(survey: str, code: str, year: int) -> DemoDelivery:
    found = [(key, target) for key, at, target in components_of(f"survey:{survey}:", code) if at == year]
    people = {(question, answer): target for (question, answer, part), target in found if part == "n"}
    answers = {(question, answer): target for (question, answer, part), target in found if part == "count"}
    lines = [";".join((survey, str(year), code, *key, target.text, people[key].text)) for key, target in answers.items()]
    content = "\n".join((HEADINGS, *lines, "")).encode("utf-8-sig")
    return delivery(f"undersoekelse_{survey}_{year}.csv", content, [target.mark for target in answers.values()],
                    first_place=2)
