"""Pricing and advice. Pure: (case or batch, view) -> result with its trace. No Qt, no files, no clock."""
