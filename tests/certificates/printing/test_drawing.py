"""The frame and the squares of the code."""

from soyol.certificates.printing.drawing import EDGE, HEIGHT, WIDTH, fine_line, frame, squares


def test_the_frame_is_closed_and_keeps_to_the_edge_of_the_paper() -> None:
    for line in frame():
        (x, y), (last_x, last_y) = line[0], line[-1]
        assert abs(x - last_x) < 1e-6
        assert abs(y - last_y) < 1e-6
    points = [point for line in frame() for point in line]
    assert min(x for x, _y in points) >= EDGE
    assert max(x for x, _y in points) <= WIDTH - EDGE
    assert max(y for _x, y in points) <= HEIGHT - EDGE


def test_the_frame_is_the_same_from_both_sides() -> None:
    points = {(round(x, 3), round(y, 3)) for line in frame() for x, y in line}
    assert {(round(WIDTH - x, 3), round(HEIGHT - y, 3)) for x, y in points} == points


def test_the_fine_line_lies_within() -> None:
    left, top, width, height = fine_line()
    assert (left == top > EDGE, left * 2 + width, top * 2 + height) == (True, WIDTH, HEIGHT)


def test_a_code_begins_with_its_finder_and_every_run_lies_within() -> None:
    count, runs = squares("https://soyol.example/certificates/0123456789ABCDEFGHJKMNPQRS/")
    assert runs[0] == (0, 0, 7)
    assert all(column >= 0 and column + length <= count and row < count for column, row, length in runs)
