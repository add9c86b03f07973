"""Comparing two records of persons."""

import numpy as np
import numpy.typing as npt
import polars as pl

from soyol.linkage.compare import contacts, texts
from soyol.linkage.compare.columns import Columns, Floats, Ints, Levels, both_known, per_distinct_pair
from soyol.linkage.compare.outcome import Compared, Comparison

NAME = ("unknown", "different", "like", "typo", "initial", "partial", "equal")

ORDER = ("unknown", "straight", "swapped_guessed", "swapped")

#: Shares among true pairs by general knowledge of hand-kept lists (a tenth of the names misspelt, initials common in
#: one script, contacts changed about as often as kept); the estimate on the data itself moves them.
COMPARISONS: tuple[Comparison, ...] = (
    Comparison(
        "given",
        NAME,
        (0.02, 0.03, 0.08, 0.03, 0.04, 0.80),
        rare=(3, 6),
        prior_of={
            "kin": (0.920, 0.040, 0.020, 0.010, 0.005, 0.005),
            "namesake": (0.005, 0.005, 0.02, 0.03, 0.01, 0.93),
        },
        held=("kin", "namesake"),
    ),
    Comparison(
        "surname",
        NAME,
        (0.03, 0.03, 0.08, 0.25, 0.03, 0.58),
        rare=(3, 6),
        prior_of={"kin": (0.10, 0.03, 0.06, 0.20, 0.03, 0.58), "namesake": (0.02, 0.01, 0.04, 0.22, 0.01, 0.70)},
        held=("namesake",),
    ),
    # Where both names agree, strangers agree as often straight as crosswise: the order is evidence of its own.
    Comparison("order", ORDER, (0.90, 0.08, 0.02), stranger=(0.5, 0.5, 0.5)),
    Comparison("stage", ("unknown", "different", "equal"), (0.2, 0.8)),
    Comparison("clan", ("unknown", "different", "equal"), (0.1, 0.9), prior_of={"kin": (0.1, 0.9)}),
    Comparison(
        "number",
        ("unknown", "different", "doubtful", "one_edit", "equal"),
        (0.01, 0.03, 0.05, 0.91),
        prior_of={"kin": (0.94, 0.02, 0.03, 0.01)},
        held=("kin",),
    ),
    Comparison(
        "birth",
        ("unknown", "different", "same_year", "near_year", "year_equal", "one_part", "equal"),
        (0.01, 0.01, 0.02, 0.12, 0.08, 0.76),
        prior_of={"kin": (0.80, 0.04, 0.08, 0.02, 0.01, 0.05)},
        held=("kin",),
    ),
    Comparison(
        "phone",
        contacts.SHARED,
        (0.40, 0.05, 0.10, 0.45),
        prior_of={"kin": (0.50, 0.05, 0.15, 0.30), "colleague": (0.15, 0.75, 0.07, 0.03)},
    ),
    Comparison("email", contacts.SHARED, (0.30, 0.02, 0.03, 0.65), prior_of={"colleague": (0.85, 0.10, 0.04, 0.01)}),
    Comparison(
        "unit",
        contacts.PLACE,
        (0.10, 0.08, 0.12, 0.70),
        rare=(4,),
        prior_of={
            "kin": (0.05, 0.05, 0.10, 0.80),
            "namesake": (0.10, 0.10, 0.10, 0.70),
            "colleague": (0.10, 0.10, 0.10, 0.70),
        },
    ),
    Comparison(
        "address",
        contacts.ALIKE,
        (0.45, 0.15, 0.40),
        prior_of={"kin": (0.30, 0.20, 0.50), "colleague": (0.40, 0.20, 0.40)},
    ),
    Comparison(
        "occupation",
        ("unknown", "different", "same_domain", "equal"),
        (0.15, 0.20, 0.65),
        prior_of={"colleague": (0.40, 0.25, 0.35)},
    ),
    Comparison("employer", contacts.ALIKE, (0.30, 0.20, 0.50), prior_of={"colleague": (0.05, 0.15, 0.80)}),
    Comparison("gender", ("unknown", "different", "equal"), (0.02, 0.98)),
    Comparison("nationality", ("unknown", "different", "equal"), (0.15, 0.85)),
    Comparison("death", ("unknown", "different", "near_year", "equal"), (0.03, 0.05, 0.92)),
    Comparison("external", ("unknown", "different", "equal"), (0.02, 0.98)),
)


