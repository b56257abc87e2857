"""The pictures of a folder, for somebody who looks for one; and the codes at a place."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from payment_codes.errors import NoCodeFound
from terminal_kit.pictures import entries, is_picture
from terminal_kit.reading import Source, codes_at
from tests.payment_codes.pictures import encoded, page
from wallet_api.contract.errors import Usage

if TYPE_CHECKING:
    from pathlib import Path

CODES = ["781234567890123456", "782222222222222222"]


def test_folders_come_first_and_then_pictures_with_the_newest_on_top(tmp_path: Path) -> None:
    for name in ("b.png", "a.JPG", "c.webp"):
        (tmp_path / name).write_bytes(b"12345")
    for number, name in enumerate(("c.webp", "b.png", "a.JPG")):
        os.utime(tmp_path / name, (number, number))
    for name in ("Zoo", "alps", ".hidden"):
        (tmp_path / name).mkdir()
    (tmp_path / "notes.txt").write_text("no picture")
    (tmp_path / ".secret.png").write_bytes(b"")
    (tmp_path / "nowhere.png").symlink_to(tmp_path / "gone.png")
    found = entries(tmp_path)
    assert [one.name for one in found] == ["alps", "Zoo", "a.JPG", "b.png", "c.webp"]
    assert [one.is_folder for one in found] == [True, True, False, False, False]
    assert (found[2].size, found[2].written_at) == (5, 2.0)


def test_a_folder_that_cannot_be_read_says_why(tmp_path: Path) -> None:
    with pytest.raises(Usage, match="No such file or directory"):
        entries(tmp_path / "gone")


@pytest.mark.parametrize(
    ("name", "is_one"), [("a.png", True), ("a.PNG", True), ("a.svg", False), ("png", False)]
)
def test_a_picture_is_known_by_its_ending(tmp_path: Path, name: str, *, is_one: bool) -> None:
    assert is_picture(tmp_path / name) is is_one


def test_all_codes_of_a_picture_are_given_and_none_is_an_error(tmp_path: Path) -> None:
    picture = tmp_path / "codes.png"
    picture.write_bytes(encoded(page(CODES, 2)))
    assert codes_at(Source(image=str(picture))) == CODES
    from PIL import Image

    Image.new("L", (64, 64), 255).save(picture)
    with pytest.raises(NoCodeFound):
        codes_at(Source(image=str(picture)))
    with pytest.raises(Usage):
        codes_at(Source(image=str(tmp_path / "gone.png")))
