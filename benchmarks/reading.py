"""Reading, from the file to staged records with problems and normalisation, beside the bare parsers in the same run.

Peers only parse: strict ``csv.reader`` for a CSV of 13 columns, python-calamine for an XLSX of 9. The goal is at
least 50 % of the one's rows per second and 60 % of the other's. Workbooks have their texts in their cells, as programs
write them, and once more in a table of their own, as Excel does; a larger one shows what share the costs have that do
not grow with the rows. Every figure is the best of the rounds asked for; computing time is that of the
process and its children, and tells more than the clock on a machine that others use too.
"""

import argparse
import csv
import datetime as dt
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import PACK

CSV_GOAL, XLSX_GOAL = 0.5, 0.6
HEADINGS = (
    *("Д/д", "Эцгийн нэр", "Нэр", "Регистрийн дугаар", "Төрсөн огноо", "Хүйс", "Утас", "И-мэйл"),
    *("Аймаг", "Сум", "Мэргэжил", "Ажлын газар", "Тайлбар"),
)
PARENTS = ("Бат", "Дорж", "Ганболд", "Пүрэв", "Очир", "Сүх", "Нямдорж", "Цэрэн", "Өлзий", "Лхагва", "Мөнх", "Равдан")
ENDINGS = ("", "сүрэн", "баатар", "жаргал", "мөнх", "цэцэг", "туяа", "бат", "дорж", "болд")
PLACES = {
    "Архангай": ("Батцэнгэл", "Булган", "Тариат"),
    "Увс": ("Улаангом", "Тариалан", "Түргэн"),
    "Улаанбаатар": ("Баянзүрх", "Хан-Уул", "Чингэлтэй"),
    "Ховд": ("Жаргалант", "Булган", "Мөст"),
}
TRADES = ("Дуучин", "Зураач", "Жүжигчин", "Бүжигчин", "Хөөмийч", "Кино найруулагч")
WORK = ("Соёлын төв", 'Улсын драмын театр, "Гурван зуу" танхим', "", "Аймгийн музей", "Хөгжимт жүжгийн театр")


def row(number: int, draw: random.Random) -> list[str]:
    """One invented person; one in a hundred has something wrong."""
    year, month, day = draw.randint(1940, 2005), draw.randint(1, 12), draw.randint(1, 28)
    place = draw.choice(tuple(PLACES))
    told = f"ЪЬ{year % 100:02}{month + (20 if year >= 2000 else 0):02}{day:02}{draw.randrange(100):02}"
    phone = f"99{draw.randrange(10**6):06}"
    if draw.random() < 0.01:
        told, phone = told[:-1], phone[:-2]
    return [
        str(number),
        draw.choice(PARENTS) + draw.choice(ENDINGS),
        draw.choice(PARENTS) + draw.choice(ENDINGS) + draw.choice(ENDINGS),
        told,
        f"{year}-{month:02}-{day:02}",
        draw.choice(("эр", "эм")),
        phone,
        f"user{number}@example.org",
        place,
        draw.choice(PLACES[place]),
        draw.choice(TRADES),
        draw.choice(WORK),
        draw.choice(("", "", "ЗОХИОМОЛ")),
    ]


def write_csv(path: Path, rows: int) -> None:
    draw = random.Random(5)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(HEADINGS)
        writer.writerows(row(number, draw) for number in range(1, rows + 1))


def write_xlsx(path: Path, rows: int, *, shared: bool = False) -> None:
    """A workbook whose texts stand in their cells, or ``shared`` in a table of their own, as Excel writes them."""
    import xlsxwriter

    draw = random.Random(6)
    with xlsxwriter.Workbook(str(path), {"constant_memory": not shared}) as book:
        page = book.add_worksheet("Жагсаалт")
        page.write_row(0, 0, HEADINGS[:9])
        for number in range(1, rows + 1):
            page.write_row(number, 0, [number, *row(number, draw)[1:9]])


def write_sheet_of_a_body(path: Path, rows: int) -> None:
    """A workbook as a body keeps it in Excel: a merged title, days as days, years of work with a fraction, formulas."""
    import xlsxwriter

    draw = random.Random(7)
    with xlsxwriter.Workbook(str(path)) as book:
        page, day = book.add_worksheet("Жагсаалт"), book.add_format({"num_format": "yyyy-mm-dd"})
        page.merge_range("A1:I1", "Уран бүтээлчдийн жагсаалт (ЗОХИОМОЛ)")
        page.write_row(1, 0, [*HEADINGS[:8], "Ажилласан жил"])
        for number in range(1, rows + 1):
            told = row(number, draw)
            page.write_row(number + 1, 0, [number, *told[1:8]])
            page.write_datetime(number + 1, 4, dt.date.fromisoformat(told[4]), day)
            page.write_formula(number + 1, 8, f"=A{number + 2}/8", None, number % 300 / 8)


def by_csv(path: Path, _: Path) -> int:
    with path.open(newline="", encoding="utf-8") as file:
        return sum(1 for _ in csv.reader(file, strict=True)) - 1


def by_calamine(path: Path, _: Path) -> int:
    import python_calamine

    return len(python_calamine.CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()) - 1


def by_soyol(path: Path, folder: Path) -> int:
    """From the file to staged records; what is written stays in ``folder``, and taking it away is not reading."""
    from soyol import intake, packs

    pack = packs.load(PACK)
    reading = intake.read(path, folder / "raw")
    return intake.stage(reading, intake.recognise(reading, pack), pack, folder / "staged").records_count


READERS: dict[str, Callable[[Path, Path], int]] = {
    "csv.reader": by_csv,
    "python-calamine": by_calamine,
    "soyol": by_soyol,
}


