"""Who may act for the wallet: devices, freezing, the PIN."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from terminal_kit.console import fitted, local_time, plain, style, write_json, write_lines
from terminal_kit.diagnostics import say
from terminal_kit.language import _
from terminal_kit.program import session_of
from terminal_kit.prompts import ask_pin, confirm, read_pin
from terminal_kit.words import told
from wallet_api.contract.errors import DeviceOver, PinNeeded, PinWrong, Usage
from wallet_api.contract.ids import short_code
from wallet_cli.security import Security

if TYPE_CHECKING:
    from collections.abc import Callable

    import typer

    from wallet_api.contract.administration import DeviceCard, FreezeState

T = TypeVar("T")

NAME_CELLS = 24


def list_devices(context: typer.Context, *, json: bool) -> None:
    """Show the wallet's devices."""
    with session_of(context) as session:
        page = Security(session).devices()
    if json:
        write_json({"items": [plain(item) for item in page.items], "next": page.next})
    else:
        write_lines(_device_line(item) for item in page.items)


def _device_line(device: DeviceCard) -> str:
    said = {
        "active": style(_("active"), "green"),
        "pending": style(
            _("waits, shows {digits}").format(digits=device.comparison), "bold", "yellow"
        ),
        "revoked": style(_("shut out"), "dim"),
    }[device.state]
    this = _(" (this one)") if device.this else ""
    name = style(fitted(device.name or "-", NAME_CELLS), "bold")
    return f"{short_code(device.id)}  {name}  {local_time(device.added_at)[:16]}  {said}{this}"


def approve_device(
    context: typer.Context, text: str, pin_file: str | None, *, yes: bool, json: bool
) -> None:
    """Compare the digits, then let the device in."""
    given = read_pin(pin_file)
    with session_of(context) as session:
        security = Security(session)
        device = security.find(text)
        if device.state == "revoked":
            raise DeviceOver(state="revoked")
        if device.state == "pending":
            say(_("{name} shows {digits}?").format(name=device.name, digits=device.comparison))
            confirm(_("Are these digits on the new device?"), yes=yes)
        device = _with_pin(given, lambda pin: security.approve(device.id, pin))
    if json:
        write_json(plain(device))
    else:
        said = _("✓ {name} can use this wallet now.").format(name=device.name or device.id)
        write_lines([style(said, "bold", "green")])


def revoke_device(
    context: typer.Context, text: str, pin_file: str | None, *, yes: bool, json: bool
) -> None:
    """Shut a device out, after asking."""
    given = read_pin(pin_file)
    with session_of(context) as session:
        security = Security(session)
        device = security.find(text)
        say(_("{name}, {id}").format(name=device.name or "-", id=short_code(device.id)))
        confirm(_("Shut this device out?"), yes=yes or device.this)
        device = _with_pin(given, lambda pin: security.revoke(device.id, pin, itself=yes))
    if json:
        write_json(plain(device))
    else:
        write_lines([style(_("✓ The device is shut out."), "bold", "green")])


def freeze_wallet(context: typer.Context, *, json: bool) -> None:
    """Freeze the wallet."""
    with session_of(context) as session:
        state = Security(session).freeze()
    _show_freeze(state, json=json)


def unfreeze_wallet(context: typer.Context, pin_file: str | None, *, json: bool) -> None:
    """Lift one's own freeze."""
    given = read_pin(pin_file)
    with session_of(context) as session:
        security = Security(session)
        state = _with_pin(given, security.unfreeze)
    _show_freeze(state, json=json)


def _show_freeze(state: FreezeState, *, json: bool) -> None:
    if json:
        write_json(plain(state))
    elif "bank" in state.frozen_by:
        write_lines([style(_("✗ The bank has frozen this wallet; ask there."), "bold", "red")])
    elif state.frozen_by:
        said = _("✓ Frozen: nothing is paid from this wallet until `wallet unfreeze`.")
        write_lines([style(said, "bold", "cyan")])
    else:
        write_lines([style(_("✓ This wallet can pay again."), "bold", "green")])


def set_new_pin(
    context: typer.Context, pin_file: str | None, new_pin_file: str | None, *, json: bool
) -> None:
    """Set the first PIN, or change it. Raises Usage."""
    if [pin_file, new_pin_file].count("-") > 1:
        raise Usage(reason=_("Only one thing can be read from stdin."))
    given = read_pin(pin_file)
    new = read_pin(new_pin_file)
    with session_of(context) as session:
        security = Security(session)
        new = new or ask_pin(new=True)
        if new is None:
            raise Usage(reason=_("Give --new-pin-file, or run it on a terminal."))
        wanted = new
        state = _with_pin(given, lambda pin: security.set_pin(pin, wanted))
    if json:
        write_json(plain(state))
    else:
        write_lines([style(_("✓ The PIN is set."), "bold", "green")])


def _with_pin(given: str | None, act: Callable[[str | None], T]) -> T:
    """Act, with the PIN where one is needed; a person who mistypes it is asked again."""
    pin = given
    while True:
        try:
            return act(pin)
        except PinNeeded:
            pin = ask_pin()
            if pin is None:
                raise
        except PinWrong as error:
            if given is not None:
                raise
            say(told(error))
            pin = ask_pin()
