"""The rival of SSB's control rules: each rule in force for the annual 0A of 2003–2022 as one bare SELECT by hand.

Each gives the number of deliveries that break the rule; none of them can say which line, or what to do. The code lists
are read from the reference files by the database.
"""

from warehouse.reference_data import reference_path

LINE = "raw.kostra_accounts_line"
OLD, NEW = "accounting_year < 2020", "accounting_year >= 2020"
OPERATION, INVESTMENT = "account_class = '1'", "account_class = '0'"
POSTED = "amount_thousand_nok <> 0"
TAXES = "'870', '871', '872', '873', '874', '875', '876', '878', '879'"


def lines(condition: str) -> str:
    """Deliveries with a line that should not be there."""
    return f"SELECT count(DISTINCT delivery_id) FROM {LINE} WHERE {condition}"


def sums(years: str, broken: str) -> str:
    """Deliveries whose sums are wrong."""
    return f"SELECT count(*) FROM (SELECT delivery_id FROM {LINE} WHERE {years} GROUP BY delivery_id HAVING {broken})"


def total(condition: str) -> str:
    return f"coalesce(sum(amount_thousand_nok) FILTER (WHERE {condition}), 0)"


def several(column: str) -> str:
    return (f"SELECT count(*) FROM (SELECT delivery_id FROM {LINE} GROUP BY delivery_id"
            f" HAVING min({column}) IS DISTINCT FROM max({column}) OR count({column}) NOT IN (0, count(*)))")


def unlisted(column: str, table: str, years: str = "true") -> str:
    return (f"SELECT count(DISTINCT delivery_id) FROM {LINE} AS line WHERE {years} AND {POSTED} AND NOT EXISTS ("
            f"SELECT 1 FROM read_csv('{reference_path(table)}', all_varchar = true) AS code"
            f" WHERE code.{column} = rtrim(line.{column}) AND list_contains(string_split(forms, ' '), '0A')"
            " AND oslo_only = 'false' AND accounting_year BETWEEN CAST(valid_from_year AS INTEGER)"
            " AND CAST(valid_to_year AS INTEGER))")


def twice(years: str, condition: str) -> str:
    return (f"SELECT count(DISTINCT delivery_id) FROM (SELECT delivery_id FROM {LINE} WHERE {years} AND {condition} GROUP BY "
            "delivery_id, account_class, function_code, species_code HAVING count(*) > 1)")


ON_190, ON_290 = "function_code = '190'", "function_code = '290'"
INTERNAL, TRADE, RESERVED = "species_code IN ('298', '798')", "species_code IN ('290', '790')", "species_code = '490'"
DEPRECIATION = f"{OPERATION} AND species_code = '590'"
SERVICES = f"{OPERATION} AND species_code = '590' AND function_code BETWEEN '100' AND '799'"
ON_860 = f"{OPERATION} AND species_code = '990' AND function_code = '860'"
FINANCE = f"{OPERATION} AND species_code = '590' AND function_code BETWEEN '800' AND '899'"
ELSEWHERE = f"{OPERATION} AND species_code = '990' AND function_code <> '860'"
EXPENSE, INCOME = "species_code BETWEEN '010' AND '599'", "species_code BETWEEN '600' AND '999'"
TRANSFER = f"{OPERATION} AND species_code = '570' OR {INVESTMENT} AND species_code = '970'"

