"""Officers' screens of notices and tasks: one module per screen."""
