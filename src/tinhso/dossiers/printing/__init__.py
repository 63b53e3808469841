"""Papers of a dossier as PDF: the forms of the one-stop shop, with their QR code."""
