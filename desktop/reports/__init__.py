"""Reports from results, never recomputing."""
