"""What './soyol' does before the project's own packages can be imported: standard library only."""
