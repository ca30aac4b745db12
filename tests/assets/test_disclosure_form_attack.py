"""An attacker with the release, who knows what the forms' fields mean, tries to compute what is hidden of them.

Random small counts of one municipality and year become the rows of marts.indicator_value. The attacker knows that parts
add up to their totals, that the tertials add up to the year, and what the purchase lists count; a shown share gives
both numbers behind it. A linear program says how far each hidden count can be narrowed: not to one number, nor to 1–3.
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
YEAR, TERTIALS = "2018", ("T1", "T2", "T3")

# Which count each published number is, by (indicator, breakdown).
COUNTS = {
    ("B1-03", ""): "reports", **{("B1-07", f"age={age}"): f"age {age}" for age in ("0_og_ufoedt", "1_5", "6_12", "13_17")},
    ("C2-01", ""): "ordinary", ("C2-02", ""): "kin", ("C2-04", ""): "from bufetat", ("C2-05", ""): "from private",
    ("C7-05", "purchase=fosterhjem"): "from bufetat", ("E3-04", "count=kjøp;type=fosterhjem"): "from private",
    ("C3-02", ""): "homes", ("C3-02", "reinforcement=over_1ks"): "above rate",
    ("C3-02", "reinforcement=veiledning_individuell"): "guided", ("C4-02", ""): "grouped",
    ("C3-02", "reinforcement=veiledning_gruppe"): "grouped", ("C5-01", ""): "emergency",
    **{("C5-01", f"place={place}"): f"emergency {place}" for place in ("beredskapshjem", "institusjon", "familie")},
    ("C6-03", ""): "institution", **{("C6-03", f"owner={owner}"): f"owned {owner}" for owner in ("egen", "privat", "stat")},
    ("C7-05", "purchase=institusjon"): "bought institution", ("C7-05", "purchase=akuttinstitusjon"): "bought emergency",
    ("E3-04", "count=kjøp;type=institusjon"): "owned privat", ("F1-02", ""): "agreement",
    **{("F1-02", f"place={place}"): f"agreement {place}" for place in ("institusjon", "beredskapshjem")},
}
SHARES = {
    ("C2-03", YEAR): ("kin", ("kin", "ordinary")), ("C3-01", YEAR): ("above rate", ("homes",)),
    ("C4-01", YEAR): ("guided", ("homes",)), ("C5-03", YEAR): ("emergency institusjon", ("emergency",)),
    **{("C5-02", f"{YEAR}-{tertial}"): (f"emergency {tertial}", (f"began {tertial}",)) for tertial in TERTIALS},
}
SUMS = {
    "reports": tuple(name for name in COUNTS.values() if name.startswith("age ")),
    "emergency": tuple(f"emergency {place}" for place in ("beredskapshjem", "institusjon", "familie")),
    "owned stat": ("bought institution", "bought emergency"),
    "institution": tuple(f"owned {owner}" for owner in ("egen", "privat", "stat")),
    "agreement": tuple(f"agreement {place}" for place in ("institusjon", "beredskapshjem")),
}
AT_MOST = {"above rate": "homes", "guided": "homes", "grouped": "homes",
           **{f"emergency {tertial}": f"began {tertial}" for tertial in TERTIALS}}
BASIC = sorted({*COUNTS.values(), *AT_MOST, *(f"began {tertial}" for tertial in TERTIALS)} - set(SUMS))


@dataclass(frozen=True)
class Count:
    """A count as it was delivered."""

    number: int
    is_confirmed_zero: bool = False


def a_row(indicator_id, breakdown, period, value, *, of=(None, None), confirmed=False):
    above, below = of
    return {"indicator_id": indicator_id, "unit_code": "2012", "unit_type": "municipality", "period": period,
            "breakdown": breakdown, "value": value, "status": "ok" if value is not None else "not_applicable",
            "basis": "delivered", "fact_id": None, "count_numerator": above, "count_denominator": below,
            "count_complement": None if above is None else below - above, "is_confirmed_zero": confirmed}


def rows_of(counts):
    rows = [a_row(indicator_id, breakdown, YEAR, counts[name].number, confirmed=counts[name].is_confirmed_zero)
            for (indicator_id, breakdown), name in COUNTS.items()]
    for (indicator_id, period), (above, below) in SHARES.items():
        over, under = counts[above].number, sum(counts[name].number for name in below)
        share = round(over / under, 9) if under else None
        rows.append(a_row(indicator_id, "", period, share, of=(over, under), confirmed=counts[above].is_confirmed_zero))
    return rows


def with_totals(counts):
    """The totals are sums; the last tertial's emergency placements are what is left of the year's."""
    whole = dict(counts)
    for name, parts in SUMS.items():
        whole[name] = Count(sum(whole[part].number for part in parts),
                            all(whole[part].is_confirmed_zero for part in parts))
    left = whole["emergency"].number
    for tertial in TERTIALS:
        here = left if tertial == "T3" else min(left, counts[f"emergency {tertial}"].number)
        left -= here
        whole[f"emergency {tertial}"] = Count(here, here == 0)
    if whole["emergency"].number == 0:
        # Where no placement began, a share of nothing tells so: then the zeros are confirmed in both forms.
        whole |= dict.fromkeys(("emergency", *SUMS["emergency"]), Count(0, is_confirmed_zero=True))
    for small, large in AT_MOST.items():
        if small.startswith("emergency"):
            whole[large] = Count(whole[small].number + counts[large].number)
        elif whole[small].number > whole[large].number or whole[large].is_confirmed_zero:
            # Where it is confirmed that there are no homes, there are none with reinforcement.
            whole[small] = whole[large]
    return whole


class Attacker:
    """Linear inequalities over the counts, all of them zero or more."""

    def __init__(self, published, counts):
        self.place = {name: place for place, name in enumerate(sorted(counts))}
        self.left, self.right, self.same, self.known = [], [], [], []
        for total, parts in {**SUMS, " emergency": [f"emergency {tertial}" for tertial in TERTIALS]}.items():
            self._equal({total.strip(): 1, **dict.fromkeys(parts, -1)}, 0)
        for small, large in AT_MOST.items():
            self.left.append(self._line({small: 1, large: -1}))
            self.right.append(0)
        for row in published:
            if row["status"] != "suppressed":
                for name in self._told_by(row):
                    self._equal({name: 1}, counts[name].number)

    @staticmethod
    def _told_by(row):
        share = SHARES.get((row["indicator_id"], row["period"]))
        if share is None:
            return [COUNTS[row["indicator_id"], row["breakdown"]]]
        return [share[0], *share[1]] if row["status"] == "ok" else share[1]

    def _line(self, form):
        line = np.zeros(len(self.place))
        for name, coefficient in form.items():
            line[self.place[name]] = coefficient
        return line

    def _equal(self, form, value):
        self.same.append(self._line(form))
        self.known.append(value)

    def range_of(self, name):
        """The smallest and the largest whole number the count can be."""
        ends = []
        for sign in (1, -1):
            solved = linprog(self._line({name: sign}), A_ub=np.array(self.left), b_ub=self.right,
                             A_eq=np.array(self.same), b_eq=self.known, bounds=(0, None))
            assert solved.status in (0, 3), solved.message
            ends.append(sign * solved.fun if solved.status == 0 else math.inf)
        return math.ceil(ends[0] - 1e-6), ends[1] if ends[1] == math.inf else math.floor(ends[1] + 1e-6)


def given_away(counts, published, threshold):
    """The hidden counts that the attacker narrows to one number, or to 1–threshold."""
    attacker, found = Attacker(published, counts), set()
    for row in published:
        if row["status"] != "suppressed":
            continue
        share = SHARES.get((row["indicator_id"], row["period"]))
        name = share[0] if share else COUNTS[row["indicator_id"], row["breakdown"]]
        number = counts[name].number
        if share and not 1 <= number <= threshold:
            continue
        low, high = attacker.range_of(name)
        assert low <= number <= high
        if low == high or (low >= 1 and high <= threshold):
            found.add(name)
    return found


NUMBERS = st.one_of(st.integers(0, 4), st.integers(0, 12), st.integers(4, 60))


@st.composite
def municipalities(draw):
    counts = {}
    for name in BASIC:
        number = draw(NUMBERS)
        counts[name] = Count(number, number == 0 and draw(st.booleans()))
    return with_totals(counts)


@settings(max_examples=60, deadline=None)
@given(counts=municipalities(), threshold=st.sampled_from([3, 3, 5]))
def test_no_hidden_count_of_the_forms_can_be_computed_from_what_is_published(counts, threshold):
    published = suppress(rows_of(counts), RULES, EQUATIONS, threshold)
    assert given_away(counts, published, threshold) == set()


def plain(**changed):
    """A municipality with enough of everything, but for what is changed; a space is written as two underscores."""
    numbers = dict.fromkeys(BASIC, 20) | {"emergency T1": 20, "emergency T2": 20}
    numbers |= {name.replace("__", " "): number for name, number in changed.items()}
    return with_totals({name: Count(number) for name, number in numbers.items()})


@pytest.mark.parametrize(("equation_id", "changed", "told"), [
    ("emergency_by_place", {"emergency__familie": 3}, "emergency familie"),
    ("emergency_by_tertial", {"emergency__T1": 3}, "emergency T1"),
    ("emergency_institution_share", {"emergency__familie": 3}, "emergency institusjon"),
    ("institution_by_owner", {"owned__privat": 2}, "owned privat"),
    ("private_institution", {"owned__egen": 1}, "owned privat"),
    ("state_institution", {"owned__privat": 1}, "owned stat"),
    ("agreement_by_place", {"agreement__beredskapshjem": 1}, "agreement beredskapshjem"),
    ("reports_by_age", {"age__0_og_ufoedt": 2}, "age 0_og_ufoedt"),
])
def test_without_the_equation_the_attacker_finds_the_number_and_with_it_not(equation_id, changed, told):
    counts = plain(**changed)
    without = [row for row in EQUATIONS if row["equation_id"] != equation_id]
    assert len(without) < len(EQUATIONS)
    assert told in given_away(counts, suppress(rows_of(counts), RULES, without, 3), 3)
    assert given_away(counts, suppress(rows_of(counts), RULES, EQUATIONS, 3), 3) == set()


def test_the_attacker_finds_numbers_where_only_small_numbers_are_hidden():
    counts = plain(kin=2)
    only_primary = [{**row, "status": "suppressed"} if must_hide(row, RULES[row["indicator_id"]], 3) else row
                    for row in rows_of(counts)]
    share = next(row for row in rows_of(counts) if row["indicator_id"] == "C2-03")
    leaky = [share if row["indicator_id"] == "C2-03" else row for row in only_primary]
    assert given_away(counts, leaky, 3) == {"kin"}
    assert given_away(counts, suppress(rows_of(counts), RULES, EQUATIONS, 3), 3) == set()
