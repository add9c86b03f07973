"""One's own words, photo, links, contact: edited without an officer (pictures re-encoded, place data removed)."""
