"""Loading pictures: kinds, transparency, limits, and files that are no good."""

import struct
import zlib
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from payment_codes.errors import PictureTooLarge, PictureUnreadable
from payment_codes.scan.decoder import GreyPicture
from payment_codes.scan.picture import FORMATS, MAX_FILE_BYTES, load_picture
from payment_codes.scan.scanner import scan_one
from tests.payment_codes.pictures import PAYER_CODE, code_image, encoded

CODE = code_image(PAYER_CODE, scale=4)
SEEDS = [encoded(CODE.convert("RGB"), kind) for kind in FORMATS] + [
    encoded(CODE.convert("RGBA")),
    encoded(CODE.convert("P"), "GIF"),
]


def png_header(width: int, height: int) -> bytes:
    """Return a PNG that ends right after saying how large it is."""
    fields = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunk = b"IHDR" + fields
    data = struct.pack(">I", 0) + b"IDAT" + struct.pack(">I", zlib.crc32(b"IDAT"))
    crc = struct.pack(">I", zlib.crc32(chunk))
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", len(fields)) + chunk + crc + data


@pytest.mark.parametrize("kind", FORMATS)
def test_every_format_is_read(kind: str) -> None:
    assert scan_one(encoded(CODE.convert("RGB"), kind)).text == PAYER_CODE


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_grey_is_the_same_from_every_mode(mode: str) -> None:
    image = CODE.convert("I").point(lambda grey: grey * 257) if mode == "I;16" else CODE
    assert load_picture(encoded(image.convert(mode))).pixels == CODE.tobytes()


def test_16_bit_grey_is_scaled_and_not_clipped() -> None:
    greys = Image.frombytes("I;16", (3, 1), struct.pack("<3H", 0x0000, 0x30FF, 0xC000))
    assert load_picture(encoded(greys)).pixels == bytes([0x00, 0x30, 0xC0])


def test_what_is_transparent_is_white() -> None:
    # Where the picture is transparent its colour is black, which must not show.
    image = Image.new("RGBA", CODE.size, (0, 0, 0, 0))
    image.paste((0, 0, 0, 255), mask=CODE.point(lambda grey: 255 - grey))
    assert load_picture(encoded(image)).pixels == CODE.tobytes()


def test_an_animation_shows_its_first_frame() -> None:
    output = BytesIO()
    blank = Image.new("L", CODE.size, 255)
    CODE.save(output, "GIF", save_all=True, append_images=[blank])
    assert scan_one(output.getvalue()).text == PAYER_CODE


def test_a_path_where_nothing_is_is_the_callers_mistake(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        load_picture(tmp_path / "missing.png")


def test_a_folder_and_a_path_through_a_file_are_unreadable(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(PictureUnreadable, match="A folder"):
        load_picture(tmp_path)
    with pytest.raises(PictureUnreadable, match="cannot be read: Not a directory"):
        load_picture(tmp_path / "file" / "code.png")
    with pytest.raises(PictureUnreadable, match="empty"):
        load_picture(tmp_path / "file")


@pytest.mark.parametrize("data", [b"not a picture\n", b"%PDF-1.7\n", encoded(CODE, "TIFF")])
def test_what_is_no_picture_of_ours_is_unreadable(data: bytes) -> None:
    with pytest.raises(PictureUnreadable, match="PNG, JPEG, GIF, BMP, WEBP"):
        load_picture(data)


@pytest.mark.parametrize("data", SEEDS, ids=lambda data: data[:4].hex())
def test_a_truncated_picture_is_unreadable(data: bytes) -> None:
    with pytest.raises(PictureUnreadable):
        load_picture(data[: len(data) // 2])


@settings(deadline=None)
@given(st.sampled_from(SEEDS), st.data())
def test_a_damaged_picture_is_read_or_refused_and_never_more(
    seed: bytes, data: st.DataObject
) -> None:
    damaged = bytearray(seed[: data.draw(st.integers(1, len(seed)))])
    for _ in range(data.draw(st.integers(0, 4))):
        damaged[data.draw(st.integers(0, min(len(damaged) - 1, 200)))] = data.draw(
            st.integers(0, 255)
        )
    with suppress(PictureUnreadable, PictureTooLarge):
        assert isinstance(load_picture(bytes(damaged)), GreyPicture)


def test_fifty_megapixels_are_refused() -> None:
    bomb = encoded(Image.new("1", (10_000, 5_000)))
    assert len(bomb) < 10_000
    with pytest.raises(PictureTooLarge, match="40 million pixels"):
        load_picture(bomb)


@pytest.mark.parametrize("side", [6_325, 10_000, 20_000, 2**31 - 1])
def test_the_header_alone_is_enough_to_refuse(side: int) -> None:
    # Nothing but the header is there: a loader that decoded first would call the picture damaged.
    with pytest.raises(PictureTooLarge):
        load_picture(png_header(side, side))


def test_a_picture_at_the_limit_is_decoded() -> None:
    with pytest.raises(PictureUnreadable, match="damaged"):
        load_picture(png_header(8_000, 5_000))


def test_a_file_over_the_limit_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "large.png"
    with path.open("wb") as file:
        file.truncate(MAX_FILE_BYTES + 1)
    with pytest.raises(PictureTooLarge, match="32 MiB"):
        load_picture(path)
    with pytest.raises(PictureTooLarge, match="32 MiB"):
        load_picture(bytes(MAX_FILE_BYTES + 1))
