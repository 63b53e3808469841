"""Officers' screens: one module per screen."""
