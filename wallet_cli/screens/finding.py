"""Finding a code, wherever it is: text, picture, clipboard, screen or camera."""

from __future__ import annotations

from abc import abstractmethod
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual import on
from textual.binding import Binding
from textual.containers import HorizontalGroup, VerticalGroup
from textual.widgets import Button, Input, Static

from terminal_kit import camera
from terminal_kit.choosing import describe
from terminal_kit.language import N_, _
from terminal_kit.pictures import is_picture
from terminal_kit.reading import Source, codes_at
from terminal_kit.screens.dialogs.camera import CameraDialog
from terminal_kit.screens.dialogs.choose import ChooseDialog
from terminal_kit.screens.dialogs.file_picker import FilePicker
from terminal_kit.screens.followed import PATIENCE
from terminal_kit.screens.screen import KitScreen
from terminal_kit.words import told
from wallet_api.contract.error_base import WalletError
from wallet_api.contract.instants import EPOCH
from wallet_cli.screens.widgets.code_field import CodeField

if TYPE_CHECKING:
    from collections.abc import Coroutine
    from datetime import datetime

    from textual.app import ComposeResult
    from textual.events import Paste

T = TypeVar("T")


class Finding(KitScreen[None]):
    """Takes a code and has the subclass ``follow`` it. ``ABOUT`` says which codes are meant."""

    CSS_PATH = "finding.tcss"
    ABOUT: ClassVar[str] = ""
    BINDINGS: ClassVar = [
        Binding("f2", "picture", N_("Picture"), id="picture"),
        Binding("f3", "clipboard", N_("Clipboard"), id="clipboard"),
        Binding("f4", "screen", N_("Screen"), id="screen"),
        Binding("f6", "camera", N_("Camera"), id="camera"),
    ]

    @abstractmethod
    async def follow(self, text: str) -> None:
        """Go where a code leads. Raises WalletError."""

    def body(self) -> ComposeResult:
        """Give the field and the other places a code may be at."""
        with VerticalGroup(classes="card"):
            yield Static(_("Paste or type a code"), classes="card-title", markup=False)
            yield Static(_(self.ABOUT), classes="muted", markup=False)
            yield CodeField(placeholder=_("Code, then Enter"), id="code")
            yield Static(id="said", markup=False)
            yield Static(_("or read it from"), classes="muted or", markup=False)
            with HorizontalGroup(classes="buttons"):
                yield Button(_("a picture  F2"), id="picture")
                yield Button(_("the clipboard  F3"), id="clipboard")
                yield Button(_("the screen  F4"), id="screen")

    def on_paste(self, event: Paste) -> None:
        """Take what is pasted beside the field into it."""
        self.query_one(CodeField).take(event.text)

    @on(Input.Changed, "#code")
    def _typed(self) -> None:
        self.say("")

    @on(Input.Submitted, "#code")
    def _entered(self, event: Input.Submitted) -> None:
        text = event.value.strip()
        if text:
            self._begin(self._take(text))

    @on(CodeField.Lines)
    def _pasted(self, event: CodeField.Lines) -> None:
        self._begin(self._read(Source(code=event.text)))

    @on(Button.Pressed, "#picture")
    def action_picture(self) -> None:
        """Choose a picture and read it."""
        self._begin(self._pick())

    @on(Button.Pressed, "#clipboard")
    def action_clipboard(self) -> None:
        """Read the clipboard: its text, or its picture."""
        self._begin(self._read(Source(clipboard=True)))

    @on(Button.Pressed, "#screen")
    def action_screen(self) -> None:
        """Read a picture of the whole screen."""
        self._begin(self._read(Source(screen=True)))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer the camera only where it can be read."""
        if action == "camera":
            return camera.available()
        return super().check_action(action, parameters)

    def action_camera(self) -> None:
        """Read a camera."""
        self._begin(self._look_through())

    def _begin(self, act: Coroutine[None, None, None]) -> None:
        """Do one thing at a time, and say here what comes of it."""
        self.run_worker(self._guarded(act), group="pay", exclusive=True)

    async def _guarded(self, act: Coroutine[None, None, None]) -> None:
        try:
            await act
        except WalletError as error:
            self.say(f"✗ {told(error)}", "bad")

    async def looked(self, look: Coroutine[None, None, T]) -> T:
        """Await something, and say so once a person wonders."""
        slow = self.set_timer(PATIENCE, partial(self.say, _("◌ Looking…"), "muted"))
        try:
            value = await look
        finally:
            slow.stop()
        self.say("")
        return value

    async def _pick(self) -> None:
        picture = await self.app.push_screen_wait(FilePicker())
        if picture is not None:
            await self._read(Source(image=str(picture)))

    async def _read(self, source: Source) -> None:
        """Find the codes there, and go on with the one that is meant."""
        await self._choose(await self.looked(self.desk.look(partial(codes_at, source))))

    async def _look_through(self) -> None:
        texts = await self.app.push_screen_wait(CameraDialog())
        if texts is not None:
            await self._choose(texts)

    async def _choose(self, texts: list[str]) -> None:
        chosen: int | None = 0
        if len(texts) > 1:
            question = _("There are several codes. Which one?")
            names = await self.desk.look(lambda: [describe(text) for text in texts])
            chosen = await self.app.push_screen_wait(ChooseDialog(question, names))
        if chosen is not None:
            await self.follow(texts[chosen].strip())

    async def _take(self, text: str) -> None:
        picture = await self.desk.look(partial(_picture_named, text))
        if picture is None:
            await self.follow(text)
        else:
            await self._read(Source(image=picture))

    def now(self) -> datetime:
        """Give the bank's time, by which codes expire."""
        return EPOCH + timedelta(milliseconds=self.desk.business_ms())

    def say(self, text: str, tone: str = "muted") -> None:
        """Say something below the field, or nothing any longer."""
        said = self.query_one("#said", Static)
        said.update(text)
        said.set_classes(tone)


def _picture_named(text: str) -> str | None:
    """Give the path of a picture's file, if that is what was typed."""
    path = Path(text)
    if not is_picture(path):
        return None
    path = path.expanduser()
    return str(path) if path.is_file() else None
