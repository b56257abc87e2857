"""A camera: the first picture with a code counts, a preview is drawn meanwhile, and taken away."""

from __future__ import annotations

import re
import sys
from io import StringIO
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from terminal_kit import camera
from terminal_kit.camera import COLUMNS, REDRAW, ROWS, Preview, codes_before, first_codes
from terminal_kit.reading import Source, read_code
from tests.payment_codes.pictures import code_image, grey_picture
from wallet_api.contract.errors import CameraFailed, CameraMissing

if TYPE_CHECKING:
    from payment_codes.scan.decoder import GreyPicture

CODE = "upi://pay?pa=shop@example&pn=A"
BLANK = grey_picture(Image.new("L", (64, 48), 255))
SHOWN = grey_picture(code_image(CODE, 4))


class FakeCamera:
    """Gives pictures that were taken before, and then none."""

    def __init__(self, *pictures: GreyPicture) -> None:
        self._pictures = list(pictures)
        self.closed = False

    def frame(self) -> GreyPicture:
        if not self._pictures:
            raise CameraFailed(number=0)
        return self._pictures.pop(0)

    def close(self) -> None:
        self.closed = True


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> FakeCamera:
    made = FakeCamera(BLANK, BLANK, SHOWN, BLANK)
    monkeypatch.setattr(camera, "open_camera", lambda _number: made)
    return made


def test_the_first_picture_with_a_code_counts() -> None:
    fake = FakeCamera(BLANK, SHOWN, BLANK)
    assert first_codes(fake, lambda _picture: None) == [CODE]
    assert fake.frame() is BLANK


def test_pictures_are_shown_five_times_a_second() -> None:
    # Half of REDRAW passes with each picture; the clock is asked once more when one is shown.
    moments = iter([0, 0, *(number * REDRAW / 2 for number in (1, 2, 2, 3, 4, 4, 5, 6, 6))])
    shown: list[GreyPicture] = []
    first_codes(FakeCamera(*[BLANK] * 6, SHOWN), shown.append, lambda: next(moments))
    assert len(shown) == 4


@pytest.mark.usefixtures("fake")
def test_a_source_may_be_a_camera(capsys: pytest.CaptureFixture[str]) -> None:
    assert read_code(Source(camera=0)) == CODE
    assert "Hold the code before the camera" in capsys.readouterr().err


def test_it_is_let_go_of_whatever_happens(
    monkeypatch: pytest.MonkeyPatch, fake: FakeCamera
) -> None:
    def interrupted(*_anything: object) -> list[str]:
        raise KeyboardInterrupt

    monkeypatch.setattr(camera, "first_codes", interrupted)
    with pytest.raises(KeyboardInterrupt):
        codes_before(0)
    assert fake.closed


def test_without_the_extra_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(camera, "MODULE", "no_such_module")
    with pytest.raises(CameraMissing) as caught:
        codes_before(0)
    assert "pip install 'terminal-wallet[camera]'" in str(caught.value)


def test_opencv_is_asked_for_grey_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    class Capture:
        opened: bool = True

        def __init__(self, number: int) -> None:
            self.number, self.released = number, False

        def isOpened(self) -> bool:  # noqa: N802 - OpenCV's name
            return self.number == 1

        def read(self) -> tuple[bool, Image.Image | None]:
            return True, Image.new("RGB", (6, 4), "white")

        def release(self) -> None:
            self.released = True

    class Grey:
        shape = (4, 6)

        def __init__(self, picture: Image.Image) -> None:
            self._grey = picture.convert("L")

        def tobytes(self) -> bytes:
            return self._grey.tobytes()

    class OpenCv:
        COLOR_BGR2GRAY = 6
        VideoCapture = Capture

        @staticmethod
        def cvtColor(picture: Image.Image, _code: int) -> Grey:  # noqa: N802 - OpenCV's name
            return Grey(picture)

    monkeypatch.setitem(sys.modules, "cv2", OpenCv)
    monkeypatch.setattr(camera, "available", lambda: True)
    opened = camera.open_camera(1)
    picture = opened.frame()
    assert (picture.width, picture.height, picture.pixels) == (6, 4, b"\xff" * 24)
    opened.close()
    with pytest.raises(CameraFailed):
        camera.open_camera(2)


def test_the_preview_is_drawn_over_itself_and_taken_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    stream = Terminal()
    preview = Preview(stream)
    preview.show(SHOWN)
    rows = stream.getvalue().count("\n")
    assert 0 < rows <= ROWS
    visible = re.sub(r"\x1b\[[0-9;]*m", "", stream.getvalue()).splitlines()
    assert {len(row) for row in visible} <= set(range(1, COLUMNS + 1))
    preview.show(BLANK)
    assert f"\x1b[{rows}A\x1b[J" in stream.getvalue()
    preview.clear()
    assert stream.getvalue().endswith("\x1b[J")


def test_nothing_is_drawn_where_nobody_sees_it() -> None:
    stream = StringIO()
    preview = Preview(stream)
    preview.show(SHOWN)
    preview.clear()
    assert stream.getvalue() == ""