@dataclass(frozen=True)
class Figures:
    """Best seconds by the clock and of computing, and the peak of memory in megabytes."""

    seconds: float
    computing: float
    megabytes: int

    def better(self, other: "Figures") -> "Figures":
        """The best of both: less time, and the memory that it took at most."""
        return Figures(
            min(self.seconds, other.seconds), min(self.computing, other.computing), max(self.megabytes, other.megabytes)
        )


NEVER = Figures(float("inf"), float("inf"), 0)
#: A process reads the file so often.
TWICE = 2


def alone(reader: str, path: Path, rounds: int) -> Figures:
    """Figures of one reader in a process of its own, its imports not counted."""
    root = Path(__file__).parents[1]
    # An installation has its bytecode; a process that may not keep it would compile the cage anew for every file.
    surroundings = {**os.environ, "PYTHONPATH": f"{root / 'src'}{os.pathsep}{root}", "PYTHONDONTWRITEBYTECODE": ""}
    run = subprocess.run(
        [sys.executable, "-m", "benchmarks.reading", "--one", reader, str(path), "--rounds", str(rounds)],
        check=True,
        capture_output=True,
        text=True,
        cwd=root,
        env=surroundings,
    )
    seconds, computing, megabytes, _ = run.stdout.split()
    return Figures(float(seconds), float(computing), int(megabytes))


def one(reader: str, path: Path, rounds: int) -> None:
    """Measure in this process and print seconds, seconds of computing, megabytes and rows."""
    read = READERS[reader]
    if reader == "soyol":
        _warm()
    clock, computing = [], []
    for _ in range(rounds):
        if reader == "soyol":
            _stand_by()
        with tempfile.TemporaryDirectory() as folder:
            start, spent = time.perf_counter(), _computed()
            rows = read(path, Path(folder))
            clock.append(time.perf_counter() - start)
            computing.append(_computed() - spent)
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(f"{min(clock):.4f} {min(computing):.4f} {peak // 1024} {rows}")


def _computed() -> float:
    """Seconds of computing so far, with those of children that have ended."""
    return sum(os.times()[:4])


def _stand_by() -> None:
    """Between two lists a worker has a process stand by, its parsers loaded; the peers' imports do not count either."""
    from soyol import intake

    intake.prepare()
    time.sleep(1)


def _warm() -> None:
    """A worker that reads lists has loaded its country pack long before; so here, once, on a list of five rows."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "small.csv"
        write_csv(path, 5)
        by_soyol(path, Path(folder))


def contest(name: str, path: Path, rows: int, peer: str, *, goal: float, rounds: int) -> bool:
    """Measure ours and the peer on one file and print both; true when the goal is reached."""
    measured = {peer: NEVER, "soyol": NEVER}
    for _ in range(rounds):  # in turn: a machine that others use too is slow for both, or for none
        measured = {reader: alone(reader, path, TWICE).better(best) for reader, best in measured.items()}
    for reader, each in measured.items():
        print(
            f"{name:6} {reader:16} {rows:>10,} rows {each.seconds:8.2f} s {rows / each.seconds:>10,.0f} rows/s"
            f" {each.computing:8.2f} s of computing {each.megabytes:>6} MB"
        )
    bare, ours = measured[peer], measured["soyol"]
    ratio = bare.seconds / ours.seconds
    print(
        f"{name:6} ratio {ratio:.0%} of {peer} (goal {goal:.0%}): {'reached' if ratio >= goal else 'not reached'};"
        f" {bare.computing / ours.computing:.0%} by computing"
    )
    return ratio >= goal


def main(argv: Sequence[str] | None = None) -> int:
    """Run both contests; exit code 1 when a goal is missed and ``--strict`` was given."""
    parser = argparse.ArgumentParser(prog="bench reading", description=__doc__)
    parser.add_argument("--csv-rows", type=int, default=1_000_000)
    parser.add_argument("--xlsx-rows", type=int, default=36_000)
    parser.add_argument("--large-rows", type=int, default=200_000, help="of a second workbook; 0 leaves it out")
    parser.add_argument("--rounds", type=int, default=3, help="processes of each reader, in turn")
    parser.add_argument("--strict", action="store_true", help="end with 1 when a goal is not reached")
    parser.add_argument("--one", nargs=2, metavar=("READER", "FILE"), help=argparse.SUPPRESS)
    options = parser.parse_args(argv)
    if options.one:
        one(options.one[0], Path(options.one[1]), options.rounds)
        return 0
    with tempfile.TemporaryDirectory() as folder:
        table, book, shared, kept = (
            Path(folder) / name for name in ("list.csv", "list.xlsx", "shared.xlsx", "kept.xlsx")
        )
        write_csv(table, options.csv_rows)
        write_xlsx(book, options.xlsx_rows)
        write_xlsx(shared, options.xlsx_rows, shared=True)
        write_sheet_of_a_body(kept, options.xlsx_rows)
        reached = [
            contest("CSV", table, options.csv_rows, "csv.reader", goal=CSV_GOAL, rounds=options.rounds),
            contest("XLSX", book, options.xlsx_rows, "python-calamine", goal=XLSX_GOAL, rounds=options.rounds),
            contest("Excel", shared, options.xlsx_rows, "python-calamine", goal=XLSX_GOAL, rounds=options.rounds),
            contest("Body", kept, options.xlsx_rows, "python-calamine", goal=XLSX_GOAL, rounds=options.rounds),
        ]
        if options.large_rows:  # only to be seen beside the other one; the goal is for a list of usual size
            large = Path(folder) / "large.xlsx"
            write_xlsx(large, options.large_rows)
            contest("XLSX", large, options.large_rows, "python-calamine", goal=XLSX_GOAL, rounds=options.rounds)
    return 1 if options.strict and not all(reached) else 0


if __name__ == "__main__":
    sys.exit(main())
