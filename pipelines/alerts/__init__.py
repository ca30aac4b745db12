"""Messages to people about findings: what is news, how it is worded, how it leaves the house, who has been told.

What a finding is, and when it arises, belongs to `expectations` and `assets`. Nothing here is ever sent to Bufdir.
"""
