"""The only place that opens files: rule book, cases, settings, paths. No Qt."""
