"""Officers' screens about citizens and organisations."""
