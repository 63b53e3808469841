"""Data sets by the JSON API."""
