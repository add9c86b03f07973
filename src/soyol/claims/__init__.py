"""Who in the registry is whom with an account: claims with their proofs, and what somebody holds by them."""