RULES: dict[str, str] = {
    "R003": several("form_code"), "R004": several("accounting_year"), "R005": several("quarter"),
    "R006": several("region_code"),
    "R007": lines("org_number IS NOT NULL"), "R008": lines("company_number IS DISTINCT FROM org_number"),
    "R009": lines("account_class NOT IN ('0', '1')"),
    "R010": unlisted("function_code", "account_function"), "R012": unlisted("species_code", "account_species"),
    "L07": unlisted("species_code", "account_species", OLD),
    "R015": f"SELECT ({twice(OLD, 'true')}) + ({twice(NEW, POSTED)})",
    "R020": lines(f"{NEW} AND {OPERATION} AND {POSTED} AND function_code = '841'"),
    "R025": lines(f"{NEW} AND {OPERATION} AND {POSTED} AND species_code IN ('280', '512', '521', '522', '529', '670', '910',"
                  " '911', '912', '921', '922', '929', '970')"),
    "R030": lines(f"{NEW} AND {OPERATION} AND {POSTED} AND species_code IN ('285', '660')"),
    "R035": lines(f"{NEW} AND {OPERATION} AND {POSTED} AND species_code IN ('520', '920')"),
    "R040": lines(f"{NEW} AND {INVESTMENT} AND {POSTED} AND function_code IN ('800', '840', '850', '860')"),
    "R045": lines(f"{NEW} AND {INVESTMENT} AND {POSTED} AND function_code IN ('100', '110', '121', '170', '171', '400',"
                  " '410', '421', '470', '471')"),
    "R050": lines(f"{NEW} AND {INVESTMENT} AND {POSTED} AND species_code IN ('070', '080', '110', '114', '240', '509', '570',"
                  f" '590', '600', '629', '630', '640', '800', '877', '909', '990', {TAXES})"),
    "R055": lines(f"{NEW} AND {INVESTMENT} AND {POSTED} AND species_code IN ('620', '650', '900')"),
    "R060": lines(f"{NEW} AND {INVESTMENT} AND {POSTED} AND species_code = '729' AND function_code <> '841'"),
    "R065": lines(f"{NEW} AND {POSTED} AND (species_code IN ('589', '980', '989')) <> (function_code = '899')"),
    "R070": lines(f"{NEW} AND {POSTED} AND species_code = '530' AND function_code <> '880'"),
    "R075": lines(f"{NEW} AND {POSTED} AND species_code IN ({TAXES}) AND function_code <> '800'"),
    "R080": lines(f"{NEW} AND {POSTED} AND species_code = '800' AND function_code <> '840'"),
    "R085": sums(NEW, f"bool_or({INVESTMENT}) AND {total(f'{INVESTMENT} AND {EXPENSE}')} <= 0"),
    "R090": sums(NEW, f"bool_or({INVESTMENT}) AND {total(f'{INVESTMENT} AND {INCOME}')} >= 0"),
    "R095": sums(NEW, f"abs({total(INVESTMENT)}) > 30"),
    "R100": sums(NEW, f"bool_or({OPERATION}) AND {total(f'{OPERATION} AND {EXPENSE}')} <= 0"),
    "R105": sums(NEW, f"bool_or({OPERATION}) AND {total(f'{OPERATION} AND {INCOME}')} >= 0"),
    "R110": sums(NEW, f"abs({total(OPERATION)}) > 30 OR {total(f'{OPERATION} AND {EXPENSE}')} <= 0"
                 f" OR {total(f'{OPERATION} AND {INCOME}')} >= 0"),
    "R126": sums(f"{NEW} AND region_code LIKE '0301%'", f"abs({total(f'{OPERATION} AND {INTERNAL}')}) > 10"),
    "R127": sums(f"{NEW} AND region_code LIKE '0301%'", f"abs({total(f'{INVESTMENT} AND {INTERNAL}')}) > 10"),
    "R130": sums(NEW, total(f"{OPERATION} AND function_code = '800' AND species_code = '870'") + " >= 0"),
    "R135": sums(NEW, total(f"{OPERATION} AND function_code = '840' AND species_code = '800'") + " >= 0"),
    "R140": sums(NEW, f"abs({total(TRANSFER)}) > 30"),
    "R145": sums(NEW, f"bool_or({ON_860}) AND {total(ON_860)} = 0"),
    "R150": sums(NEW, f"bool_or({SERVICES}) AND {total(SERVICES)} = 0"),
    "R155": sums(NEW, f"abs({total(f'{SERVICES} OR {ON_860}')}) > 30"),
    "R160": sums(NEW, f"{total(FINANCE)} <> 0"), "R165": sums(NEW, f"{total(ELSEWHERE)} <> 0"),
    "R170": sums(NEW, f"abs({total(f'{INVESTMENT} AND {ON_290}')}) > 30"),
    "R175": sums(NEW, f"abs({total(f'{OPERATION} AND {ON_290}')}) > 30"),
    "L08": lines(f"{OLD} AND {INVESTMENT} AND function_code IN ('800', '860')"),
    "L09": lines(f"{OLD} AND {OPERATION} AND species_code IN ('529', '548', '670', '910', '911', '929', '948', '958', '970')"),
    "L10": lines(f"{OLD} AND {INVESTMENT} AND species_code IN ('240', '509', '540', '570', '590', '800', '870', '874', '875',"
                 " '877', '909', '990')"),
    "L12": sums(OLD, f"abs({total(OPERATION)}) >= 30 OR abs({total(INVESTMENT)}) >= 30"),
    "L14": sums(OLD, f"abs({total(TRADE)}) >= 50"),
    "L15": sums(OLD, f"abs({total(TRANSFER)}) >= 30"),
    "L16": sums(OLD, f"abs({total(f'{DEPRECIATION} OR {ON_860}')}) >= 30 OR {total(FINANCE)} <> 0"
                f" OR {total(ELSEWHERE)} <> 0"),
    "L17": sums(OLD, f"abs({total(f'{OPERATION} AND {ON_190}')}) >= 30"
                f" OR abs({total(f'{INVESTMENT} AND {ON_190}')}) >= 30"),
    "L18": sums(OLD, f"abs({total(f'{OPERATION} AND {ON_290}')}) >= 30"
                f" OR abs({total(f'{INVESTMENT} AND {ON_290}')}) >= 30"),
    "L19": sums(OLD, f"abs({total(RESERVED)}) >= 1"),
    "L20": lines(f"{OLD} AND amount_thousand_nok = 0"),
    "L22": lines(f"{OLD} AND species_code IN ('070', '075', '230', '250', '260')"
                 " AND function_code NOT IN ('130', '221', '222', '261', '381', '386')"),
    "L23a": lines(f"{OLD} AND {OPERATION} AND function_code = '841'"),
    "L24": lines(f"{OLD} AND (species_code IN ('580', '980')) <> (function_code = '899')"),
}
