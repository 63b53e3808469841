"""Screens of citizens, one module each."""