def compare_persons(columns: Columns, left: Ints, right: Ints) -> Compared:
    """Levels and shares for the pairs of rows ``left[i]``, ``right[i]`` of a prepared table of persons."""
    levels: dict[str, Levels] = {}
    levels["given"], levels["surname"], levels["order"] = _names(columns, left, right)
    stage = columns.coded("stage", "given", "surname", "tokens")
    levels["stage"] = _stage(stage.codes, left, right)
    levels["clan"] = contacts.equal_or_not(columns.coded("clan").codes["clan"], left, right)
    levels["number"] = contacts.number(columns, left, right)
    levels["birth"] = birth(columns, left, right, number=levels["number"])
    levels["phone"] = contacts.shared_contact(columns, ("phone_1", "phone_2", "phone_3"), left, right)
    levels["email"] = contacts.shared_contact(columns, ("email_1", "email_2"), left, right)
    levels["unit"] = contacts.place(columns, left, right)
    levels["address"] = contacts.alike(columns, "address_key", left, right)
    levels["occupation"] = contacts.occupation(columns, left, right)
    levels["employer"] = contacts.alike(columns, "employer_key", left, right)
    levels["gender"] = contacts.equal_or_not(columns.coded("gender").codes["gender"], left, right)
    levels["nationality"] = contacts.equal_or_not(columns.coded("nationality").codes["nationality"], left, right)
    levels["death"] = _death(columns, left, right)
    levels["external"] = contacts.external(columns, left, right)
    return Compared(levels, _shares(columns, left, right))


def _names(columns: Columns, left: Ints, right: Ints) -> tuple[Levels, Levels, Levels]:
    """Given name, surname and whether the two lists write them in opposite order."""
    given = _part(columns, ("given", left), ("given", right))
    surname = _part(columns, ("surname", left), ("surname", right))
    crossed_given = _part(columns, ("given", left), ("surname", right))
    crossed_surname = _part(columns, ("surname", left), ("given", right))
    good = np.array([0, -3, 0, 2, 1, 1, 3], dtype=np.int8)
    swapped = (
        (crossed_given > texts.LIKE)
        & (crossed_surname > texts.LIKE)
        & (good[crossed_given] + good[crossed_surname] > good[given] + good[surname])
    )
    known = columns.flags("order_known")
    guessed = ~(known[left] & known[right])
    # A lone name that is the other row's surname, where that row's order was only guessed, is its given name.
    lone = guessed & ~swapped & (surname == 0) & (given <= texts.LIKE)
    lone &= np.maximum(crossed_given, crossed_surname) > texts.INITIAL
    whole, bare = _same_letters(columns, left, right)
    agree = (given > texts.LIKE) & (surname > texts.LIKE)
    order = np.where(swapped | lone, np.where(guessed, 2, 3), np.where(agree, 1, 0)).astype(np.int8)
    crossed = np.where(lone, np.maximum(crossed_given, crossed_surname), crossed_given)
    given = np.where(swapped | lone, crossed, given)
    surname = np.where(swapped, crossed_surname, surname)
    weak = (given <= texts.LIKE) | (surname == texts.DIFFERENT)
    whole, bare = whole & weak, bare & weak & (given <= texts.LIKE)
    return (
        np.where(whole | bare, texts.EQUAL, given).astype(np.int8),
        np.where(whole, texts.EQUAL, np.where(bare, texts.UNKNOWN_PART, surname)).astype(np.int8),
        np.where(whole | bare, 0, order).astype(np.int8),
    )


def _same_letters(columns: Columns, left: Ints, right: Ints) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Whether one row's run of letters is the other's whole name, and whether it is the other's given name."""
    codes = columns.coded("letters", "letters_clan", "letters_straight", "letters_crosswise", "given").codes
    whole, bare = np.zeros(len(left), dtype=bool), np.zeros(len(left), dtype=bool)
    for one, two in ((left, right), (right, left)):
        for run in ("letters", "letters_clan"):
            mine = codes[run][one]
            for parts in ("letters_straight", "letters_crosswise"):
                whole |= (mine >= 0) & (mine == codes[parts][two])
            bare |= (mine >= 0) & (mine == codes["given"][two])
    return whole, bare


