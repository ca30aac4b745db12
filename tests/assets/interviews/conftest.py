"""Interview projects drawn in a few words, each test with its one fault.

A source is its codings, one a line: `code from-to coder`, `code whole coder` for one on the whole source. The codes are
those of CODES by their short names; an informant is given by the five variables.
"""

import io
import zipfile
from dataclasses import dataclass
from uuid import UUID, uuid5

import pytest

PROJECT = "urn:QDA-XML:project:1.0"
CODES = {"own": "Medvirkning i egen sak", "meetings": "Blir hørt i møter", "early": "Tidlig hjelp",
         "odd": "Ukjent kode", "plus": "Positiv", "zero": "Nøytral", "minus": "Negativ"}
INFORMANT = {"Informantgruppe": "ungdom", "Kommune": "Alta", "Intervjuår": "2019", "Samtykke": "gitt",
             "Verifisert": "ja"}


def guid(*parts):
    return str(uuid5(UUID(int=1), "/".join(map(str, parts))))


def values(said):
    """The variables as XML, for a source or a case."""
    return "".join(f'<VariableValue><VariableRef targetGUID="{guid("variable", name)}"/><TextValue>{value}</TextValue>'
                   "</VariableValue>" for name, value in said.items() if value is not None)


def coding(number, place, code, coder):
    return (f'<Coding guid="{guid("coding", number, place, code)}" {coder}>'
            f'<CodeRef targetGUID="{guid("code", code)}"/></Coding>')


def selections(number, text):
    """The codings of a source as XML; codings of one stretch stand in one selection."""
    whole, by_span = "", {}
    for place, line in enumerate(text.split("\n") if text.strip() else []):
        code, span, coder = line.split()
        one = coding(number, place, code, f'creatingUser="{guid("user", coder)}"')
        if span == "whole":
            whole += one
        else:
            by_span[span] = by_span.get(span, "") + one
    return whole + "".join(
        f'<PlainTextSelection guid="{guid("selection", number, span)}" startPosition="{span.split("-")[0]}" '
        f'endPosition="{span.split("-")[1]}">{codings}</PlainTextSelection>' for span, codings in by_span.items())


@dataclass(frozen=True)
class Drawing:
    """What tests draw projects with."""

    guid = staticmethod(guid)
    values = staticmethod(values)
    informant = INFORMANT
    codes = CODES

    def source(self, number, codings="own 0-5 A", *, inner="", name=None, **said):
        """A text source; `said` replaces variables, None leaves one out."""
        lines = "\n".join(line.strip() for line in codings.strip().splitlines())
        return (f'<TextSource guid="{guid("source", number)}" name="{name or f"navn {number}"}" '
                f'plainTextPath="internal://{guid("text", number)}.txt">{values({**INFORMANT, **said})}'
                f"{selections(number, lines)}{inner}</TextSource>")

    def qde(self, *sources, codes=CODES, namespace=PROJECT, more="", users=("A", "B"), head=""):
        """project.qde as text."""
        book = "".join(f'<Code guid="{guid("code", short)}" name="{name}" isCodable="true"/>'
                       for short, name in codes.items())
        variables = "".join(f'<Variable guid="{guid("variable", name)}" name="{name}" typeOfVariable="Text"/>'
                            for name in {*INFORMANT, "Alder", "informant group", "Consent"})
        people = "".join(f'<User guid="{guid("user", user)}" name="{user}"/>' for user in users)
        return (f'{head}<Project xmlns="{namespace}" name="prosjekt"><Users>{people}</Users>'
                f"<CodeBook><Codes>{book}</Codes></CodeBook><Variables>{variables}</Variables>{more}"
                f'<Sources>{"".join(sources)}</Sources></Project>')

    def archive(self, members, *, compression=zipfile.ZIP_DEFLATED):
        """A ZIP of members by name; a list of pairs may name one twice."""
        pairs = members.items() if isinstance(members, dict) else members
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", compression) as file:
            for name, content in pairs:
                info = zipfile.ZipInfo("x")
                info.filename = name
                file.writestr(info, content, compress_type=compression)
        return made.getvalue()

    def qdpx(self, *sources, members=(), **more):
        """A whole project file with these sources, and a text for each."""
        texts = {f"sources/{number}.txt": "tekst" for number, _ in enumerate(sources, 1)}
        return self.archive({"project.qde": self.qde(*sources, **more), **texts, **dict(members)})


@pytest.fixture(scope="session")
def drawing():
    return Drawing()


@pytest.fixture(scope="session")
def read():
    from assets.sources import interview_codings

    return lambda content, name="intervjuer.qdpx": interview_codings.read(content, name)


@pytest.fixture(scope="session")
def refusals(read):
    """The findings a file is refused with."""
    from expectations.finding import DeliveryRefused

    def found(content, name="intervjuer.qdpx"):
        with pytest.raises(DeliveryRefused) as refused:
            read(content, name)
        return [(finding.rule_id, finding.message) for finding in refused.value.findings]

    return found
