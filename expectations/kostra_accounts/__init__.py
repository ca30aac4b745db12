"""SSB's control rules for the accounts extract: what must hold in a 0A file and its siblings.

`check_accounts` judges the lines of one file. Which rules apply, and how grave they are, is data
(`warehouse/reference/accounts_rule.csv`); each rule is one small function in the module of its theme.
"""

from expectations.kostra_accounts.check import check_accounts

__all__ = ["check_accounts"]
