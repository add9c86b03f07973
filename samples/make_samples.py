#!/usr/bin/env python3
"""Write the invented sample lists and their truth file; run again it writes the same bytes.

Usage: ``python samples/make_samples.py [DIRECTORY]``; without a directory it writes beside itself.
"""

import csv
import sys
from pathlib import Path
from random import Random

from invented import files, lists_bodies, lists_people, world
from invented.tables import Listing

HERE = Path(__file__).parent


def listings(seed: int = 2017) -> list[Listing]:
    """Return every list, Mongolian ones first; each list has its own dice, so that one can change alone."""
    truth = world.build(seed)
    makers = (
        lists_people.survey,
        lists_people.film_council,
        lists_people.circus_stage,
        lists_bodies.company_register,
        lists_people.museum_staff,
        lists_bodies.aimag_workbook,
        lists_people.craft_fair,
        lists_bodies.ngo_list,
    )
    mongolian = [make(truth, Random(seed + at)) for at, make in enumerate(makers)]  # noqa: S311
    return [*mongolian, *lists_bodies.estonian_lists(Random(seed))]  # noqa: S311


def write(into: Path) -> None:
    """Write all files and ``truth.csv`` under ``into``."""
    (into / "mn").mkdir(parents=True, exist_ok=True)
    (into / "ee").mkdir(parents=True, exist_ok=True)
    made = {listing.source: listing for listing in listings()}
    files.xlsx(into / "mn" / "survey-2017.xlsx", made["survey-2017"])
    files.xlsx(into / "mn" / "film-council.xlsx", made["film-council"])
    files.separated(into / "mn" / "circus-stage.csv", made["circus-stage"], separator=";", encoding="cp1251")
    files.separated(into / "mn" / "company-register.tsv", made["company-register"], separator="\t", encoding="utf-16")
    files.ods(into / "mn" / "museum-staff.ods", made["museum-staff"])
    files.xls(into / "mn" / "aimag-uvs.xls", made["aimag-uvs"])
    files.json_lines(into / "mn" / "craft-fair.jsonl", made["craft-fair"])
    files.json_list(into / "mn" / "ngo-list.json", made["ngo-list"])
    files.xlsx(into / "ee" / "ee-culture-houses.xlsx", made["ee-culture-houses"])
    files.separated(into / "ee" / "ee-craftspeople.csv", made["ee-craftspeople"], separator=",", encoding="utf-8")
    with (into / "truth.csv").open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(("source", "row", "entity", "family"))
        for listing in made.values():
            writer.writerows(listing.truth())


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
