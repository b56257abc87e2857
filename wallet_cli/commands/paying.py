"""Paying a merchant's code, showing one's own, and what waits for the PIN."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from payment_codes.amount import amount_text
from terminal_kit.code_output import require_savable, save_code_as, show_code
from terminal_kit.console import draws, fitted, local_time, plain, style, write_json, write_lines
from terminal_kit.diagnostics import say
from terminal_kit.program import session_of
from terminal_kit.prompts import ask_pin, can_ask, confirm, read_pin
from terminal_kit.reading import read_code
from wallet_api.contract.error_base import Exit
from wallet_api.contract.errors import (
    AlreadyPaid,
    ChargeClosed,
    ChargeReversed,
    ConfirmationRequired,
    PinRequired,
    PinWrong,
    Usage,
)
from wallet_api.contract.ids import short_code
from wallet_api.contract.instants import instant_text
from wallet_api.contract.wire import ChargeState, Payment, PaymentState
from wallet_cli.views import PARTY_CELLS, payment_lines
from wallet_cli.wallet import Wallet

if TYPE_CHECKING:
    from wallet_api.contract.wire import Offer


def pay_code(
    context: typer.Context,
    code: str | None,
    image: str | None,
    pin_file: str | None,
    *,
    yes: bool,
    json: bool,
) -> None:
    """Read a code, show whom it pays, ask, pay, and confirm with the PIN where it is needed."""
    from payment_codes import native

    if [code, image, pin_file].count("-") > 1:
        raise Usage(reason="Only one thing can be read from stdin.")
    text = read_code(code, image)
    native.parse(text)
    if not yes and not can_ask():
        raise ConfirmationRequired
    given = read_pin(pin_file)
    with session_of(context) as session:
        wallet = Wallet(session)
        offer = wallet.resolve(text)
        if not wallet.awaits_answer(offer):
            _require_payable(offer)
        say(f"{amount_text(offer.amount)} to {offer.merchant}, {offer.city}")
        confirm("Pay this?", yes=yes)
        payment = wallet.pay(offer)
        if payment.state is PaymentState.PIN_REQUIRED:
            payment = _confirm(wallet, payment, given)
    _finish(payment, json=json)


def _require_payable(offer: Offer) -> None:
    """Say at once what paying would answer; the service decides again."""
    if offer.state is ChargeState.CLOSED:
        raise ChargeClosed(reason="expired or closed by the merchant")
    if offer.state is ChargeState.REVERSED:
        raise ChargeReversed
    if offer.state is not ChargeState.CREATED:
        raise AlreadyPaid


def _confirm(wallet: Wallet, payment: Payment, given: str | None) -> Payment:
    """Confirm with the PIN; a person who mistypes it is asked again while tries are left."""
    while True:
        pin = given or ask_pin()
        if pin is None:
            raise PinRequired(id=short_code(payment.id))
        try:
            return wallet.confirm(payment, pin)
        except PinWrong as error:
            if given is not None:
                raise
            say(str(error))


def _finish(payment: Payment, *, json: bool) -> None:
    """Show a payment and exit with 1 unless it was paid; a replay may say that it was not."""
    _show(payment, json=json)
    if payment.state is not PaymentState.SUCCEEDED:
        raise typer.Exit(Exit.REFUSED)


def _show(payment: Payment, *, json: bool) -> None:
    if json:
        write_json(plain(payment))
    else:
        write_lines(payment_lines(payment))


def list_pending(context: typer.Context, *, json: bool) -> None:
    """Show the payments that wait for the PIN."""
    with session_of(context) as session:
        page = Wallet(session).pending()
    if json:
        write_json({"items": [plain(item) for item in page.items], "next": page.next})
        return
    lines = [
        f"{short_code(item.id)}  {amount_text(item.amount):>17}"
        f"  {style(fitted(item.payee, PARTY_CELLS), 'bold')}"
        f"  until {local_time(item.expires_at)[11:] if item.expires_at else '-'}"
        for item in page.items
    ]
    write_lines(lines or ["Nothing waits for you."])


def confirm_payment(context: typer.Context, text: str, pin_file: str | None, *, json: bool) -> None:
    """Confirm a waiting payment."""
    given = read_pin(pin_file)
    with session_of(context) as session:
        wallet = Wallet(session)
        waiting = wallet.find_pending(text)
        say(f"{amount_text(waiting.amount)} to {waiting.payee}")
        payment = _confirm(wallet, waiting, given)
    _finish(payment, json=json)


def decline_payment(context: typer.Context, text: str, *, json: bool) -> None:
    """Refuse a waiting payment."""
    with session_of(context) as session:
        wallet = Wallet(session)
        payment = wallet.decline(wallet.find_pending(text))
    _show(payment, json=json)


def present_code(context: typer.Context, save: str | None, *, draw: bool, json: bool) -> None:
    """Make the next payer code and show it as QR, bars and digits."""
    import sys

    from payment_codes.payer import grouped

    if save is not None:
        require_savable(save)
    with session_of(context) as session:
        shown = Wallet(session).payer_code()
        now = session.business_ms()
    if save is not None:
        save_code_as(shown.code, save)
    if json:
        write_json({"code": shown.code, "expires_at": instant_text(shown.expires_at)})
        return
    seconds = (shown.expires_at - now) // 1_000
    beside = [
        style("Let the till scan this", "bold"),
        grouped(shown.code),
        "",
        f"It lasts {seconds} seconds and works once.",
    ]
    below = _bars(shown.code) if draw or draws(sys.stdout) else []
    show_code(shown.code, beside, draw=draw, below=below)


def _bars(code: str) -> list[str]:
    from payment_codes.draw.barcode import code128_modules
    from payment_codes.draw.terminal import half_width_bars

    return half_width_bars(code128_modules(code))
