"""The words of the site: delmål, breakdowns, sources, small-number rules, dates. Text only, no layout."""

from datetime import date

from warehouse.finding_levels import LEVEL_NAMES
from warehouse.reference_data import reference_rows

DELMAAL: dict[str, tuple[str, str]] = {
    "A": ("Kunnskap", "Et mer kunnskapsbasert barnevern"),
    "B": ("Forebygging", "God forebyggende innsats rettet mot utsatte barn og familier"),
    "C": ("Tiltak", "Nødvendig tilgang på tiltak tilpasset barn med ulike behov"),
    "D": ("Barnets behov", "Hjelpen tar utgangspunkt i barnets behov og helhetlige livssituasjon"),
    "E": ("Ressursbruk", "God og effektiv ressursutnyttelse"),
    "F": ("Samhandling", "God samhandling mellom ulike instanser"),
    "G": ("Økonomi", "Økonomiske konsekvenser"),
}

STEM_NAMES: dict[str, str] = {
    "kostra_statistics": "KOSTRA nøkkeltall",
    "kostra_accounts": "Regnskap (KOSTRA)",
    "ledger": "Hovedbok",
    "grants": "Tilskudd",
    "population": "Befolkning",
    "rates": "Satser for egenandel",
    "tertial_reports": "Tertialrapporter",
    "data_requests": "Dataforespørsler",
    "supplier_invoices": "Leverandørfakturaer",
    "bufetat": "Tall fra Bufetat",
    "surveys": "Spørreundersøkelser",
    "supervision": "Tilsyn",
    "interview_codings": "Intervjukodinger",
    "child_records": "Individdata (skjema 15F)",
}

_BREAKDOWN_WORDS: dict[str, dict[str, str]] = {
    "trial_cost": {"included": "med forsøket (285)", "excluded": "uten forsøket (285)"},
    "function": {"244": "244 Barneverntjeneste", "251": "251 Tiltak, ikke plassert", "252": "252 Tiltak, plassert",
                 "285": "285 Forsøket", "unsplit": "285 som ikke lar seg dele"},
    "post": {"0855.01": "Post 0855.01 Drift av egne tiltak", "0855.22": "Post 0855.22 Kjøp av private tiltak",
             "0855.60": "Post 0855.60 Tilskudd til kommunene", "3855.60": "Post 3855.60 Egenandeler fra kommunene"},
    "purpose": {"244": "Formål 244 Barneverntjeneste", "251": "Formål 251 Tiltak, ikke plassert",
                "252": "Formål 252 Tiltak, plassert", "unsplit": "Formål ikke oppgitt"},
    "producer": {"own": "kommunen selv", "state": "staten", "private": "private", "other": "andre"},
    "source": {"ledger": "etter regnskapet (bokføringsår)", "invoices": "etter fakturaene (tjenesteår)"},
    "service": {"barnevern": "barneverntjenesten", "tiltaksteam": "tiltaksteam", "institusjon": "egen institusjon",
                "andre": "andre forsøksstillinger"},
    "course": {"cos": "kurs i COS", "wmci": "kurs i WMCI", "traumebasert": "kurs i traumebasert omsorg",
               "aim2": "kurs i AIM2", "icdp": "kurs i ICDP"},
    "evaluator": {"interne": "gjort av kommunen selv", "eksterne": "gjort av andre"},
    "age": {"0_og_ufoedt": "nyfødte og ufødte", "1_5": "1–5 år", "6_12": "6–12 år", "13_17": "13–17 år"},
    "reinforcement": {"over_1ks": "godtgjørelse utover 1 KS", "veiledning_individuell": "økt individuell veiledning",
                      "veiledning_gruppe": "gruppeveiledning", "besoekshjem": "besøkshjem",
                      "stoettekontakt": "støttekontakt", "fritidsaktivitet": "støtte til fritidsaktivitet",
                      "utgiftsdekning": "høyere utgiftsdekning enn 1 KS"},
    "place": {"beredskapshjem": "i beredskapshjem", "institusjon": "i institusjon", "familie": "i familie og nettverk"},
    "owner": {"egen": "kommunens egen institusjon", "privat": "privat institusjon", "stat": "statlig institusjon"},
    "purchase": {"institusjon": "institusjon", "beredskapshjem": "beredskapshjem", "fosterhjem": "fosterhjem",
                 "mst": "MST", "atferd": "atferdsinstitusjon", "akuttinstitusjon": "akuttinstitusjon",
                 "familiehjem": "statlig familiehjem", "senter": "senter for foreldre og barn"},
    "count": {"kjøp": "antall kjøp", "leverandører": "antall leverandører"},
    "type": {"fosterhjem": "fosterhjem", "besoekshjem": "besøkshjem", "institusjon": "institusjonsplasser",
             "senter_foreldre_barn": "senter for foreldre og barn"},
    "area": {"akutt": "akutt", "omsorg": "omsorg", "hjelpetiltak": "hjelpetiltak", "fosterhjem": "fosterhjem"},
    "part": {"trial": "forsøket"},
}

