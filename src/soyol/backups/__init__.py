"""One file that holds all that a site cannot make again, and the way back from it (docs/adr/0014-backups.md)."""
