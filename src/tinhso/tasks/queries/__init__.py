"""Reads that answer a screen: the review of a notice, the board of who gives, the inbox of who does, a history."""
