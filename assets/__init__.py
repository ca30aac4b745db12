"""How each table is made: sources to rows, deliveries to raw, one `.sql` file a table from core on, publication.

When it runs and who is told belongs to `pipelines`.
"""
