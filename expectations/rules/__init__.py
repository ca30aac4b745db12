"""One module per rule across deliveries, each with a constant `RULE`. What a rule is stands in `expectations/rule.py`."""
