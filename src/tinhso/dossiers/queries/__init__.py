"""Reads that answer a screen, a report, an act."""
