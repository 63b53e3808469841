"""Reads that answer a screen: plans, the checklist of an inspection, its outcome, units side by side."""
