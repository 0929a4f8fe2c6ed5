"""Pricing and advice. Pure: (case or batch, view) -> result with its trace. No Qt, no files, no clock.

Steps, plans and what they are made of are never compared and seldom printed: they are written without equality and
representation (`eq=False, repr=False`), since each generated method of a hundred classes is paid for at every start.
"""
