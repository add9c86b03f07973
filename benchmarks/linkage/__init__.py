"""Linkage on known-truth sets: a generator for the Mongolian case, the peers, the measures and the report."""
