"""What must be true, and what to say when it is not.

Here belong findings, the rules of each source and the one Great Expectations runner. Rules judge rows they are
handed; reading files, opening the database and telling people live elsewhere.
"""
