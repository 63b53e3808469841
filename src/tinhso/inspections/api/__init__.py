"""Inspections as partner systems read and hold them."""
