"""Pages of how long data is kept, and of losses."""
