"""The caged process for pictures: ``python -m soyol.intake.picture_cage`` opens one and writes it anew.

One line of JSON and the bytes of the new pictures go to standard output; nothing is written to disk.
"""

import contextlib
import io
import json
import os
import sys
from collections.abc import Sequence
from typing import Any

from PIL import Image, ImageCms, UnidentifiedImageError

from soyol.intake.caged import lock, tie
from soyol.intake.limits import Limits
from soyol.intake.pictures import Refused

#: What is opened at all: the kinds that people have, with decoders that are tested most.
KINDS = ("JPEG", "PNG", "WEBP")
#: Pixels of the largest picture; cameras of telephones make 50 million. Pixels of the shorter side of the smallest.
MOST_PIXELS = 64_000_000
LEAST_SIDE = 160
QUALITY = 82
ORIENTATION = 0x0112
#: EXIF's orientation → what brings the picture upright.
UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
#: Those that lay it on its side.
LYING = frozenset({5, 6, 7, 8})


def main() -> int:
    tie()
    orders: dict[str, Any] = json.load(sys.stdin)
    lock(Limits.from_json(orders["limits"]))
    made: list[bytes] = []
    told: dict[str, Any] = {}
    try:
        pictures = anew(orders["path"], orders["widths"])
        made = [_jpeg(picture) for picture in pictures]
        told["pictures"] = [[*picture.size, len(data)] for picture, data in zip(pictures, made, strict=True)]
    except Refused as refused:
        told["refused"] = [refused.code, refused.params]
    except MemoryError:
        told["refused"] = ["picture_too_much", {}]
    except UnidentifiedImageError:
        told["refused"] = ["picture_unknown", {}]
    except Exception:  # noqa: BLE001 - whatever a decoder breaks with, the file is what is broken
        told["refused"] = ["picture_broken", {}]
    sys.stdout.buffer.write(json.dumps(told).encode() + b"\n" + b"".join(made))
    sys.stdout.flush()
    return 0


def anew(path: str, widths: Sequence[int]) -> list[Image.Image]:
    """One upright RGB picture for each of ``widths``, the largest first, with nothing beside its pixels.

    None is enlarged, and none is more than twice as high as its width allows. Raises Refused.
    """
    Image.MAX_IMAGE_PIXELS = None  # our own limit tells the person what it is
    with Image.open(path, formats=KINDS) as found:
        _refuse_sizes(*found.size)
        if getattr(found, "is_animated", False) and found.format != "MPO":  # telephones put a second view into MPO
            raise Refused("picture_moves")
        orientation = _orientation(found)
        width, height = _fitting(found.size, max(widths), orientation)
        found.draft(None, (2 * width, 2 * height))
        found.load()
        plain = _in_srgb(found)
    made = []
    for width in sorted(widths, reverse=True):
        plain = plain.resize(_fitting(plain.size, width, orientation), Image.Resampling.LANCZOS, reducing_gap=3)
        made.append(plain.transpose(UPRIGHT[orientation]) if orientation in UPRIGHT else plain)
    return made


def _refuse_sizes(width: int, height: int) -> None:
    told = {"width": width, "height": height}
    if width * height > MOST_PIXELS:
        raise Refused("picture_too_large", most=MOST_PIXELS // 1_000_000, **told)
    if min(width, height) < LEAST_SIDE:
        raise Refused("picture_too_small", least=LEAST_SIDE, **told)


def _orientation(found: Image.Image) -> int:
    """How the camera was held; upright where nobody can read what it says."""
    with contextlib.suppress(Exception):
        return int(found.getexif().get(ORIENTATION, 1))
    return 1


def _fitting(size: tuple[int, int], width: int, orientation: int) -> tuple[int, int]:
    """The size, lying as the picture lies, of one that is ``width`` wide at most when it stands upright."""
    upright = size[::-1] if orientation in LYING else size
    scale = min(1.0, width / upright[0], 2 * width / upright[1])
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def _in_srgb(found: Image.Image) -> Image.Image:
    """A copy in the colours of screens, on white where it was transparent."""
    profile = found.info.get("icc_profile")
    if found.mode.startswith("I"):  # 16 bits of grey
        found, profile = found.convert("I").point(lambda grey: grey * (1 / 256)).convert("L"), None
    if found.mode in {"P", "PA", "LA", "La", "RGBa"} or "transparency" in found.info:
        found = found.convert("RGBA")
    if profile:
        found = _by_profile(found, profile)
    if found.mode == "RGBA":
        ground = Image.new("RGB", found.size, "white")
        ground.paste(found, mask=found.getchannel("A"))
        return ground
    plain = Image.new("RGB", found.size)  # whose ``info`` is empty: what is in it would be written out again
    plain.paste(found.convert("RGB"))
    return plain


def _by_profile(found: Image.Image, profile: bytes) -> Image.Image:
    """The same colours in sRGB; as it is where its profile makes no sense."""
    into = "RGBA" if found.mode == "RGBA" else "RGB"
    with contextlib.suppress(ImageCms.PyCMSError, OSError, ValueError, TypeError):
        told = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        changed = ImageCms.profileToProfile(found, told, ImageCms.createProfile("sRGB"), outputMode=into)
        return changed or found
    return found


def _jpeg(picture: Image.Image) -> bytes:
    written = io.BytesIO()
    picture.save(written, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return written.getvalue()


if __name__ == "__main__":
    done = main()
    os._exit(done)
