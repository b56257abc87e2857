"""Who may act for the wallet: its devices, its PIN, and the freeze that stops everything."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding
from textual.containers import HorizontalGroup, VerticalScroll
from textual.widgets import Button, OptionList, Static
from textual.widgets.option_list import Option

from terminal_kit.console import fitted, local_time
from terminal_kit.language import N_, _
from terminal_kit.screens.dialogs.confirm import ConfirmDialog
from terminal_kit.screens.marks import mark_of
from terminal_kit.screens.outcome import Outcome, OutcomeScreen, refused
from terminal_kit.screens.panel import Panel
from terminal_kit.screens.screen import KitScreen
from wallet_api.contract.error_base import WalletError
from wallet_api.contract.ids import short_code
from wallet_cli.screens.new_pin import NewPin
from wallet_cli.screens.pin import with_pin
from wallet_cli.security import Security
from wallet_cli.wallet import Wallet

if TYPE_CHECKING:
    from collections.abc import Awaitable

    from textual.app import ComposeResult

    from wallet_api.contract.administration import DeviceCard
    from wallet_api.contract.wire import WalletCard

NAME_CELLS = 22


class DeviceList(Panel["tuple[WalletCard, list[DeviceCard]]"]):
    """The wallet's devices, and whether it is frozen and has a PIN."""

    FOLLOWS = ("device.*", "wallet.*", "pin.*")

    card: WalletCard | None = None
    devices: tuple[DeviceCard, ...] = ()

    def content(self) -> ComposeResult:
        """Give the list and what holds for all of it."""
        yield OptionList(id="devices")
        yield Static(id="standing", markup=False)

    def load(self) -> tuple[WalletCard, list[DeviceCard]]:
        """Ask for both."""
        session = self.desk.session
        return Wallet(session).card(), Security(session).devices().items

    def show(self, value: tuple[WalletCard, list[DeviceCard]]) -> None:
        """Fill in the devices; the one that was chosen stays so, unless a new one waits."""
        known, chosen = {one.id for one in self.devices}, self.chosen
        self.card, self.devices = value[0], tuple(value[1])
        options = self.query_one("#devices", OptionList)
        options.clear_options()
        options.add_options(Option(_line(one), id=one.id) for one in self.devices)
        new = [one.id for one in self.devices if one.state == "pending" and one.id not in known]
        wanted = new[0] if new else chosen.id if chosen is not None else None
        places = [place for place, one in enumerate(self.devices) if one.id == wanted]
        options.highlighted = places[0] if places else 0
        self.query_one("#standing", Static).update(_standing(self.card))

    @property
    def chosen(self) -> DeviceCard | None:
        """The device under the cursor."""
        place = self.query_one("#devices", OptionList).highlighted
        return None if place is None or place >= len(self.devices) else self.devices[place]


def _line(device: DeviceCard) -> str:
    said = {
        "active": _("active"),
        "pending": _("waits, shows {digits}").format(digits=device.comparison),
        "revoked": _("shut out"),
    }[device.state]
    this = _(" (this one)") if device.this else ""
    name = fitted(device.name or _("First device"), NAME_CELLS)
    added = local_time(device.added_at)[:16]
    return f"{mark_of(device.state)} {name} {short_code(device.id)}  {added}  {said}{this}"


def _standing(card: WalletCard) -> str:
    pin = _("✓ A PIN is set.") if card.pin_set else _("◌ No PIN is set: large payments need one.")
    if "bank" in card.frozen_by:
        return pin + "\n" + _("✗ The bank has frozen this wallet; ask there.")
    if card.frozen_by:
        return pin + "\n" + _("✗ Frozen by you: nothing is paid from this wallet.")
    return pin + "\n" + _("✓ The wallet can pay.")


