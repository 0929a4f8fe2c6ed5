"""Lanewise: from a product to a plan, with every figure dated and sourced."""

__version__ = "0.1.0"
