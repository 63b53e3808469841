"""The papers of an inspection: minutes and report, as PDF and Word, from the same words."""