class Devices(KitScreen[None]):
    """Approve, shut out, freeze, lift the freeze, set the PIN."""

    TITLE = N_("Devices")
    CSS_PATH = "devices.tcss"
    BINDINGS: ClassVar = [
        Binding("a", "approve", N_("Approve"), id="approve"),
        Binding("x", "revoke", N_("Shut out"), id="revoke"),
        Binding("f", "freeze", N_("Freeze or lift it"), id="freeze"),
        Binding("p", "set_pin", N_("Set the PIN"), id="set-pin"),
    ]

    def body(self) -> ComposeResult:
        """Give the list and what can be done."""
        with VerticalScroll(classes="card", can_focus=False):
            yield DeviceList(id="device-list")
            with HorizontalGroup(classes="buttons"):
                yield Button(_("Approve"), id="approve")
                yield Button(_("Shut out"), id="revoke")
                yield Button(_("Freeze"), id="freeze", variant="warning")
                yield Button(_("Set the PIN"), id="set-pin")

    @on(Panel.Loaded)
    def _show_standing(self) -> None:
        """Name the freeze button by what it would do now, and offer what fits the device."""
        card = self._list.card
        assert card is not None, "it was loaded"
        frozen = "owner" in card.frozen_by
        self.query_one("#freeze", Button).label = _("Lift the freeze") if frozen else _("Freeze")
        self._offer()

    @on(OptionList.OptionHighlighted)
    def _offer(self) -> None:
        self.refresh_bindings()
        for act in ("approve", "revoke"):
            self.query_one(f"#{act}", Button).disabled = not self.check_action(act, ())

    @property
    def _list(self) -> DeviceList:
        return self.query_one(DeviceList)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what the chosen device can become."""
        if action in {"approve", "revoke"} and self.query(DeviceList):
            device = self._list.chosen
            states = {"pending"} if action == "approve" else {"pending", "active"}
            return device is not None and device.state in states
        return super().check_action(action, parameters)

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        acts = {
            "approve": self.action_approve,
            "revoke": self.action_revoke,
            "freeze": self.action_freeze,
            "set-pin": self.action_set_pin,
        }
        acts[str(event.button.id)]()

    def action_approve(self) -> None:
        """Compare the digits, then let the device in."""
        self._start(self._approve())

    def action_revoke(self) -> None:
        """Shut a device out, after asking."""
        self._start(self._revoke())

    def action_freeze(self) -> None:
        """Stop every payment from this wallet, or let them go again."""
        self._start(self._freeze())

    def action_set_pin(self) -> None:
        """Set the first PIN, or change it."""
        card = self._list.card
        if card is not None:
            self.app.push_screen(NewPin(has_one=card.pin_set), lambda _done: self.action_reload())

    def _start(self, act: Awaitable[None]) -> None:
        self.run_worker(self._guarded(act), group="act", exclusive=True)

    async def _guarded(self, act: Awaitable[None]) -> None:
        try:
            await act
        except WalletError as error:
            await self.app.push_screen(OutcomeScreen(refused(error)))
        self.action_reload()

    async def _approve(self) -> None:
        device = self._list.chosen
        if device is None or device.state != "pending":
            return
        asked = _("{name} shows {digits}. Are these digits on the new device?")
        question = asked.format(name=device.name or "-", digits=device.comparison)
        if not await self.app.push_screen_wait(ConfirmDialog(question, _("They are"))):
            return
        security = Security(self.desk.session)
        why = _("The PIN lets the device in.")
        if await with_pin(self, why, partial(security.approve, device.id)) is not None:
            said = _("{name} can use this wallet now.").format(name=device.name or device.id)
            await self.app.push_screen(OutcomeScreen(Outcome("done", said)))

    async def _revoke(self) -> None:
        device = self._list.chosen
        if device is None or device.state == "revoked":
            return
        asked = _("Shut {name} out? It can pay nothing from now on, and this cannot be undone.")
        if device.this:
            asked = _("Shut out THIS device, {name}? It can never use this wallet again.")
        question = asked.format(name=device.name or short_code(device.id))
        dialog = ConfirmDialog(question, _("Shut out"), dangerous=True)
        if not await self.app.push_screen_wait(dialog):
            return
        revoke = partial(Security(self.desk.session).revoke, device.id, itself=device.this)
        why = _("The PIN shuts the device out.")
        if await with_pin(self, why, revoke) is not None:
            await self.app.push_screen(OutcomeScreen(Outcome("done", _("The device is shut out."))))

    async def _freeze(self) -> None:
        card, security = self._list.card, Security(self.desk.session)
        if card is None:
            return
        if "owner" in card.frozen_by:
            await with_pin(self, _("The PIN lifts the freeze."), security.unfreeze)
            return
        question = _("Freeze the wallet? Nothing is paid from it until you lift the freeze.")
        dialog = ConfirmDialog(question, _("Freeze"), dangerous=True)
        if await self.app.push_screen_wait(dialog):
            await self.ask(security.freeze)
