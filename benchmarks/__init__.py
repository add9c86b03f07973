"""Measurements of Soyol beside its peers, taken in one run on one machine; nothing here is imported by the product."""
