"""Comparing candidate pairs column by column: every comparison turns a pair into a small level number."""
