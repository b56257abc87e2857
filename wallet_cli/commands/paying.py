"""Paying a merchant's code, showing one's own, and what waits for the PIN."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import typer

from payment_codes.amount import amount_text
from terminal_kit.code_output import require_savable, save_code_as, show_code
from terminal_kit.console import fitted, local_time, plain, style, write_json, write_lines
from terminal_kit.diagnostics import say
from terminal_kit.language import _
from terminal_kit.program import session_of
from terminal_kit.progress import Progress
from terminal_kit.prompts import can_ask, confirm, read_pin
from terminal_kit.reading import Source, read_code
from wallet_api.contract.error_base import Exit
from wallet_api.contract.errors import ConfirmationRequired, NotFound, Usage
from wallet_api.contract.ids import short_code
from wallet_api.contract.instants import instant_text
from wallet_api.contract.wire import Payment, PaymentState
from wallet_cli.commands.bank import confirm_withdrawal
from wallet_cli.commands.confirming import chosen_amount, require_amount_or_terminal, with_pin
from wallet_cli.commands.people import confirm_waiting, finish, send_to
from wallet_cli.commands.resuming import finish_earlier
from wallet_cli.commands.static_codes import pay_static_code
from wallet_cli.views import PARTY_CELLS, payment_lines
from wallet_cli.wallet import Wallet

if TYPE_CHECKING:
    from terminal_kit.session import Session


def pay_code(
    context: typer.Context,
    source: Source,
    amount: str | None,
    pin_file: str | None,
    *,
    yes: bool,
    json: bool,
) -> None:
    """Read a code, show whom it pays, ask, pay, and confirm with the PIN where it is needed.

    ``amount`` is what the payer types on a code that states none.
    """
    from payment_codes import native
    from wallet_cli.commands.decoding import read_own

    if [source.code, source.image, pin_file].count("-") > 1:
        raise Usage(reason=_("Only one thing can be read from stdin."))
    text = read_code(source)
    scanned = read_own(text)
    if scanned.kind is native.Kind.GIFT:
        raise Usage(reason=_(_("The code is a gift. Take it with `wallet claim CODE`.")))
    if not yes and not can_ask():
        raise ConfirmationRequired
    if not scanned.dynamic:
        require_amount_or_terminal(scanned.amount, amount)
    given = read_pin(pin_file)
    if scanned.kind is native.Kind.PERSON:
        with session_of(context) as session:
            transfer = send_to(session, text, amount, None, given, yes=yes)
        finish(transfer, json=json)
        return
    with session_of(context, resume=False) as session, Progress() as progress:
        wallet = Wallet(session, progress)
        if scanned.dynamic:
            payment = _pay_charge(session, wallet, text, amount, yes=yes)
        else:
            payment = pay_static_code(wallet, scanned, amount, yes=yes)
        if payment.state is PaymentState.PIN_REQUIRED:
            payment = _confirm(wallet, payment, given)
    _finish(payment, json=json)


def _pay_charge(
    session: Session, wallet: Wallet, text: str, amount: str | None, *, yes: bool
) -> Payment:
    """Pay a charge that states its own amount."""
    offer = wallet.resolve(text)
    finish_earlier(session, besides=partial(wallet.is_attempt, offer=offer))
    wallet.require_payable(offer)
    chosen_amount(offer.amount, amount, offer.amount.currency)
    said = _("{amount} to {merchant}, {city}")
    say(said.format(amount=amount_text(offer.amount), merchant=offer.merchant, city=offer.city))
    if offer.note is not None:
        say(offer.note)
    confirm(_("Pay this?"), yes=yes)
    return wallet.pay(offer)


def _confirm(wallet: Wallet, payment: Payment, given: str | None) -> Payment:
    """Confirm with the PIN; a person who mistypes it is asked again while tries are left."""
    return with_pin(payment.id, lambda pin: wallet.confirm(payment, pin), given)


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
        f"  {_until(item)}"
        for item in page.items
    ]
    write_lines(lines or [_("Nothing waits for you.")])


def _until(payment: Payment) -> str:
    assert payment.expires_at is not None, "a waiting payment expires"
    return _("until {time}").format(time=local_time(payment.expires_at)[11:])


def confirm_payment(context: typer.Context, text: str, pin_file: str | None, *, json: bool) -> None:
    """Confirm whatever waits for the PIN: a payment, a withdrawal, a transfer, a gift."""
    given = read_pin(pin_file)
    with session_of(context) as session, Progress() as progress:
        wallet = Wallet(session, progress)
        try:
            waiting = wallet.find_pending(text)
        except NotFound:
            _confirm_other(session, text, given, json=json)
            return
        said = _("{amount} to {name}")
        say(said.format(amount=amount_text(waiting.amount), name=waiting.payee))
        if waiting.note is not None:
            say(waiting.note)
        payment = _confirm(wallet, waiting, given)
    _finish(payment, json=json)


def _confirm_other(session: Session, text: str, given: str | None, *, json: bool) -> None:
    """Confirm a waiting withdrawal, transfer or gift. Raises NotFound."""
    try:
        confirm_withdrawal(session, text, given, NotFound(what="waiting payment"), json=json)
    except NotFound as unknown:
        confirm_waiting(session, text, given, unknown, json=json)


def decline_payment(context: typer.Context, text: str, *, json: bool) -> None:
    """Refuse a waiting payment."""
    with session_of(context) as session:
        wallet = Wallet(session)
        payment = wallet.decline(wallet.find_pending(text))
    _show(payment, json=json)


def present_code(context: typer.Context, save: str | None, *, draw: bool, json: bool) -> None:
    """Make the next payer code and show it as QR, bars and digits."""
    from payment_codes.payer import grouped

    if save is not None:
        require_savable(save)
    with session_of(context, resume=False) as session:
        shown = Wallet(session).payer_code()
        now = session.business_ms()
    if save is not None:
        save_code_as(shown.code, save)
    if json:
        write_json({"code": shown.code, "expires_at": instant_text(shown.expires_at)})
        return
    seconds = (shown.expires_at - now) // 1_000
    beside = [
        style(_("Let the till scan this"), "bold"),
        grouped(shown.code),
        "",
        _("It lasts {seconds} seconds and works once.").format(seconds=seconds),
    ]
    show_code(shown.code, beside, draw=draw, bars=True)
