"""An attacker with the release, the population and the definitions of the indicators tries to compute what is hidden.

Random small counts of one municipality in three years become the rows of marts.indicator_value; after suppression the
attacker sets up every equation that the published rows satisfy and asks a linear program how far each hidden count
can be narrowed. It must not come down to one number, nor to 1–3.
"""

import math
from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from assets.disclosure import must_hide, suppress
from warehouse.reference_data import reference_rows

RULES = {row["indicator_id"]: row["small_number_rule"] for row in reference_rows("indicator")}
EQUATIONS = reference_rows("disclosure_equation")
YEARS = ("2015", "2017", "2018")
INHABITANTS = 4929
NINTH_DECIMAL, DELIVERED_SHARE = 1e-9, 0.005
CATEGORIES = ("1", "2", "2.5", "6", "7")
ALIAS = {"1": "C6-01", "2.5": "C5-04", "6": "B3-07"}
COUNTS = {"B1-03": "reports", "B3-04": "at home", "B3-05": "placed"} | {name: code for code, name in ALIAS.items()}
SHARES = {"B1-05": ("investigated", "reports"), "B1-08": ("in time", "reports"), "D2-01": ("concluded", "finished")}


@dataclass(frozen=True)
class Count:
    """A count as it was delivered."""

    number: int
    is_confirmed_zero: bool = False
    is_suppressed: bool = False


# What the evaluators know

def a_row(indicator_id, value, year, breakdown="", *, of=(None, None), confirmed=False, status="ok"):
    above, below = of
    return {"indicator_id": indicator_id, "unit_code": "2012", "unit_type": "municipality", "period": year,
            "breakdown": breakdown, "value": None if status != "ok" else round(value, 9), "status": status,
            "basis": "delivered", "fact_id": None, "count_numerator": above, "count_denominator": below,
            "count_complement": None if above is None or below is None else below - above,
            "is_confirmed_zero": confirmed}


def count_row(indicator_id, count, year, breakdown=""):
    return a_row(indicator_id, count.number, year, breakdown, confirmed=count.is_confirmed_zero,
                 status="suppressed" if count.is_suppressed else "ok")


def ratio_row(indicator_id, above, below, year, *, factor=1.0, inhabitants=None):
    """A ratio of sums of counts; with `inhabitants` they are below the line."""
    counts = [*above, *below]
    sums = sum(count.number for count in above), inhabitants or sum(count.number for count in below)
    if any(count.is_suppressed for count in counts):
        return a_row(indicator_id, None, year, status="suppressed")
    if sums[1] == 0:
        return a_row(indicator_id, None, year, of=sums, status="not_applicable")
    return a_row(indicator_id, factor * sums[0] / sums[1], year, of=sums,
                 confirmed=all(count.is_confirmed_zero for count in above))


def rows_of_year(counts, year):
    at_home, placed, reports = counts["at home"], counts["placed"], counts["reports"]
    rows = [count_row("B1-03", reports, year), count_row("B3-04", at_home, year), count_row("B3-05", placed, year),
            ratio_row("B1-04", [reports], [], year, factor=1000, inhabitants=INHABITANTS),
            ratio_row("B3-03", [at_home, placed], [], year, factor=1000, inhabitants=INHABITANTS),
            ratio_row("B3-01", [placed], [at_home, placed], year),
            ratio_row("C6-02", [counts["1"]], [placed], year)]
    for category in CATEGORIES:
        rows.append(count_row("C1-02", counts[category], year, f"category={category}"))
        rows += [count_row(ALIAS[category], counts[category], year)] if category in ALIAS else []
    for indicator_id, (above, below) in SHARES.items():
        of = counts[above].number, counts[below].number
        if of[1] > 0:
            share = math.floor(100 * of[0] / of[1] + 0.5) / 100
            rows.append(a_row(indicator_id, 1 - share if indicator_id == "D2-01" else share, year, of=of))
    return rows


def rows_of(years):
    rows = [row for year, counts in years.items() for row in rows_of_year(counts, year)]
    shares = {row["period"]: row for row in rows if row["indicator_id"] == "B3-01"}
    for year in YEARS[1:]:
        both = shares[year], shares["2015"]
        status = max((row["status"] for row in both), key=("ok", "not_applicable", "suppressed").index)
        difference = both[0]["value"] - both[1]["value"] if status == "ok" else None
        rows.append(a_row("B3-02", difference, year, status=status) | {
            key: min((row[key] for row in both if row[key] is not None), default=None)
            for key in ("count_numerator", "count_denominator", "count_complement")})
    return rows


# What the attacker does

