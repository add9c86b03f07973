"""The peers that Soyol's linkage is measured beside, each run in a process of its own."""
