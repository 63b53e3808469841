"""Papers about tasks: one page for the session, the report of a period."""