def _part(columns: Columns, one: tuple[str, Ints], two: tuple[str, Ints]) -> Levels:
    """Level of likeness of a name part of the left rows with a (maybe another) part of the right rows."""
    coded = columns.coded("given", "surname")
    sounds = columns.coded("given_sound", "surname_sound")
    (name, rows), (other, other_rows) = one, two
    mine, theirs = coded.codes[name][rows], coded.codes[other][other_rows]
    short_mine, short_theirs = columns.flags(f"{name}_initial")[rows], columns.flags(f"{other}_initial")[other_rows]
    known = both_known(mine, theirs)
    levels = np.zeros(len(rows), dtype=np.int8)
    initial = known & (short_mine | short_theirs)
    if initial.any():
        at = np.flatnonzero(initial)
        begins = _begins(coded.words[mine[at]], coded.words[theirs[at]])
        levels[at] = np.where(begins, texts.INITIAL, texts.DIFFERENT)
    at = np.flatnonzero(known & ~initial)
    if len(at):
        full = per_distinct_pair(mine[at], theirs[at], coded.words, lambda a, b: texts.name_levels(coded, a, b))
        heard = sounds.codes[f"{name}_sound"][rows][at] == sounds.codes[f"{other}_sound"][other_rows][at]
        levels[at] = np.where(heard & (full < texts.TYPO), texts.TYPO, full)
    return levels


def _begins(left: npt.NDArray[np.object_], right: npt.NDArray[np.object_]) -> npt.NDArray[np.bool_]:
    """Whether the shorter text begins the longer."""
    frame = pl.DataFrame({"a": pl.Series(left, dtype=pl.String), "b": pl.Series(right, dtype=pl.String)})
    begins = pl.col("a").str.starts_with(pl.col("b")) | pl.col("b").str.starts_with(pl.col("a"))
    return frame.select(begins).to_series().to_numpy()


def _stage(codes: dict[str, Ints], left: Ints, right: Ints) -> Levels:
    """A stage name equal to the other's stage name, given name or whole name."""
    mine, theirs = codes["stage"][left], codes["stage"][right]
    levels = np.where(both_known(mine, theirs), 1, 0).astype(np.int8)
    for other in ("stage", "given", "tokens"):
        levels[(mine >= 0) & (mine == codes[other][right])] = 2
        levels[(theirs >= 0) & (theirs == codes[other][left])] = 2
    return levels


def birth(columns: Columns, left: Ints, right: Ints, *, number: Levels) -> Levels:
    """Level of the birth dates; a date told by a register number is no new evidence where numbers are compared."""
    parts = [columns.numbers(f"birth_date_{part}") for part in "ymd"]
    (y1, m1, d1), (y2, m2, d2) = ([part[rows] for part in parts] for rows in (left, right))
    known = both_known(y1, y2)
    full = known & (d1 >= 0) & (d2 >= 0)
    same = (y1 == y2).astype(np.int8) + (m1 == m2) + (d1 == d2)
    levels = np.zeros(len(left), dtype=np.int8)
    levels[known] = 1
    levels[known & (np.abs(y1 - y2) <= 1)] = 3
    levels[known & (y1 == y2)] = 4
    levels[full & (y1 == y2) & (same == 1)] = 2
    swapped = full & (y1 == y2) & (m1 == d2) & (d1 == m2)
    levels[full & ((same == 2) | swapped) & (levels >= 1) & _few_digits(y1, y2)] = 5
    levels[full & (same == 3)] = 6
    told = columns.flags("birth_from_number")
    levels[(number > 0) & (told[left] | told[right])] = 0
    return levels


def _few_digits(first: Ints, second: Ints) -> npt.NDArray[np.bool_]:
    """Years that are equal or differ in one digit or by two neighbouring digits exchanged."""
    digits = [(first // ten % 10, second // ten % 10) for ten in (1000, 100, 10, 1)]
    different = sum((a != b).astype(np.int8) for a, b in digits)
    exchanged = (digits[2][0] == digits[3][1]) & (digits[3][0] == digits[2][1]) & (first // 100 == second // 100)
    return np.asarray((different <= 1) | exchanged)


def _death(columns: Columns, left: Ints, right: Ints) -> Levels:
    mine, theirs = columns.numbers("death_date_y")[left], columns.numbers("death_date_y")[right]
    levels = np.where(both_known(mine, theirs), 1, 0).astype(np.int8)
    levels[(levels == 1) & (np.abs(mine - theirs) <= 1)] = 2
    levels[(levels >= 1) & (mine == theirs)] = 3
    return levels


def _shares(columns: Columns, left: Ints, right: Ints) -> dict[str, Floats]:
    """How frequent the agreeing value is: the more frequent of the two, so that a misspelling never looks rare."""
    return {
        name: np.fmax(columns.shares(f"tf_{name}")[left], columns.shares(f"tf_{name}")[right])
        for name in ("given", "surname", "unit")
    }
