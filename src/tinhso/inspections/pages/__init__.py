"""Officers' screens of inspections: one module per screen."""
