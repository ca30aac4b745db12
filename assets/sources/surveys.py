"""Surveys: how many gave an answer to a question, and how many answered it. One answer a line, never a person.

Open answers are not taken in: an answer is a code that many can give.
"""

from typing import Any

from assets.sources.delimited import has_headings, read_lines
from assets.sources.delimited_reading import reading_of, refuse_the_same_twice
from assets.sources.fields import Field, count, matching, municipality, year
from assets.sources.reading import Reading
from assets.sources.refusals import PART_ABOVE_WHOLE, Faults

STEM = "surveys"
SIGNATURE = ("undersoekelse", "spoersmaal_id", "svar")

_name = matching(r"\w(?:[\w -]{0,58}\w)?", "ikke kan være navnet på en undersøkelse",
                 "Skriv høyst 60 bokstaver, sifre, mellomrom og bindestreker.")
_key = matching(r"\w[\w.-]{0,59}", "ikke er en nøkkel", "Skriv høyst 60 bokstaver og sifre uten mellomrom.")
_answer = matching(r"\S.{0,79}", "er for langt til å være et svaralternativ",
                   "Skriv svaralternativet. Fritekstsvar skal ikke leveres.")

FIELDS = (
    Field("survey_code", "undersoekelse", _name),
    Field("year", "aar", year),
    Field("municipality_code", "kommunenr", municipality),
    Field("question_id", "spoersmaal_id", _key),
    Field("answer_code", "svar", _answer),
    Field("answer_count", "antall", count),
    Field("respondents_count", "n", count),
)
_SAME_LINE = ("survey_code", "year", "municipality_code", "question_id", "answer_code")


def recognises(content: bytes, file_name: str) -> bool:
    """Whether the first line carries headings only survey answers have."""
    return has_headings(content, STEM, SIGNATURE)


def read(content: bytes, file_name: str) -> Reading:
    """The answers read. Raises DeliveryRefused for faulty cells, an answer told twice (F15) and more answers than
    there were people to give them (F20)."""
    lines = read_lines(STEM, FIELDS, content, file_name)
    _refuse_more_answers_than_people(lines.rows, file_name)
    refuse_the_same_twice(STEM, file_name, lines.rows, _SAME_LINE, "svaret")
    return reading_of(STEM, lines, scope=("municipality_code", "year"), value="answer_count", unit="antall",
                      dataset="survey_code")


def _refuse_more_answers_than_people(rows: tuple[dict[str, Any], ...], file_name: str) -> None:
    faults = Faults(STEM, file_name)
    for row in rows:
        given, people = row["answer_count"], row["respondents_count"]
        if given > people:
            faults.add(PART_ABOVE_WHOLE, f", kolonne «antall»: {given} ga svaret, men bare {people} svarte på spørsmålet. "
                       "Rett antallet eller n.", line=row["line_number"], cell=f"antall[{row['line_number']}]",
                       found=str(given), expected=f"høyst {people}")
    faults.stop()
