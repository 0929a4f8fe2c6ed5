"""Schemas of data/rules, one module an area. A module defines `File` (one YAML file) and `merge`."""