_DIRECTIONS = {
    "higher": "Et høyere tall er etter evalueringsmatrisen ønsket.",
    "lower": "Et lavere tall er etter evalueringsmatrisen ønsket.",
    "neutral": "Tallet sier ikke i seg selv om det går bedre eller dårligere.",
}

FINDING_LEVELS: dict[str, tuple[str, str]] = {
    "kritisk_feil": (LEVEL_NAMES["kritisk_feil"], "Leveransen kunne ikke leses og er avvist."),
    "feil": (LEVEL_NAMES["feil"], "Tall som ikke kan stemme, og som skal rettes eller forklares."),
    "advarsel": (LEVEL_NAMES["advarsel"], "Tall som bør ses på."),
    "informasjon": (LEVEL_NAMES["informasjon"], "Noe å kjenne til når tallene leses."),
}

_MONTHS = ("januar", "februar", "mars", "april", "mai", "juni", "juli", "august", "september", "oktober", "november",
           "desember")


def delmaal_heading(letter: str) -> str:
    """The full heading of a delmål page. G is not a delmål but has its page."""
    full = DELMAAL[letter][1]
    return f"{full} (G)" if letter == "G" else f"Delmål {letter}: {full}"


def breakdown_label(breakdown: str) -> str:
    """A breakdown in words, starting with a capital letter. Raises ValueError for the empty one: see `whole_label`."""
    if not breakdown:
        raise ValueError("Helheten har ingen fordeling")
    words = ", ".join(_part_words(part) for part in breakdown.split(";"))
    return words[0].upper() + words[1:]


def whole_label(breakdowns: list[str]) -> str:
    """What the whole is called beside its breakdowns: one year beside sums over years, gross beside budget posts (the
    post of incomes is not in it), else everything."""
    keys = {one.partition("=")[0] for one in breakdowns}
    return "Per år" if "accumulation" in keys else "Brutto, kapittel 0855" if "post" in keys else "I alt"


def period_kind_label(period: str) -> str:
    """What a series of such periods is called beside series of others."""
    return "Hele året" if len(period) == 4 else "Per tertial"


def _part_words(part: str) -> str:
    key, _, code = part.partition("=")
    if key == "category":
        return _category_names().get(code, code)
    if key == "accumulation":
        return code.replace("since_", "samlet siden ")
    return _BREAKDOWN_WORDS.get(key, {}).get(code, f"{key} {code}")


def _category_names() -> dict[str, str]:
    return {row["category_code"]: row["name_nb"] for row in reference_rows("measure_category")}


def source_stems(sources_nb: str) -> list[str]:
    """The stems behind an indicator's `sources_nb`. Raises KeyError for a source nobody has named."""
    stem_by_name = {name.lower(): stem for stem, name in STEM_NAMES.items()}
    return [stem_by_name[name.strip().lower()] for name in sources_nb.split(";")]


def small_number_rule(code: str, threshold: int) -> str:
    """The rule for small numbers in words."""
    rules = {
        "SN0": "Tallet bygger ikke på opptelling av barn. En fordeling av det vises ikke der den ville røpe et skjermet "
               "tall.",
        "SN1": f"Antall fra 1 til {threshold} vises ikke, og heller ikke andre tall de kunne regnes ut av. Null vises "
               "bare når leveransen bekrefter den.",
        "SN2": f"Tallet vises ikke når telleren eller resten (nevneren minus telleren) er fra 1 til {threshold}, "
               "når nevneren er under 10, eller når en kommunes antall ikke er kjent.",
        "SN3": "Vises bare når minst fem informanter står bak, og aldri for én kommune.",
        "SN4": f"Beløpet vises ikke når høyst {threshold} barn, avtaler eller fakturamåneder står bak det eller en av "
               "delene, eller når antallet ikke er kjent.",
    }
    return rules[code]


def direction_words(direction: str) -> str:
    """What a high or low number means, in words."""
    return _DIRECTIONS[direction]


def long_date(text: str) -> str:
    """An ISO date (or the date of an ISO moment) as 1. oktober 2019."""
    day = date.fromisoformat(text[:10])
    return f"{day.day}. {_MONTHS[day.month - 1]} {day.year}"


def short_date(text: str) -> str:
    """An ISO date (or the date of an ISO moment) as 01.10.2019."""
    return date.fromisoformat(text[:10]).strftime("%d.%m.%Y")


def listed(names: list[str], word: str = "og") -> str:
    """Names as a list in running text: Alta, Færder og Røyken."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} {word} {names[-1]}"


def slug(name: str) -> str:
    """A name as part of a file name: Færder -> faerder, Røyken -> royken."""
    ascii_name = name.lower().replace("æ", "ae").replace("ø", "o").replace("å", "a")
    return "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in ascii_name)
