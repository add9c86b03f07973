"""Pictures as people send them, and as nobody should, for tests. All of them are drawn here."""

import io
import struct
import zlib
from pathlib import Path

from PIL import Image, ImageCms, PngImagePlugin

#: Stands in everything beside the pixels of ``told``; in a picture of ours nowhere.
CANARIES = (b"CANARYCAM", b"CANARYPLACE", b"CANARYXMP", b"CANARYCOMMENT", b"CANARYTAIL", b"CANARYTHUMB", b"GPSLatitude")
GPS = {1: "N", 2: (47.0, 55.0, 12.0), 3: "E", 4: (106.0, 53.0, 27.0), 29: "2026:11.22", 27: b"CANARYPLACE"}
XMP = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>CANARYXMP GPSLatitude=47.92</x:xmpmeta>"


def drawn(width: int = 640, height: int = 480, mode: str = "RGB") -> Image.Image:
    """Red above, blue below, so that one sees how it stands."""
    picture = Image.new("RGB", (width, height), (200, 30, 30))
    picture.paste((30, 30, 200), (0, height // 2, width, height))
    return picture.convert(mode)


def plain(kind: str = "JPEG", **of: object) -> bytes:
    """A picture as bytes."""
    return written(drawn(**of), kind)  # type: ignore[arg-type]


def written(picture: Image.Image, kind: str = "JPEG", **options: object) -> bytes:
    """A picture in a file format of Pillow."""
    into = io.BytesIO()
    picture.save(into, kind, **options)
    return into.getvalue()


def exif(orientation: int = 1) -> Image.Exif:
    """What a camera says: who made it, where, how it was held."""
    said = Image.Exif()
    said[0x010F], said[0x0110], said[0x0112], said[0x9286] = "CANARYCAM", "CANARYCAM 3", orientation, b"CANARYCOMMENT"
    said.get_ifd(0x8825).update(GPS)
    return said


def told(kind: str = "JPEG", orientation: int = 1) -> bytes:
    """A picture with everything beside its pixels that there is: EXIF, XMP, comments, a profile, a second file."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    more: dict[str, object] = {"exif": exif(orientation), "icc_profile": profile, "xmp": XMP}
    if kind == "JPEG":
        more |= {"comment": b"CANARYCOMMENT"}
    if kind == "PNG":
        texts = PngImagePlugin.PngInfo()
        texts.add_text("Comment", "CANARYCOMMENT", zip=False)
        texts.add_itxt("XML:com.adobe.xmp", XMP.decode())
        more = {"exif": exif(orientation), "pnginfo": texts, "icc_profile": profile}
    return written(drawn(), kind, **more) + b"PK\x03\x04CANARYTAIL<script>CANARYTAIL</script>"


def png_of(width: int, height: int, pixels: bytes = b"") -> bytes:
    """A PNG that says a size, whatever is in it."""

    def chunk(name: bytes, content: bytes) -> bytes:
        body = name + content
        return struct.pack(">I", len(content)) + body + struct.pack(">I", zlib.crc32(body))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(pixels)) + chunk(b"IEND", b"")


def saved(folder: Path, content: bytes, name: str = "picture") -> Path:
    """The bytes in a file."""
    path = folder / name
    path.write_bytes(content)
    return path
