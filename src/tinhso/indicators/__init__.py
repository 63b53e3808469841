"""Chỉ tiêu: figures that nobody types, worked out from the records of all apps, and the targets they are held to."""
