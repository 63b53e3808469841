"""Screens of this app: the directory, an agency's history, reforms."""
