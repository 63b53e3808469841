"""Outlines of units (ranh giới đơn vị hành chính) from a GeoJSON file: read, matched, simplified together."""
