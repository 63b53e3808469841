"""The only writer of targets, closed periods and figures that others worked out."""
