"""Reading a code with a camera, which is shown meanwhile."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, ClassVar, cast

from rich.text import Text
from textual import work
from textual.binding import Binding
from textual.containers import VerticalGroup
from textual.screen import ModalScreen
from textual.widgets import Static

from terminal_kit import camera
from terminal_kit.language import N_, _
from terminal_kit.screens.followed import stands
from terminal_kit.words import told
from wallet_api.contract.error_base import WalletError
from wallet_api.contract.errors import Cancelled

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from payment_codes.scan.decoder import GreyPicture
    from terminal_kit.screens.app import KitApp

#: Of the preview, in a dialog on the smallest terminal.
COLUMNS, ROWS = 40, 13


class CameraDialog(ModalScreen[list[str] | None]):
    """Gives the texts of the first codes that are seen, or None when the person goes back."""

    DEFAULT_CSS = f"""
    CameraDialog #preview {{ width: {COLUMNS}; height: {ROWS}; }}
    CameraDialog #wrong {{ height: auto; }}
    """
    BINDINGS: ClassVar = [Binding("escape", "dismiss(None)", N_("Back"), id="back")]

    def __init__(self) -> None:
        super().__init__()
        self._left = threading.Event()

    def compose(self) -> ComposeResult:
        """Give the picture and what is to be done."""
        with VerticalGroup(classes="dialog"):
            yield Static(_("Hold the code before the camera"), classes="question", markup=False)
            yield Static(id="preview", markup=False)
            yield Static(id="wrong", classes="bad", markup=False)

    def on_mount(self) -> None:
        """Begin to look."""
        self._look()

    def on_unmount(self) -> None:
        """Have the thread let go of the camera."""
        self._left.set()

    @work(exclusive=True)
    async def _look(self) -> None:
        desk = cast("KitApp", self.app).desk
        assert desk is not None, "a profile is open"
        try:
            texts = await desk.look(self._find)
        except WalletError as error:
            if stands(self):
                self.query_one("#wrong", Static).update(f"✗ {told(error)}")
        else:
            self.dismiss(texts)

    def _find(self) -> list[str]:
        """Look at pictures, on a thread, until one shows a code or the person has left."""
        opened = camera.open_camera(0)
        try:
            return camera.first_codes(opened, self._show)
        finally:
            opened.close()

    def _show(self, picture: GreyPicture) -> None:
        if self._left.is_set():
            raise Cancelled
        drawn = Text.from_ansi("\n".join(camera.preview_lines(picture, COLUMNS, ROWS)))
        self.call_later(lambda: self._draw(drawn))

    def _draw(self, drawn: Text) -> None:
        if stands(self):
            self.query_one("#preview", Static).update(drawn)
