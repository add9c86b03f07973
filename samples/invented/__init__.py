"""An invented country of artists and bodies, and the lists that invented keepers might make of it."""
