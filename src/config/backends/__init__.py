"""Database backends of Django with what they lack for us."""
