"""Measurements of Soyol beside its peers, taken in one run on one machine; nothing here is imported by the product."""

#: The country whose lists are measured; its writing stands in the material of ``benchmarks/linkage``.
PACK = "mn"
