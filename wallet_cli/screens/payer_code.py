"""My payer code: what a till scans to be paid. It renews itself and needs no network."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on
from textual.binding import Binding
from textual.containers import Horizontal, VerticalGroup
from textual.widgets import Button, Static

from payment_codes.payer import grouped
from terminal_kit.language import N_, _
from terminal_kit.screens.dialogs.save import saving_code
from terminal_kit.screens.link import Line
from terminal_kit.screens.outcome import OutcomeScreen
from terminal_kit.screens.screen import KitScreen
from terminal_kit.screens.widgets.code_picture import Barcode, QrCode
from terminal_kit.screens.widgets.countdown import Countdown
from terminal_kit.words import told
from wallet_api.contract.error_base import WalletError
from wallet_api.contract.events import matches
from wallet_api.contract.payer_code import DISPLAY_LIFE_MS, WINDOW
from wallet_cli.screens.paying import balance_left, payment_outcome
from wallet_cli.wallet import Wallet

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.events import Resize

    from terminal_kit.screens.link import Link
    from terminal_kit.screens.outcome import Outcome
    from wallet_api.contract.events import Event
    from wallet_cli.screens.app import WalletApp
    from wallet_cli.wallet import PayerCode

#: So many are kept for when there is no connection.
SPARE = WINDOW // 2
BARCODE_COLUMNS = 77
FILE_NAME = "payer-code.png"
#: What became of a payment by code that waits for nobody.
ENDED = ("payment.succeeded", "payment.failed")


class PayerCodeScreen(KitScreen[None]):
    """The code as QR, as bars and as digits, and how long it lasts."""

    TITLE = N_("My code")
    CSS_PATH = "payer_code.tcss"
    BARE = True
    BINDINGS: ClassVar = [
        Binding("space,n", "renew", N_("New code"), id="renew"),
        Binding("c", "copy", N_("Copy"), id="copy"),
        Binding("s", "save", N_("Save"), id="save"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._code: PayerCode | None = None
        #: Whether it ended while another screen was before this one.
        self._is_stale = False

    def body(self) -> ComposeResult:
        """Give the code in its three forms, with the texts beside it."""
        with VerticalGroup(id="code"):
            with Horizontal(id="upper"):
                yield QrCode(id="qr")
                with VerticalGroup(id="beside"):
                    yield Static(_("Let the till scan this"), id="what", markup=False)
                    yield Static(id="digits", markup=False)
                    yield Countdown(self.desk.business_ms, id="life")
                    yield Static(_("It works once."), classes="muted", markup=False)
                    yield Static(id="line", markup=False)
                    yield Button(_("New code"), id="renew")
            yield Barcode(id="bars")

    def on_mount(self) -> None:
        """Make the first code, and follow the line."""
        self.action_renew()
        self.watch(self.app, "link", self._show_link, init=False)

    def on_screen_resume(self) -> None:
        """Renew what ended meanwhile."""
        if self._is_stale:
            self.action_renew()

    def on_resize(self, event: Resize) -> None:
        """Leave the bars out where they would be cut: a part of them is no code."""
        self.query_one("#bars").set_class(event.size.width < BARCODE_COLUMNS, "cut")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to copy and save only what there is."""
        if action in {"copy", "save"} and self._code is None:
            return None
        return super().check_action(action, parameters)

    @on(Countdown.Over, "#life")
    @on(Button.Pressed, "#renew")
    def action_renew(self) -> None:
        """Make another code, or do so when this is the screen that is seen again."""
        self._is_stale = not self.is_current
        if self.is_current:
            self.run_worker(self._renew(), group="code", exclusive=True)

    async def _renew(self) -> None:
        spare = SPARE if self.kit.link.is_live else 0
        try:
            self._code = await self.desk.look(
                partial(Wallet(self.desk.session).payer_code, spare=spare)
            )
        except WalletError as error:
            self._code = None
            self._fail(error)
        else:
            self._show(self._code)
        self.refresh_bindings()

    def _show(self, code: PayerCode) -> None:
        self.query_one("#qr", QrCode).show(code.code)
        bars = self.query_one("#bars", Barcode)
        bars.show(code.code)
        bars.visible = True
        self.query_one("#digits", Static).update(grouped(code.code))
        self.query_one("#life", Countdown).count(code.expires_at, DISPLAY_LIFE_MS)
        self._show_link(self.kit.link)

    def _fail(self, error: WalletError) -> None:
        """Say why there is no code, in its place."""
        self.query_one("#qr", QrCode).show("")
        self.query_one("#bars").visible = False
        self.query_one("#digits", Static).update("")
        self.query_one("#life", Countdown).stop()
        said = _("✗ {reason}\nSpace tries again.").format(reason=told(error))
        self._say(said, "bad")

    def _show_link(self, link: Link) -> None:
        """Say how the code stands without a connection, and go on when there is one again."""
        if self._code is None:
            if link.is_live:
                self.action_renew()
            return
        left = self._code.left
        if link.line is Line.OFFLINE:
            said = _("▲ Offline: this code still works. {left} more before you must be online.")
            self._say(said.format(left=left), "warn")
        else:
            said = _("Works offline too: {left} more codes without a connection.")
            self._say(said.format(left=left), "muted")

    def _say(self, text: str, tone: str) -> None:
        line = self.query_one("#beside #line", Static)
        line.update(text)
        line.set_classes(tone)

    def hear(self, event: Event | None) -> None:
        """Show a code that was not used, and what became of the payment at once."""
        super().hear(event)
        if event is None or not matches("payment.*", event.kind):
            return
        if event.kind in ENDED and self.is_current and self._is_news(event):
            self.run_worker(self._tell(event.data["payment"]), group="outcome")
        self.action_renew()

    def _is_news(self, event: Event) -> bool:
        return cast("WalletApp", self.app).is_news(event.data["payment"])

    async def _tell(self, payment: str) -> None:
        session = self.desk.session

        def look() -> Outcome:
            return payment_outcome(Wallet(session).payment(payment), balance_left(session))

        try:
            outcome = await self.desk.ask(look)
        except WalletError as error:
            self._say(f"✗ {told(error)}", "bad")
            return
        self.app.bell()
        await self.app.push_screen(OutcomeScreen(outcome))

    def action_copy(self) -> None:
        """Copy the digits to the terminal's clipboard."""
        if self._code is not None:
            self.app.copy_to_clipboard(self._code.code)
            self.notify(_("Copied."))

    def action_save(self) -> None:
        """Save the code as a picture."""
        if self._code is not None:
            self.app.push_screen(saving_code(self._code.code, FILE_NAME))
