"""An attacker with the release and the population tries to compute the cost behind few children from the totals."""

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from assets.disclosure import suppress
from warehouse.reference_data import reference_rows

RULES = {row["indicator_id"]: row["small_number_rule"] for row in reference_rows("indicator")}
EQUATIONS = reference_rows("disclosure_equation")
INHABITANTS = 4929
FUNCTIONS = ("244", "251", "252")
AMOUNTS = st.integers(-500, 90_000)


def money_forms(costs, children):
    """Every published form over (function, part): its row and its coefficients."""
    per_child, forms = 1000 / INHABITANTS, []
    for trial, parts in (("excluded", ("ordinary",)), ("included", ("ordinary", "trial"))):
        there = {key: per_child for key in costs if key[1] in parts}
        forms.append((("E2-02", f"trial_cost={trial}"), there, None))
        for function in dict.fromkeys(key[0] for key in there):
            forms.append((("E2-03", f"function={function};trial_cost={trial}"),
                          {key: one for key, one in there.items() if key[0] == function}, children.get(function, 200)))
    trial_only = {key: 1 / 1000 for key in costs if key[1] == "trial"}
    forms.append((("G1-02", ""), trial_only, None))
    forms += [(("G1-02", f"purpose={key[0]}"), {key: one}, None) for key, one in trial_only.items()]
    return forms


def a_row(indicator_id, breakdown, value, children):
    return {"indicator_id": indicator_id, "unit_code": "2012", "unit_type": "municipality", "period": "2018",
            "breakdown": breakdown, "value": value, "status": "ok", "basis": "delivered", "fact_id": None,
            "count_numerator": children, "count_denominator": None, "count_complement": None,
            "is_confirmed_zero": False}


@settings(max_examples=40, deadline=None)
@given(ordinary=st.fixed_dictionaries(dict.fromkeys(FUNCTIONS, AMOUNTS)),
       trial=st.dictionaries(st.sampled_from((*FUNCTIONS, "unsplit")), AMOUNTS),
       children=st.fixed_dictionaries(dict.fromkeys(("251", "252"), st.integers(0, 8))))
def test_no_cost_behind_few_children_can_be_computed_from_the_totals(ordinary, trial, children):
    costs = {**{(function, "ordinary"): amount for function, amount in ordinary.items()},
             **{(function, "trial"): amount for function, amount in trial.items()}}
    assume(min(children.values()) <= 3)
    forms = money_forms(costs, children)
    rows = [a_row(*name, sum(one * costs[key] for key, one in form.items()), behind)
            for name, form, behind in forms]
    status = {(row["indicator_id"], row["breakdown"]): row["status"] for row in suppress(rows, RULES, EQUATIONS, 3)}
    lines = {name: [form.get(key, 0.0) for key in costs] for name, form, _ in forms}
    shown = np.array([line for name, line in lines.items() if status[name] == "ok"])
    few = [lines[name] for name, _, behind in forms if behind is not None and behind <= 3]
    assert few and all(status[name] == "suppressed" for name, _, behind in forms if behind is not None and behind <= 3)
    assert all(np.linalg.matrix_rank(np.vstack([shown, line])) > np.linalg.matrix_rank(shown) for line in few)
