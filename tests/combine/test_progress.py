"""What the terminal is told."""

import io

from soyol.combine.progress import Terminal


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_where_nobody_looks_there_are_plain_lines_and_one_for_each_tenth() -> None:
    out = io.StringIO()
    terminal = Terminal("en", out=out)
    terminal.step("combine.writing")
    for done in range(101):
        terminal.far("combine.writing", done, 100)
    lines = out.getvalue().splitlines()
    assert lines[0] == "Writing the files"
    assert lines[-1] == "Writing the files 100 %"
    assert len(lines) == 12
    assert "\r" not in out.getvalue()


def test_on_a_screen_the_line_is_rewritten_in_place() -> None:
    out = Screen()
    terminal = Terminal("mn", out=out)
    terminal.far("combine.writing", 1, 4)
    terminal.step("combine.writing")
    assert out.getvalue() == "\rФайлуудыг бичиж байна 25 %\rФайлуудыг бичиж байна     \n"


def test_quiet_says_nothing() -> None:
    out = Screen()
    Terminal("en", out=out, quiet=True).step("combine.writing")
    assert out.getvalue() == ""
