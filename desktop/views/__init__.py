"""Widgets and charts. No arithmetic."""
