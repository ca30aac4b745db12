"""What a rule is called, how grave it is, who should act and what to do: one look-up for every rule that can be broken.

Our own rules stand in `rule.csv`, SSB's own in `accounts_rule.csv` (R and L) and `child_record_rule.csv` (15F), and the
nynorsk of all of them in `rule_text_nn.csv`. How a rule is judged is not here.
"""

from dataclasses import dataclass
from functools import cache

from warehouse.reference_data import reference_rows

_ADVICE_ON_ACCOUNTS = "Rett linjen i regnskapet, og lever filuttrekket på nytt."
_ADVICE_ON_ACCOUNTS_NN = "Rett linja i rekneskapen, og lever filuttrekket på nytt."


@dataclass(frozen=True)
class RuleEntry:
    """One rule as people meet it.

    `is_about_counts`: its findings' numbers, and what they repeat of a file, are never shown outside evaluators' level.
    `lives_in`: what the rule holds to account: what is delivered (`delivery`), a printed report (`report`) or our own
    tables (`invariant`). It judges the reporting years from `first_year` to `last_year`; None where there is no end.
    """

    rule_id: str
    name_nb: str
    level: str
    actor: str
    is_about_counts: bool
    advice_nb: str
    indicator_ids: tuple[str, ...]
    lives_in: str = "delivery"
    first_year: int | None = None
    last_year: int | None = None

    def judges(self, period: str | None) -> bool:
        """Whether the rule applies to a period (`2018`, `2018-T3`); what is about no period is always judged."""
        year = int(period[:4]) if period else None
        return year is None or (self.first_year or year) <= year <= (self.last_year or year)


def rule_of(rule_id: str) -> RuleEntry:
    """The rule with this id. Raises KeyError for a rule nobody has described."""
    return _entries()[rule_id]


def described_rule(rule_id: str) -> RuleEntry | None:
    """The rule with this id, or None for a rule nobody has described."""
    return _entries().get(rule_id)


def name_and_advice(rule_id: str, language: str) -> tuple[str, str]:
    """What the rule is called and what to do, in bokmål (`nb`) or nynorsk (`nn`); empty for an undescribed rule.

    Raises KeyError for a described rule without nynorsk: bokmål is never put in its place.
    """
    entry = described_rule(rule_id)
    if entry is None:
        return "", ""
    return _in_nynorsk()[rule_id] if language == "nn" else (entry.name_nb, entry.advice_nb)


def own_rules() -> list[RuleEntry]:
    """The rules of `rule.csv`, in its order; those of SSB's own programme are not among them."""
    return [rule_of(row["rule_id"]) for row in reference_rows("rule")]


def indicators_of_rule(rule_id: str) -> tuple[str, ...]:
    """The indicators every finding of the rule touches; none for a rule nobody has described.

    A delivery is taken in whether or not somebody has remembered to describe the rule it breaks.
    """
    entry = described_rule(rule_id)
    return entry.indicator_ids if entry else ()


@cache
def _entries() -> dict[str, RuleEntry]:
    own = {row["rule_id"]: RuleEntry(
        row["rule_id"], row["rule_name_nb"], row["level"], row["actor"], row["is_about_counts"] == "true",
        row["advice_nb"], tuple(row["indicator_ids"].split()), row["lives_in"], _year(row["first_year"]),
        _year(row["last_year"])) for row in reference_rows("rule")}
    # A later year's row of the same rule may be graver; the finding itself carries the level of its year.
    accounts = {row["rule_id"]: RuleEntry(
        row["rule_id"], row["title_nb"], row["level_annual"] or row["level_q4"], "municipality", False,
        _ADVICE_ON_ACCOUNTS, ()) for row in reference_rows("accounts_rule")}
    records = {row["rule_id"]: RuleEntry(
        row["rule_id"], row["title_nb"], row["level"], "municipality", True, row["advice_nb"], ())
        for row in reference_rows("child_record_rule")}
    return accounts | records | own


@cache
def _in_nynorsk() -> dict[str, tuple[str, str]]:
    """Name and advice by rule; the rules on accounts share their advice, as in bokmål."""
    return {row["rule_id"]: (row["rule_name_nn"], row["advice_nn"] or _ADVICE_ON_ACCOUNTS_NN)
            for row in reference_rows("rule_text_nn")}


def _year(text: str) -> int | None:
    return int(text) if text else None
