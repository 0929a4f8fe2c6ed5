"""Duty, VAT or GST and fees at the border of the buyer's country, from the rules in data/rules/border.

A destination has regimes by start date; a regime has brackets by value of the order; a bracket has
lines. All of it is compiled once per view, destination and category into steps. At the run each order
falls into the first bracket that fits (whole arrays, no loop over orders), and every line is computed in
the currency of the ledger. Only amounts that the law fixes in a currency of its own (3 EUR an item type,
2.69 USD an entry) are charged in that currency and converted once. Limits are compared in the currency
of the destination and include the amount itself.
"""

from __future__ import annotations

from desktop.engine.border.compiling import compile_border, destinations, name, tells_apart
from desktop.engine.border.plan import BorderLine, BorderPlan
from desktop.engine.border.terms import DEFAULT, BorderOptions, Carrier, Channel, Supply

__all__ = [
    "DEFAULT",
    "BorderLine",
    "BorderOptions",
    "BorderPlan",
    "Carrier",
    "Channel",
    "Supply",
    "compile_border",
    "destinations",
    "name",
    "tells_apart",
]
