"""What people asked and what is held about them, by noun."""
