"""Reads of the counter, by noun."""
