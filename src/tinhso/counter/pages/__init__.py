"""Officers' pages of the counter, and what a kiosk and a call board show."""
