"""Asking registers of the state about one person or one organisation: what is asked, what comes back, how it fails."""
