"""Every column once: type, unit, label, description, constraints. Tables choose from here.

If two tables record the same quantity in the same unit, they use the same column.
"""

from warehouse.column import Column
from warehouse.columns_of_alerts import COLUMNS_OF_ALERTS
from warehouse.columns_of_corrections import COLUMNS_OF_CORRECTIONS
from warehouse.columns_of_decisions import COLUMNS_OF_DECISIONS
from warehouse.columns_of_reports import COLUMNS_OF_REPORTS
from warehouse.columns_of_rules import COLUMNS_OF_RULES
from warehouse.constraints import Between, Matches, OneOf
from warehouse.finding_levels import LEVELS

STATUSES = ("ok", "suppressed", "not_reported", "not_applicable", "not_yet", "held_back")
BASES = ("delivered", "published", "constrained", "constructed")
"""Where a number comes from, the firmest first; a number is no firmer than the loosest of its parts."""

ROLES = ("numerator", "denominator", "count_numerator", "count_denominator")


_MUNICIPALITY = Matches(r"\d{4}", "Fire sifre, ledende null beholdes.")
_FUNCTION = Matches(r".{0,6}", "Høyst seks tegn; om koden finnes det året, sier regel R010.")
_SPECIES = Matches(r".{3}", "Tre tegn, ledende null beholdes; om koden finnes det året, sier regel R012.")
_YEAR = Between(2003, 2100)

