"""The demo province: people, stories of dossiers, played by the same plans and services as the pages."""
