"""Figures and reports as partner systems read and send them."""
