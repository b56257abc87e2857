"""Pay: find the code, wherever it is, and go on with what it stands for."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from textual import on
from textual.binding import Binding
from textual.containers import HorizontalGroup, VerticalGroup
from textual.widgets import Button, Input, Static

from payment_codes import native
from terminal_kit.choosing import describe
from terminal_kit.language import N_, _
from terminal_kit.pictures import is_picture
from terminal_kit.reading import Source, codes_at
from terminal_kit.screens.dialogs.amount import AmountDialog
from terminal_kit.screens.dialogs.choose import ChooseDialog
from terminal_kit.screens.dialogs.file_picker import FilePicker
from terminal_kit.screens.followed import PATIENCE
from terminal_kit.screens.outcome import OutcomeScreen
from terminal_kit.screens.screen import KitScreen
from terminal_kit.words import told
from wallet_api.contract.error_base import WalletError
from wallet_api.contract.ids import is_id
from wallet_cli.gifts import Gifts
from wallet_cli.screens.check import Check
from wallet_cli.screens.outcomes import claim_outcome
from wallet_cli.screens.paying import PayCharge, PayStatic
from wallet_cli.wallet import Wallet

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from textual.app import ComposeResult
    from textual.events import Paste

    from payment_codes.native import NativeCode

T = TypeVar("T")


class Pay(KitScreen[None]):
    """Takes a code as text, from a picture, the clipboard or the screen."""

    TITLE = N_("Pay")
    CSS_PATH = "pay.tcss"
    BINDINGS: ClassVar = [
        Binding("f2", "picture", N_("Picture"), id="picture"),
        Binding("f3", "clipboard", N_("Clipboard"), id="clipboard"),
        Binding("f4", "screen", N_("Screen"), id="screen"),
    ]

    def body(self) -> ComposeResult:
        """Give the field and the other places a code may be at."""
        with VerticalGroup(classes="card"):
            yield Static(_("Paste or type a code"), classes="card-title", markup=False)
            yield Static(
                _("A merchant's, a person's or a gift's. The name of a picture does too."),
                classes="muted",
                markup=False,
            )
            yield Input(placeholder=_("Code, then Enter"), id="code")
            yield Static(id="said", markup=False)
            yield Static(_("or read it from"), classes="muted or", markup=False)
            with HorizontalGroup(classes="buttons"):
                yield Button(_("a picture  F2"), id="picture")
                yield Button(_("the clipboard  F3"), id="clipboard")
                yield Button(_("the screen  F4"), id="screen")

    def on_paste(self, event: Paste) -> None:
        """Take what is pasted beside the field into it."""
        field = self.query_one("#code", Input)
        field.value = event.text.strip()
        field.focus()

    @on(Input.Changed, "#code")
    def _typed(self) -> None:
        self._say("")

    @on(Input.Submitted, "#code")
    def _entered(self, event: Input.Submitted) -> None:
        text = event.value.strip()
        if text:
            self._begin(self._take(text))

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

    def _begin(self, act: Coroutine[None, None, None]) -> None:
        """Do one thing at a time, and say here what comes of it."""
        self.run_worker(self._guarded(act), group="pay", exclusive=True)

    async def _guarded(self, act: Coroutine[None, None, None]) -> None:
        try:
            await act
        except WalletError as error:
            self._say(f"✗ {told(error)}", "bad")

    async def _looked(self, look: Coroutine[None, None, T]) -> T:
        """Await something, and say so once a person wonders."""
        slow = self.set_timer(PATIENCE, partial(self._say, _("◌ Looking…"), "muted"))
        try:
            value = await look
        finally:
            slow.stop()
        self._say("")
        return value

    async def _pick(self) -> None:
        picture = await self.app.push_screen_wait(FilePicker())
        if picture is not None:
            await self._read(Source(image=str(picture)))

    async def _read(self, source: Source) -> None:
        """Find the codes there, and go on with the one that is meant."""
        texts = await self._looked(self.desk.look(partial(codes_at, source)))
        chosen: int | None = 0
        if len(texts) > 1:
            question = _("There are several codes. Which one?")
            names = await self.desk.look(lambda: [describe(text) for text in texts])
            chosen = await self.app.push_screen_wait(ChooseDialog(question, names))
        if chosen is not None:
            await self._follow(texts[chosen].strip())

    async def _take(self, text: str) -> None:
        picture = await self.desk.look(partial(_picture_named, text))
        if picture is None:
            await self._follow(text)
        else:
            await self._read(Source(image=picture))

    async def _follow(self, text: str) -> None:
        """Go where a code leads. Raises WalletError."""
        if is_id(text):
            self._send_to(text)
            return
        code = await self.desk.look(partial(native.parse, text))
        if code.kind is native.Kind.PERSON:
            self._send_to(text)
        elif code.kind is native.Kind.GIFT:
            await self._claim(text)
        elif code.dynamic:
            await self._pay_charge(text)
        else:
            await self._pay_static(code)

    def _send_to(self, text: str) -> None:
        """Have a person's code, or a wallet's id, filled in where money is sent."""
        from wallet_cli.screens.send import Send

        self._say("")
        self.app.push_screen(Send(text))

    async def _claim(self, text: str) -> None:
        gifts = Gifts(self.desk.session)
        claim = await self._looked(self.ask(partial(gifts.claim, text)))
        await self.app.push_screen_wait(OutcomeScreen(claim_outcome(claim)))
        self.dismiss()

    async def _pay_charge(self, text: str) -> None:
        wallet = Wallet(self.desk.session)
        offer = await self._looked(self.desk.ask(partial(wallet.resolve, text)))
        await self.desk.look(partial(wallet.require_payable, offer))
        await self._check(Check(PayCharge(offer)))

    async def _pay_static(self, code: NativeCode) -> None:
        wallet = Wallet(self.desk.session)
        offer = await self._looked(self.desk.ask(partial(wallet.static_offer, code.token)))
        why = _("How much to {merchant}?").format(merchant=offer.merchant)
        dialog = AmountDialog(why, offer.city, offer.currency)
        amount = await self.app.push_screen_wait(dialog)
        if amount is not None:
            await self._check(Check(PayStatic(code.token, offer, amount)))

    async def _check(self, check: Check[Any]) -> None:
        if await self.app.push_screen_wait(check):
            self.dismiss()

    def _say(self, text: str, tone: str = "muted") -> None:
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
