"""Pricing and advice: pure functions of a case and a dated view.

Steps, plans and what they are made of are never compared and seldom printed: they are written without equality and
representation (`eq=False, repr=False`), since each generated method of a hundred classes is paid for at every start.
"""