class Attacker:
    """Linear inequalities over the counts, all of them zero or more."""

    def __init__(self, published):
        self.shown = {(row["indicator_id"], row["breakdown"], row["period"]): row["value"]
                      for row in published if row["status"] == "ok"}
        names = ("reports", "at home", "placed", *CATEGORIES, "investigated", "in time", "concluded", "finished", "share")
        self.columns = {(name, year): place for place, (name, year) in enumerate(
            (name, year) for year in YEARS for name in names)}
        self.left, self.right = [], []
        for year in YEARS:
            self._counts(year)
            self._placements(year)
            self._delivered_shares(year)
        for year in YEARS[1:]:
            self._between({("share", year): 1, ("share", "2015"): -1}, self.shown.get(("B3-02", "", year)))

    def _at_most(self, form, limit):
        """sum of coefficient × count <= limit."""
        line = np.zeros(len(self.columns))
        for key, coefficient in form.items():
            line[self.columns[key]] += coefficient
        self.left.append(line)
        self.right.append(limit)

    def _between(self, form, value, slack=NINTH_DECIMAL):
        """The form equals a published value, but for rounding."""
        if value is not None:
            self._at_most(form, value + slack)
            self._at_most({key: -coefficient for key, coefficient in form.items()}, slack - value)

    def _ratio(self, above, below, value, year, slack=NINTH_DECIMAL):
        """above / (sum of below) equals a published value, but for rounding."""
        if value is None:
            return
        for sign in (1, -1):
            form = {(name, year): -sign * (value + sign * slack) for name in below}
            form[above, year] = form.get((above, year), 0) + sign
            self._at_most(form, 0)

    def _counts(self, year):
        for indicator_id, name in COUNTS.items():
            self._between({(name, year): 1}, self.shown.get((indicator_id, "", year)))
        for category in CATEGORIES:
            self._between({(category, year): 1}, self.shown.get(("C1-02", f"category={category}", year)))
            # Nobody has more children with one kind of measure than children with measures.
            self._at_most({(category, year): 1, ("at home", year): -1, ("placed", year): -1}, 0)
        self._between({("reports", year): 1000 / INHABITANTS}, self.shown.get(("B1-04", "", year)))

    def _placements(self, year):
        whole, share = self.shown.get(("B3-03", "", year)), self.shown.get(("B3-01", "", year))
        self._between({("at home", year): 1000 / INHABITANTS, ("placed", year): 1000 / INHABITANTS}, whole)
        self._ratio("placed", ("at home", "placed"), share, year)
        self._ratio("1", ("placed",), self.shown.get(("C6-02", "", year)), year)
        self._between({("share", year): 1}, share)
        self._at_most({("share", year): 1}, 1)
        if whole:
            children = round(whole * INHABITANTS / 1000)
            self._between({("share", year): children, ("placed", year): -1}, 0, 1e-6)

    def _delivered_shares(self, year):
        for indicator_id, (above, below) in SHARES.items():
            value = self.shown.get((indicator_id, "", year))
            concluded = None if value is None else 1 - value if indicator_id == "D2-01" else value
            self._ratio(above, (below,), concluded, year, DELIVERED_SHARE + NINTH_DECIMAL)
            self._at_most({(above, year): 1, (below, year): -1}, 0)

    def range_of(self, form):
        """The smallest and the largest whole number that a sum of counts can be."""
        ends = []
        for sign in (1, -1):
            target = np.zeros(len(self.columns))
            for key, coefficient in form.items():
                target[self.columns[key]] += sign * coefficient
            solved = linprog(target, A_ub=np.array(self.left), b_ub=np.array(self.right), bounds=(0, None))
            assert solved.status in (0, 3), solved.message
            ends.append(sign * solved.fun if solved.status == 0 else -sign * math.inf)
        low, high = ends
        return math.ceil(low - 1e-4) if low > -math.inf else low, math.floor(high + 1e-4) if high < math.inf else high


def forms_of(row, year):
    """The counts that a hidden row must not give away, as sums of counts."""
    simple = {**COUNTS, "B1-04": "reports"}
    indicator_id = row["indicator_id"]
    if indicator_id in simple or indicator_id == "C1-02":
        return [{(simple.get(indicator_id) or row["breakdown"].removeprefix("category="), year): 1}]
    if indicator_id in SHARES:
        above, below = SHARES[indicator_id]
        return [{(above, year): 1}, {(below, year): 1, (above, year): -1}]
    return [{("1", year): 1}, {("placed", year): 1, ("1", year): -1}] if indicator_id == "C6-02" else []


