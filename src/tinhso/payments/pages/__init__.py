"""Officers' pages of payments."""
