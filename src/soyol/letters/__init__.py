"""Writing to many people within their consent, and asking once a year whether what is held is still right."""
