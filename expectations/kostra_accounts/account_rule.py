"""What a rule of the accounts is: Python judges and words it, and SQL says in which deliveries there is anything to say.

Judging one file costs milliseconds a rule; asking the database costs less for thousands of files. The screen may say
too much, never too little.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from expectations.kostra_accounts.account_line import AccountLine, Accounts, Violation
from expectations.kostra_accounts.line_picks import Picks

Judge = Callable[[Accounts], Iterable[Violation]]
NEVER = "false"


@dataclass(frozen=True)
class AccountRule:
    """One rule, called with the accounts of one file.

    `lines` are those it is about in accounts like these (which it is given without lines): no other line changes what it
    says. `broken` is an SQL aggregate over a delivery's lines that is true wherever the rule has something to say;
    without one, the rule has something to say wherever there is such a line.
    """

    judge: Judge
    lines: Callable[[Accounts], Picks]
    broken: Callable[[Accounts], str] | None = None

    def __call__(self, accounts: Accounts) -> Iterable[Violation]:
        return self.judge(accounts)


def of_lines(where: Picks | Callable[[Accounts], Picks],
             say: Callable[[Accounts, list[AccountLine]], Iterable[Violation]]) -> AccountRule:
    """A rule that no line may break: `where` picks those that do, `say` tells of them."""
    picks = (lambda accounts: where) if isinstance(where, Picks) else where
    return AccountRule(lambda accounts: say(accounts, picks(accounts).of(accounts)), picks)


def of_sums(judge: Judge, broken: str, *about: Picks) -> AccountRule:
    """A rule about sums of the lines picked; `broken` is its claim denied, in SQL."""
    whole = about[0]
    for picks in about[1:]:
        whole |= picks
    return AccountRule(judge, lambda accounts: whole, lambda accounts: broken)


def of_whole_accounts(rule: AccountRule) -> AccountRule:
    """The rule, silent for an Oslo district, which holds part of an account only; sums are not asked of it."""
    return except_for(lambda accounts: accounts.is_oslo_district, rule)


def except_for(exempt: Callable[[Accounts], bool], rule: AccountRule) -> AccountRule:
    """The rule of sums, silent for accounts that are exempt."""
    return replace(rule, judge=lambda accounts: () if exempt(accounts) else rule.judge(accounts),
                   broken=lambda accounts: NEVER if exempt(accounts) else rule.broken(accounts))


def lines_of(accounts: Accounts, parts: Sequence[Picks]) -> list[AccountLine]:
    """The lines of each part after those of the one before."""
    return [line for part in parts for line in part.of(accounts)]


def total_of(parts: Iterable[Picks]) -> str:
    """SQL: the sum of a delivery's lines in these parts."""
    return " + ".join(part.total_sql for part in parts)


