"""Officers' screens of accounts, and everybody's own page."""
