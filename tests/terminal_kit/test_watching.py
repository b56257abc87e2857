"""A watched folder: pictures are read once they are whole, new ones only, and each state once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from terminal_kit.watching import codes_from, new_pictures
from tests.payment_codes.pictures import code_image, encoded
from wallet_api.contract.errors import Usage

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

CODE = "upi://pay?pa=shop@example&pn=A"
PICTURE = encoded(code_image(CODE, 4))


class Script:
    """Plays what happens in a folder, one act between two looks; it ends after the last."""

    def __init__(self, *acts: Callable[[], object]) -> None:
        self.acts = list(acts)
        self.looks = 0

    def __call__(self) -> None:
        self.looks += 1
        if not self.acts:
            raise KeyboardInterrupt
        self.acts.pop(0)()


def nothing() -> None:
    pass


def seen(folder: Path, *acts: Callable[[], object]) -> list[str]:
    """Give the names of the pictures that are told until the script is over."""
    found: list[str] = []
    try:
        for picture in new_pictures(folder, Script(*acts)):
            found.append(picture.name)  # noqa: PERF401 - it ends with an exception
    except KeyboardInterrupt:
        return found
    raise AssertionError("pictures never end")


def test_a_picture_is_told_once_when_it_has_settled(tmp_path: Path) -> None:
    (tmp_path / "old.png").write_bytes(PICTURE)
    new = tmp_path / "new.png"
    half = len(PICTURE) // 2
    acts = (
        new.touch,
        nothing,  # An empty file is not written yet.
        lambda: new.write_bytes(PICTURE[:half]),
        lambda: new.write_bytes(PICTURE),
    )
    assert seen(tmp_path, *acts) == []
    new.unlink()
    assert seen(tmp_path, *acts, nothing, nothing, nothing) == ["new.png"]


def test_one_that_is_moved_there_or_written_anew_is_told(tmp_path: Path) -> None:
    old, hidden = tmp_path / "old.png", tmp_path / ".old.png.part"
    old.write_bytes(PICTURE)
    hidden.write_bytes(PICTURE + b"more")
    moves = (lambda: hidden.replace(old), nothing, nothing)
    assert seen(tmp_path, *moves) == ["old.png"]


def test_other_files_and_folders_are_left_alone(tmp_path: Path) -> None:
    acts = (
        lambda: (tmp_path / "notes.txt").write_text(CODE),
        (tmp_path / "folder.png").mkdir,
        nothing,
        nothing,
    )
    assert seen(tmp_path, *acts) == []


def test_pictures_without_a_code_are_named_and_passed_over(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    script = Script(
        lambda: (tmp_path / "a.png").write_bytes(b"no picture"),
        nothing,
        lambda: (tmp_path / "b.png").write_bytes(PICTURE),
        nothing,
        nothing,
    )
    assert codes_from(str(tmp_path), script) == [CODE]
    said = capsys.readouterr().err
    assert "a.png: " in said
    assert "not a picture" in said


def test_one_that_is_gone_again_is_forgotten(tmp_path: Path) -> None:
    first, second = tmp_path / "first.png", tmp_path / "second.png"
    script = Script(
        lambda: (first.write_bytes(PICTURE), second.write_bytes(PICTURE)),
        first.unlink,
    )
    assert codes_from(str(tmp_path), script) == [CODE]


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Usage):
        codes_from(str(tmp_path / "gone"), nothing)
