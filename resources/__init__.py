"""Fonts, icons and other files the program carries with it."""
