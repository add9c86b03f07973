"""Threads that wait in line: the order in which they came, and what becomes of those who give up."""

import threading

from config.backends.sqlite3.line import Line

LONG = 20.0


def _stand(line: Line, seconds: float, went: list[tuple[int, bool]], at: int) -> threading.Thread:
    """Another one at the end of the line."""

    def stand() -> None:
        with line.waited(seconds) as reached:
            went.append((at, reached))

    thread = threading.Thread(target=stand)
    before = line.length()
    thread.start()
    while line.length() == before:
        pass
    return thread


def test_whoever_came_first_goes_first() -> None:
    line, went = Line(), list[tuple[int, bool]]()
    with line.waited(LONG) as reached:
        assert reached
        threads = [_stand(line, LONG, went, at) for at in range(5)]
        assert went == []
    for thread in threads:
        thread.join()
    assert went == [(at, True) for at in range(5)]
    assert line.length() == 0


def test_whoever_gives_up_leaves_the_line_and_holds_nobody_up() -> None:
    line, went = Line(), list[tuple[int, bool]]()
    with line.waited(LONG):
        impatient = _stand(line, 0.01, went, 1)
        patient = _stand(line, LONG, went, 2)
        impatient.join()
        assert went == [(1, False)]
    patient.join()
    assert went == [(1, False), (2, True)]


def test_a_child_process_begins_with_an_empty_line() -> None:
    line = Line()
    with line.waited(LONG):
        line.forget()
        with line.waited(0.0) as reached:
            assert reached
