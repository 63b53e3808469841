"""Screens of figures: the board, an indicator, the records behind a figure, the catalogue, targets."""
