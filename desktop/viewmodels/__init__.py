"""QtCore only: the case model, wizard, tables and chart series. No widgets, no rules."""