_COLUMNS = (
    # deliveries and places
    Column("delivery_id", "INTEGER", "Leveranse", "Løpenummer i registeret over leveranser.", constraints=(Between(1),)),
    Column("line_number", "INTEGER", "Linje", "Linjenummer i den leverte filen, første linje er 1.",
           constraints=(Between(1),)),
    Column("cell_number", "INTEGER", "Celle", "Plassen i datasettets verdiliste, første er 0; i et skjema feltets "
           "nummer, første er 1.",
           constraints=(Between(0),)),
    Column("place_number", "INTEGER", "Plass", "Linjenummer eller cellenummer i leveransen.", constraints=(Between(0),)),
    Column("place_from", "INTEGER", "Fra plass", "Første linje eller celle merket gjelder.", constraints=(Between(0),)),
    Column("place_to", "INTEGER", "Til plass", "Siste linje eller celle merket gjelder.", constraints=(Between(0),)),
    Column("sha256", "VARCHAR", "Innholdssum", "SHA-256 av originalens bytes.",
           constraints=(Matches(r"[0-9a-f]{64}", "64 heksadesimale tegn."),)),
    Column("stem", "VARCHAR", "Kilde", "Kildens stamme, for eksempel kostra_accounts.",
           constraints=(Matches(r"[a-z_]+", "Små bokstaver og understrek."),)),
    Column("received_at", "TIMESTAMP", "Mottatt", "Når leveransen ble registrert."),
    Column("source_updated", "TIMESTAMP", "Oppdatert i kilden",
           "Når kilden sist endret tallene, slik leveransen sier det; i UTC. Tomt når den ikke sier det."),
    Column("as_of", "TIMESTAMP", "Kjent per", "Tidspunktet varehuset er bygget for."),
    Column("delivery_state", "VARCHAR", "Tilstand", "accepted, refused eller duplicate.",
           constraints=(OneOf(("accepted", "refused", "duplicate")),)),
    Column("form_version", "VARCHAR", "Skjemaversjon", "Versjonen av formatet leveransen følger."),
    Column("file_name", "VARCHAR", "Fil", "Filnavnet slik det ble levert."),
    Column("sender_code", "VARCHAR", "Avsender", "Kommunenummeret til avsenderens mappe.", constraints=(_MUNICIPALITY,)),
    Column("reason", "VARCHAR", "Grunn", "Hvorfor leveransen ble avvist eller lagt til side."),
    Column("inbox_path", "VARCHAR", "Plass i innboksen", "Hvor filen ligger, regnet fra innboksen."),
    Column("file_identity", "VARCHAR", "Filens kjennemerke", "Det som skiller filen fra en annen på samme plass: nummer i "
           "filsystemet, størrelse og når den ble skrevet."),
    Column("row_count", "INTEGER", "Rader", "Antall rader leveransen gir.", "antall", (Between(0),)),
    Column("version", "INTEGER", "Versjon", "Versjonsnummer innenfor samme kilde, enhet og periode.",
           constraints=(Between(1),)),
    Column("source_unit_code", "VARCHAR", "Enhet i kilden", "Kommunenummer eller regionkode slik kilden skriver den.",
           constraints=(Matches(r"[0-9A-Z-]{2,8}", "Kommunenummer, KOSTRA-gruppe eller landskode."),)),
    Column("period", "VARCHAR", "Periode", "År (2018), tertial (2018-T3) eller kvartal (2018-K4).",
           constraints=(Matches(r"\d{4}(?:-(?:T[123]|K[1234]))?", "År, tertial eller kvartal."),)),
    Column("basis", "VARCHAR", "Grunnlag", "Hvor tallet kommer fra: delivered, published, constrained, constructed.",
           constraints=(OneOf(BASES),)),
    Column("fact_id", "VARCHAR", "Trykt tall", "Nøkkel til det trykte tallet verdien er bundet til."),
    # units
    Column("unit_code", "VARCHAR", "Enhet", "Enhetens kode i plattformen, samme kode for alle år.",
           constraints=(Matches(r"[0-9A-Z-]{2,8}", "Kommunenummer, region, KOSTRA-gruppe eller land."),)),
    Column("unit_type", "VARCHAR", "Enhetstype", "Kommune, region, KOSTRA-gruppe eller land.",
           constraints=(OneOf(("municipality", "trial", "bufetat_region", "kostra_group", "country")),)),
    Column("unit_name", "VARCHAR", "Navn", "Enhetens navn."),
    Column("kostra_group_code", "VARCHAR", "KOSTRA-gruppe", "Sammenligningsgruppen til kommunen (inndelingen til 2019)."),
    Column("last_trial_year", "INTEGER", "Siste forsøksår", "Det siste året kommunen er med i forsøket.", "år", (_YEAR,)),
    Column("source_municipality_code", "VARCHAR", "Kommunenummer", "Kommunenummeret i kilden, også historiske.",
           constraints=(_MUNICIPALITY,)),
    Column("municipality_code", "VARCHAR", "Kommunenummer", "Kommunenummer, fire sifre.", constraints=(_MUNICIPALITY,)),
    Column("municipality_name", "VARCHAR", "Kommune", "Kommunens navn."),
    Column("valid_from_year", "INTEGER", "Gyldig fra", "Første år koden gjelder.", "år", (Between(1800, 2100),)),
    Column("valid_to_year", "INTEGER", "Gyldig til", "Siste år koden gjelder.", "år", (Between(1800, 2999),)),
    Column("is_whole_unit", "BOOLEAN", "Hele enheten", "Sant når koden dekker hele enheten, usant for 0722 og 0723."),
    Column("host_municipality_code", "VARCHAR", "Vertskommune", "Kommunen som utfører barnevernet for en annen.",
           constraints=(_MUNICIPALITY,)),
    Column("guest_municipality_code", "VARCHAR", "Samarbeidskommune", "Kommunen som får barnevernet utført av en annen.",
           constraints=(_MUNICIPALITY,)),
    Column("region_code", "VARCHAR", "Region", "Regionkoden slik filen skriver den."),
    # accounts
    Column("form_code", "VARCHAR", "Skjema", "Regnskapsskjema i SSBs filuttrekk.",
           constraints=(Matches(r"0[A-Y]", "0A til 0Y."),)),
    Column("accounting_year", "INTEGER", "Regnskapsår", "Kalenderåret regnskapet gjelder.", "år", (_YEAR,)),
    Column("year", "INTEGER", "År", "Kalenderåret tallet gjelder.", "år", (_YEAR,)),
    Column("quarter", "VARCHAR", "Kvartal", "Tomt for årsregnskap, ellers 1–4.", constraints=(OneOf(("1", "2", "3", "4")),)),
    Column("org_number", "VARCHAR", "Organisasjonsnummer", "Tomt for kommunekassen selv.",
           constraints=(Matches(r"\d{9}", "Ni sifre."),)),
    Column("company_number", "VARCHAR", "Foretaksnummer", "Tomt for kommunekassen selv.",
           constraints=(Matches(r"\d{9}", "Ni sifre."),)),
    Column("account_class", "VARCHAR", "Kontoklasse", "I 0A: 1 er drift, 0 er investering."),
    Column("function_code", "VARCHAR", "Funksjon", "KOSTRA-funksjon; tekst, aldri tall.", constraints=(_FUNCTION,)),
    Column("species_code", "VARCHAR", "Art", "KOSTRA-art; tekst med ledende null.", constraints=(_SPECIES,)),
    Column("amount_thousand_nok", "DOUBLE", "Beløp", "Utgift er positiv, inntekt negativ. Løpende kroner.", "1000 NOK"),
    Column("amount_nok", "DECIMAL(15,2)", "Beløp", "Utgift er positiv, inntekt negativ. Løpende kroner.", "NOK"),
    Column("is_internal", "BOOLEAN", "Mellomregning", "Sant for 350/750 mellom vertskommunen og samarbeidskommunen."),
    Column("concept_code", "VARCHAR", "Begrep", "SSBs begrep, for eksempel AGD2 (netto driftsutgifter på funksjon)."),
    Column("concept_name", "VARCHAR", "Begrepsnavn", "SSBs navn på begrepet."),
    Column("species_from", "VARCHAR", "Fra art", "Første art i intervallet.", constraints=(_SPECIES,)),
    Column("species_to", "VARCHAR", "Til art", "Siste art i intervallet.", constraints=(_SPECIES,)),
    Column("sign", "INTEGER", "Fortegn", "1: filens fortegn beholdes; -1: snus, for begrep der inntekt er positiv.",
           constraints=(OneOf((1, -1)),)),
    Column("component", "VARCHAR", "Del", "ordinary: ordinært barnevern; trial: forsøket på 285; em: enslige mindreårige.",
           constraints=(OneOf(("ordinary", "trial", "em")),)),
    # ledger
    Column("voucher_number", "VARCHAR", "Bilag", "Bilagsnummer."),
    Column("voucher_date", "DATE", "Bilagsdato", "Dato på bilaget."),
    Column("responsibility_code", "VARCHAR", "Ansvar", "Ansvar i kommunens kontoplan."),
    Column("project_code", "VARCHAR", "Prosjekt", "Prosjekt i kommunens kontoplan; merker forsøket."),
    Column("purpose_function_code", "VARCHAR", "Formål", "Formålet en linje på 285 hører til; unsplit når den ikke lar seg dele.",
           constraints=(OneOf(("244", "251", "252", "unsplit")),)),
    Column("invoice_number", "VARCHAR", "Fakturanummer", "Leverandørens fakturanummer."),
    Column("supplier_org_number", "VARCHAR", "Leverandør", "Leverandørens organisasjonsnummer.",
           constraints=(Matches(r"\d{9}", "Ni sifre."),)),
    Column("line_text", "VARCHAR", "Tekst", "Posteringsteksten."),
    Column("area_code", "VARCHAR", "Område", "EM for enslige mindreårige, ellers tomt.", constraints=(OneOf(("EM",)),)),
    Column("is_trial", "BOOLEAN", "Forsøket", "Sant når linjen bærer forsøkets prosjekt."),
    # grants, rates, population, key figures
    Column("grant_name", "VARCHAR", "Tilskudd", "Tilskuddets navn i leveransen."),
    Column("is_one_off", "BOOLEAN", "Engangstilskudd", "Sant for tilskudd som gis én gang og ikke er kompensasjon."),
    Column("is_compensation", "BOOLEAN", "Kompensasjon", "Sant for økningen i rammetilskuddet for å delta i forsøket."),
    Column("measure_code", "VARCHAR", "Tiltak", "Tiltaket satsen gjelder."),
    Column("rate_nok_per_month", "DECIMAL(12,2)", "Månedssats", "Kommunal egenandel per måned.", "NOK per måned", (Between(0),)),
    Column("rate_source", "VARCHAR", "Kilde", "Hvor satsen er kunngjort."),
    Column("dataset_code", "VARCHAR", "Datasett", "Tabellnummer eller navn på datasettet."),
    Column("key_figure_code", "VARCHAR", "Nøkkeltall", "Rad i nøkkeltallstabellene, med tillegg for teller og gruppetall."),
    Column("age_code", "VARCHAR", "Alder", "Alder i hele år, tre sifre.", constraints=(Matches(r"\d{3}\+?", "Tre sifre."),)),
    Column("inhabitants_count", "INTEGER", "Innbyggere", "Antall innbyggere 1. januar, slik SSBs tabell 07459 daterer dem.", "innbyggere", (Between(0),)),
    Column("value", "DOUBLE", "Verdi", "Tallet; mangler når status ikke er ok.", "blandet"),
    Column("status_sign", "VARCHAR", "Tegn", "SSBs standardtegn slik det ble levert: . .. ... : -"),
    Column("status", "VARCHAR", "Status", "ok eller hvorfor tallet mangler.", constraints=(OneOf(STATUSES),)),
    Column("is_confirmed_zero", "BOOLEAN", "Bekreftet null", "Sant når leveransen sier at null er et ekte null."),
    # indicators
    Column("indicator_id", "VARCHAR", "Indikator", "Kode i evalueringsmatrisen, for eksempel G1-04.",
           constraints=(Matches(r"[A-G]\d-\d{2}", "Delmål, problemstilling og løpenummer."),)),
    Column("breakdown", "VARCHAR", "Fordeling", "nøkkel=kode-par skilt med semikolon; tom for helheten."),
    Column("term", "INTEGER", "Ledd", "Leddet i formelen delen hører til; verdien er summen av leddene.",
           constraints=(Between(1, 9),)),
    Column("role", "VARCHAR", "Rolle", "Teller eller nevner i leddet, eller antall brukt bare til skjerming.",
           constraints=(OneOf(ROLES),)),
    Column("amount", "DOUBLE", "Bidrag", "Delens bidrag i indikatorens enhet, med fortegn.", "blandet"),
    Column("category_code", "VARCHAR", "Tiltakskategori", "Kategorikode som tekst: 3.10 er ikke 3.1."),
    Column("kind", "VARCHAR", "Slag", "Hva slags tall: antall, andel, rate, penger, forholdstall.",
           constraints=(OneOf(("count", "share", "share_change", "rate", "money", "ratio", "fte", "days")),)),
    Column("input_indicator_id", "VARCHAR", "Inngår", "Indikatoren som inngår i en annen."),
    Column("input_breakdown", "VARCHAR", "Inngår med fordeling", "Fordelingen som inngår; tom for helheten."),
    Column("is_baseline", "BOOLEAN", "Fra 2015", "Sant når verdien for 2015 inngår, usant for årets egen."),
    Column("small_number_rule", "VARCHAR", "Skjerming", "Regelen for små tall: SN0 til SN4.",
           constraints=(OneOf(("SN0", "SN1", "SN2", "SN3", "SN4")),)),
    Column("published", "DOUBLE", "Trykt verdi", "Tallet slik det står i rapporten.", "blandet"),
    Column("decimals", "INTEGER", "Desimaler", "Antall desimaler i det trykte tallet.", constraints=(Between(0, 6),)),
    Column("scale", "DOUBLE", "Skala", "Faktoren fra indikatorens enhet til den trykte enheten."),
    Column("unit", "VARCHAR", "Måleenhet", "Nøkkel i enhetsregisteret."),
    Column("count_numerator", "DOUBLE", "Antall i teller", "Minste antall bak en teller, til skjerming.", "antall"),
    Column("count_complement", "DOUBLE", "Antall i resten", "Minste nevner minus teller, til skjerming.", "antall"),
    Column("count_denominator", "DOUBLE", "Antall i nevner", "Minste nevner, til skjerming.", "antall"),
    Column("finding_id", "VARCHAR", "Funn", "Stabil nøkkel: samme feil i en senere kjøring er samme funn."),
    Column("rule_id", "VARCHAR", "Regel", "Regelens nummer."),
    Column("level", "VARCHAR", "Grad", "Informasjon, advarsel, feil eller kritisk feil.", constraints=(OneOf(LEVELS),)),
    Column("sheet", "VARCHAR", "Ark", "Arket i arbeidsboken."),
    Column("cell", "VARCHAR", "Celle", "Cellen funnet gjelder."),
    Column("line_numbers", "VARCHAR", "Linjer", "Linjenumre skilt med komma."),
    Column("found", "VARCHAR", "Funnet", "Verdien som ble funnet."),
    Column("expected", "VARCHAR", "Ventet", "Verdien som var ventet."),
    Column("message", "VARCHAR", "Melding", "Hva som ble funnet og hva som skal gjøres."),
    Column("state", "VARCHAR", "Tilstand", "Hvor i livsløpet funnet er.",
           constraints=(OneOf(("åpen", "forklart", "rettet", "akseptert")),)),
    Column("rule_name_nb", "VARCHAR", "Regelen", "Hva regelen krever, på bokmål."),
    Column("is_about_counts", "BOOLEAN", "Om antall", "Sant når funnets tall teller barn, ansatte eller saker, eller når "
           "funnet gjengir noe fra en fil; da vises de aldri utenfor evaluators nivå."),
    Column("lives_in", "VARCHAR", "Hvor regelen hører hjemme", "Hva regelen holdes mot: det som leveres (delivery), en "
           "trykt rapports egen tekst og tabeller (report), eller våre egne tabeller (invariant).",
           constraints=(OneOf(("delivery", "report", "invariant")),)),
    Column("first_year", "INTEGER", "Fra rapporteringsår", "Det første året regelen gjelder; tomt når den alltid har "
           "gjort det.", "år", (_YEAR,)),
    Column("last_year", "INTEGER", "Til rapporteringsår", "Det siste året regelen gjelder; tomt når den fortsatt gjør "
           "det.", "år", (_YEAR,)),
    Column("advice_nb", "VARCHAR", "Råd", "Hva som skal gjøres, uten tall, på bokmål."),
    Column("actor", "VARCHAR", "Hvem handler", "Hvem som kan rette det regelen finner.",
           constraints=(OneOf(("municipality", "evaluator", "bufetat")),)),
    Column("indicator_ids", "VARCHAR", "Indikatorer", "Indikatorene funnet angår, skilt med mellomrom."),
    Column("place", "VARCHAR", "Sted", "Stedet funnet gjelder, slik funnet skriver det; tomt for alle."),
    Column("explanation_nb", "VARCHAR", "Forklaring", "Hvorfor funnet er som det er, på bokmål."),
    Column("explained_by", "VARCHAR", "Forklart av", "Rollen til den som forklarte eller aksepterte."),
    Column("explained_on", "DATE", "Forklart", "Når forklaringen ble gitt."),
    Column("valid_until", "DATE", "Gjelder til", "Siste dag en aksept eller en rettelse gjelder."),
    Column("event_number", "INTEGER", "Løpenummer", "Løpenummer i historikken; det høyeste er det siste som hendte.",
           constraints=(Between(1),)),
    Column("event_at", "TIMESTAMP", "Tidspunkt", "Når funnet gikk over i tilstanden."),
    # expectation results
    Column("table_name", "VARCHAR", "Tabell", "Skjema og tabell."),
    Column("column_name", "VARCHAR", "Kolonne", "Kolonnen forventningen gjelder."),
    Column("expectation", "VARCHAR", "Forventning", "Navnet på forventningen."),
    Column("severity", "VARCHAR", "Alvor", "critical: vår egen kontrakt, brudd stopper utgivelsen; warning: et funn.",
           constraints=(OneOf(("critical", "warning")),)),
    Column("observed", "DOUBLE", "Observert", "Det en forventning til en fordeling fant: en median eller en andel."),
    Column("least", "DOUBLE", "Minst", "Det minste fordelingen kan gi uten funn; tomt når den ikke har noe minste."),
    Column("most", "DOUBLE", "Mest", "Det meste fordelingen kan gi uten funn; tomt når den ikke har noe meste."),
    Column("fewest_rows", "INTEGER", "Færrest rader", "Færre rader enn dette har ingen fordeling å dømme.", "antall", (Between(1),)),
    Column("success", "BOOLEAN", "Oppfylt", "Sant når forventningen er oppfylt."),
    Column("unexpected_count", "BIGINT", "Brudd", "Antall rader som bryter forventningen.", "antall", (Between(0),)),
    Column("examples", "VARCHAR", "Eksempler", "Inntil fem verdier som bryter."),
)

COLUMNS: dict[str, Column] = {column.name: column for column in (
    *_COLUMNS, *COLUMNS_OF_REPORTS, *COLUMNS_OF_CORRECTIONS, *COLUMNS_OF_ALERTS, *COLUMNS_OF_RULES, *COLUMNS_OF_DECISIONS)}
