"""Pictures through their door: what comes out is pixels alone, and nothing that comes in does harm."""

import io
from pathlib import Path

import pytest
from PIL import Image

from soyol.intake import pictures
from soyol.intake.limits import MEGABYTE, Limits
from tests.factories import pictures as make

WIDTHS = (160, 480, 1200)


def _anew(folder: Path, content: bytes, **options: object) -> list[pictures.Picture]:
    return pictures.anew(make.saved(folder, content), WIDTHS, **options)  # type: ignore[arg-type]


def _refused(folder: Path, content: bytes, **options: object) -> str:
    with pytest.raises(pictures.Refused) as refused:
        _anew(folder, content, **options)
    return refused.value.code


def _pixel(made: pictures.Picture, x: float, y: float) -> tuple[int, ...]:
    with Image.open(io.BytesIO(made.data)) as seen:
        found = seen.getpixel((round(x * (made.width - 1)), round(y * (made.height - 1))))
    assert isinstance(found, tuple)
    return found


def _is_red(pixel: tuple[int, ...]) -> bool:
    return pixel[0] > 120 > max(pixel[1:])


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_nothing_beside_the_pixels_comes_through(kind: str, tmp_path: Path) -> None:
    content = make.told(kind)
    assert {canary for canary in make.CANARIES if canary in content} >= {b"CANARYCAM", b"CANARYPLACE", b"CANARYTAIL"}
    for made in _anew(tmp_path, content):
        assert [canary for canary in make.CANARIES if canary in made.data] == []
        assert {marker for marker, _body in pictures.segments(made.data)} <= pictures.BARE
        with Image.open(io.BytesIO(made.data)) as seen:
            assert (seen.format, seen.mode, dict(seen.getexif())) == ("JPEG", "RGB", {})
            assert set(seen.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density", "progressive", "progression"}


def test_a_picture_comes_in_three_sizes_and_is_never_enlarged(tmp_path: Path) -> None:
    large = _anew(tmp_path, make.plain(width=3000, height=2000))
    assert [(made.width, made.height) for made in large] == [(1200, 800), (480, 320), (160, 107)]
    small = _anew(tmp_path, make.plain(width=300, height=200))
    assert [(made.width, made.height) for made in small] == [(300, 200), (300, 200), (160, 107)]


def test_a_tower_is_at_most_twice_as_high_as_its_width_allows(tmp_path: Path) -> None:
    assert [made.height for made in _anew(tmp_path, make.plain(width=200, height=4000))] == [2400, 960, 320]


@pytest.mark.parametrize(("orientation", "red"), [(1, (0.5, 0.1)), (3, (0.5, 0.9)), (6, (0.9, 0.5)), (8, (0.1, 0.5))])
def test_a_picture_stands_as_the_camera_was_held(orientation: int, red: tuple[float, float], tmp_path: Path) -> None:
    made = _anew(tmp_path, make.told(orientation=orientation))[0]
    assert (made.width, made.height) == ((480, 640) if orientation in {6, 8} else (640, 480))
    assert _is_red(_pixel(made, *red))
    assert not _is_red(_pixel(made, 1 - red[0], 1 - red[1]))


@pytest.mark.parametrize(("kind", "mode"), [("JPEG", "CMYK"), ("JPEG", "L"), ("PNG", "P"), ("PNG", "1"), ("PNG", "LA")])
def test_pictures_of_every_mode_become_colours_of_screens(kind: str, mode: str, tmp_path: Path) -> None:
    made = _anew(tmp_path, make.written(make.drawn(mode=mode), kind))
    assert len(made) == 3
    assert _is_red(_pixel(made[0], 0.5, 0.1)) == (mode in {"CMYK", "P"})


def test_sixteen_bits_of_grey_keep_their_brightness(tmp_path: Path) -> None:
    made = _anew(tmp_path, make.written(Image.new("I;16", (300, 200), 32768), "PNG"))
    assert _pixel(made[0], 0.5, 0.5) == (128, 128, 128)


def test_what_is_transparent_is_white(tmp_path: Path) -> None:
    made = _anew(tmp_path, make.written(Image.new("RGBA", (300, 200), (255, 0, 0, 0)), "PNG"))
    assert _pixel(made[0], 0.5, 0.5) == (255, 255, 255)


def test_two_views_of_a_telephone_give_the_first(tmp_path: Path) -> None:
    both = make.written(make.drawn(), "MPO", save_all=True, append_images=[make.drawn(200, 200)])
    assert next((made.width, made.height) for made in _anew(tmp_path, both)) == (640, 480)


def test_moving_pictures_are_refused(tmp_path: Path) -> None:
    other = make.drawn().rotate(90)
    for kind in ("WEBP", "PNG"):
        moving = make.written(make.drawn(), kind, save_all=True, append_images=[other], duration=100)
        assert _refused(tmp_path, moving) == "picture_moves", kind


def test_a_picture_without_end_is_refused_by_its_size(tmp_path: Path) -> None:
    assert _refused(tmp_path, make.png_of(65_535, 65_535)) == "picture_too_large"
    assert _refused(tmp_path, make.png_of(9_000, 9_000, bytes(81_009_000))) == "picture_too_large"
    assert _refused(tmp_path, make.png_of(2**31 - 1, 2**31 - 1)) in {"picture_too_large", "picture_broken"}


def test_what_says_little_and_holds_much_ends_at_the_limit(tmp_path: Path) -> None:
    small = Limits(memory=300 * MEGABYTE, cpu_seconds=15, wall_seconds=20, written_bytes=0)
    bomb = make.png_of(8_000, 8_000, bytes(64_008_000))
    assert len(bomb) < 100_000
    assert _refused(tmp_path, bomb, limits=small) == "picture_too_much"


def test_a_picture_that_takes_too_long_is_given_up(tmp_path: Path) -> None:
    hasty = Limits(memory=1024 * MEGABYTE, cpu_seconds=15, wall_seconds=0, written_bytes=0)
    assert _refused(tmp_path, make.plain(), limits=hasty) == "picture_too_much"


def test_truncated_and_broken_files_are_refused(tmp_path: Path) -> None:
    whole = make.plain(width=2000, height=1500)
    assert _refused(tmp_path, whole[: len(whole) // 2]) == "picture_broken"
    assert _refused(tmp_path, b"\xff\xd8\xff" + bytes(5000)) == "picture_unknown"
    assert _refused(tmp_path, make.png_of(300, 300, b"")) == "picture_broken"
    assert _refused(tmp_path, make.plain(width=100, height=100)) == "picture_too_small"


@pytest.mark.parametrize(
    "content",
    [b"", b"GIF89a" + bytes(99), b"<svg onload='alert(1)'/>", b"%PDF-1.7", b"PK\x03\x04", b"\x00\x00\x00 ftypheic"],
)
def test_what_is_no_picture_that_we_open_is_refused_unopened(
    content: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("soyol.intake.caged.start", None)
    assert _refused(tmp_path, content) == "picture_unknown"


def test_a_file_that_is_too_heavy_is_refused_unopened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "MOST_BYTES", 100)
    assert _refused(tmp_path, make.plain()) == "picture_too_heavy"


def test_what_the_caged_process_gives_is_not_believed() -> None:
    bare = make.plain()
    assert pictures.is_bare(bare)
    for wrong in (
        bare + b"tail",
        bare[:-2],
        make.written(make.drawn(), comment=b"x"),
        make.written(make.drawn(), exif=make.exif()),
        make.written(make.drawn(mode="CMYK")),
        b"<html>",
        b"",
    ):
        assert not pictures.is_bare(wrong)


def test_an_answer_that_was_made_up_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for answer in (b'{"pictures": [[1, 1, 9]]}\n<script/>', b'{"pictures": [[1, 1, 99]]}\nshort'):
        monkeypatch.setattr(pictures, "_asked", lambda _orders, _limits, answer=answer: answer)
        assert _refused(tmp_path, make.plain()) == "picture_broken"
