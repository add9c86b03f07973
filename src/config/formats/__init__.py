"""Formats of dates and numbers by interface language: Django's own for Mongolian are wrong."""