def given_away(years, published, threshold):
    """The hidden counts that the attacker narrows to one number, or to 1–threshold."""
    attacker, found = Attacker(published), []
    for row in published:
        if row["status"] != "suppressed":
            continue
        for form in forms_of(row, row["period"]):
            true = sum(coefficient * years[year][name].number for (name, year), coefficient in form.items())
            if row["indicator_id"] in (*SHARES, "C6-02") and not 1 <= true <= threshold:
                continue
            low, high = attacker.range_of(form)
            assert low <= true <= high
            if low == high or (low >= 1 and high <= threshold):
                found.append((row["indicator_id"], row["breakdown"], row["period"], low, high))
    return found


# Small counts of every kind

NUMBERS = st.one_of(st.integers(0, 4), st.integers(0, 12), st.integers(4, 200))


@st.composite
def a_count(draw, numbers=NUMBERS):
    number = draw(numbers)
    is_confirmed = number == 0 and draw(st.booleans())
    return Count(number, is_confirmed, 0 < number <= 3 and draw(st.booleans()))


@st.composite
def a_year(draw):
    counts = {"reports": Count(draw(NUMBERS)), "finished": Count(draw(NUMBERS)), "at home": draw(a_count()),
              "placed": draw(a_count())}
    whole = counts["at home"].number + counts["placed"].number
    for category in CATEGORIES:
        most = counts["placed"].number if category in ("1", "2", "2.5") else whole
        numbers = NUMBERS.map(lambda number, most=most: min(number, most))
        # Where it is confirmed that there are no children, there are none with any measure.
        nobody = counts["at home"].is_confirmed_zero and counts["placed"].is_confirmed_zero
        counts[category] = Count(0, is_confirmed_zero=True) if nobody else draw(a_count(numbers))
    for above, below in SHARES.values():
        most = counts[below].number
        counts[above] = Count(most - min(draw(NUMBERS), most))
    return counts


MUNICIPALITIES = st.fixed_dictionaries({year: a_year() for year in YEARS})


@settings(max_examples=40, deadline=None)
@given(years=MUNICIPALITIES, threshold=st.sampled_from([3, 3, 5]))
def test_no_hidden_count_can_be_computed_from_what_is_published(years, threshold):
    published = suppress(rows_of(years), RULES, EQUATIONS, threshold)
    assert given_away(years, published, threshold) == []


@settings(max_examples=100, deadline=None)
@given(years=MUNICIPALITIES)
def test_no_equation_holds_exactly_one_hidden_number(years):
    published = {(row["indicator_id"], row["breakdown"], row["period"]): row["status"]
                 for row in suppress(rows_of(years), RULES, EQUATIONS, 3)}
    for year in YEARS:
        equations = {}
        for one in EQUATIONS:
            when = "2015" if one["is_baseline"] == "true" else year
            status = published.get((one["indicator_id"], one["breakdown"], when))
            if status in ("ok", "suppressed"):
                equations.setdefault(one["equation_id"], {})[one["indicator_id"], one["breakdown"], when] = status
        for equation_id, members in equations.items():
            assert list(members.values()).count("suppressed") != 1 or len(members) == 1, (equation_id, members)


def only_primary(rows):
    """What would be published without complementary suppression."""
    return [{**row, "value": None, "status": "suppressed"}
            if row["status"] == "suppressed" or must_hide(row, RULES[row["indicator_id"]], 3) else row for row in rows]


def a_plain_year(**changed):
    return {name: Count(number) for name, number in {
        "reports": 300, "finished": 200, "at home": 120, "placed": 60, "1": 20, "2": 30, "2.5": 10, "6": 40, "7": 12,
        "investigated": 250, "in time": 280, "concluded": 150, **changed}.items()}


@pytest.mark.parametrize(("changed", "told"), [
    ({"placed": 2, "1": 0, "2": 0, "2.5": 0}, "B3-05"),
    ({"at home": 1}, "B3-04"),
    ({"1": 58}, "C6-02"),
])
def test_the_attacker_finds_the_number_where_only_small_numbers_are_hidden(changed, told):
    years = {"2015": a_plain_year(), "2017": a_plain_year(), "2018": a_plain_year(**changed)}
    assert told in {found[0] for found in given_away(years, only_primary(rows_of(years)), 3)}
    assert given_away(years, suppress(rows_of(years), RULES, EQUATIONS, 3), 3) == []


def test_the_attacker_goes_through_the_change_since_2015():
    years = {"2015": a_plain_year(placed=2, **dict.fromkeys(("1", "2", "2.5"), 0)), "2017": a_plain_year(),
             "2018": a_plain_year()}
    published = suppress(rows_of(years), RULES, EQUATIONS, 3)
    change = next(row for row in rows_of(years) if row["indicator_id"] == "B3-02" and row["period"] == "2018")
    leaky = [change if row["indicator_id"] == "B3-02" and row["period"] == "2018" else row for row in published]
    assert given_away(years, published, 3) == []
    assert ("B3-05", "", "2015", 2, 2) in given_away(years, leaky, 3)
