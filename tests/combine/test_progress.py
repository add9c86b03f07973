"""What the terminal is told."""

import io
import itertools

from soyol.combine.progress import Terminal
from soyol.intake.problems import Problem
from soyol.lib.words import say


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_where_nobody_looks_there_are_plain_lines_every_other_second() -> None:
    out, ticks = io.StringIO(), itertools.count()
    terminal = Terminal("en", out=out, clock=lambda: next(ticks) / 4)
    terminal.step("combine.writing")
    for done in range(101):
        terminal.far("combine.writing", done, 100)
    lines = out.getvalue().splitlines()
    assert lines[0] == "Writing the files"
    assert lines[1] == "Writing the files 7 %"
    assert 10 < len(lines) < 20
    assert "\r" not in out.getvalue()


def test_on_a_screen_the_line_is_rewritten_in_place() -> None:
    out, ticks = Screen(), itertools.count()
    terminal = Terminal("mn", out=out, clock=lambda: next(ticks))
    terminal.far("combine.writing", 1, 4)
    terminal.step("combine.writing")
    assert out.getvalue() == "\rФайлуудыг бичиж байна 25 %\rФайлуудыг бичиж байна     \n"


def test_a_reason_is_said_in_the_language_of_the_terminal() -> None:
    out = io.StringIO()
    way_out = Problem("intake.way_out.encrypted")
    Terminal("mn", out=out).step("combine.refused", source="x", why=Problem("intake.encrypted"), way_out=way_out)
    said = f"{say('intake.encrypted', {}, 'mn')} {say('intake.way_out.encrypted', {}, 'mn')}"
    assert out.getvalue() == f"x: уншсангүй. {said}\n"


def test_quiet_says_nothing() -> None:
    out = Screen()
    Terminal("en", out=out, quiet=True).step("combine.writing")
    assert out.getvalue() == ""
