"""Widgets that know values and signals only."""
