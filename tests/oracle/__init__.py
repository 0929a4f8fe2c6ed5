"""A second opinion on every figure: what a lane costs, one order at a time, in decimals, from the rules themselves.

Nothing here knows the engine. A module reads the rules of its area (data/rules, through a view of the rule book at a day)
and does the sum the way a clerk would on paper: amounts in major units, percentages as printed, one rounding wherever
money changes hands. `quote` puts the lines of a lane together; tests/engine/test_oracle.py holds the engine against it.
"""
