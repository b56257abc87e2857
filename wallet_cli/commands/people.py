"""Sending money to people, and codes to receive it with."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from payment_codes.amount import amount_text, parse_amount
from terminal_kit.code_output import require_savable, save_code_as, show_code
from terminal_kit.console import fitted, plain, style, write_json, write_lines
from terminal_kit.diagnostics import say
from terminal_kit.language import _
from terminal_kit.program import session_of
from terminal_kit.prompts import can_ask, confirm, read_pin
from wallet_api.contract.error_base import Exit
from wallet_api.contract.errors import ConfirmationRequired, NotFound
from wallet_api.contract.ids import short_code
from wallet_api.contract.people import TransferState
from wallet_cli.commands.confirming import chosen_amount, with_pin
from wallet_cli.commands.gifts import confirm_gift, show_gift
from wallet_cli.gifts import Gifts
from wallet_cli.people import People
from wallet_cli.people_views import transfer_line, transfer_lines

if TYPE_CHECKING:
    from terminal_kit.session import Session
    from wallet_api.contract.error_base import WalletError
    from wallet_api.contract.people import PersonalCode, Transfer

BESIDE_CELLS = 33


def send_money(
    context: typer.Context,
    amount: str,
    to: str,
    note: str | None,
    pin_file: str | None,
    *,
    yes: bool,
    json: bool,
) -> None:
    """Show who receives, ask, send, and confirm with the PIN where it is needed."""
    if not yes and not can_ask():
        raise ConfirmationRequired
    given = read_pin(pin_file)
    with session_of(context) as session:
        transfer = send_to(session, to, amount, note, given, yes=yes)
    finish(transfer, json=json)


def send_to(
    session: Session,
    to: str,
    typed: str | None,
    note: str | None,
    given: str | None,
    *,
    yes: bool,
) -> Transfer:
    """Send to a wallet's id or a personal code; an amount that nobody stated is asked for."""
    people = People(session)
    payee = people.payee(to)
    if typed is None and payee.amount is None:
        say(_("To {name}").format(name=payee.name))
    amount = chosen_amount(payee.amount, typed, session.profile.currency)
    say(_("{amount} to {name}").format(amount=amount_text(amount), name=payee.name))
    confirm(_("Send this?"), yes=yes)
    transfer = people.send(payee, amount, payee.note if note is None else note)
    return confirmed(people, transfer, given)


def confirmed(people: People, transfer: Transfer, given: str | None) -> Transfer:
    """Confirm a transfer where it waits for the PIN."""
    if transfer.state is not TransferState.PIN_REQUIRED:
        return transfer
    return with_pin(transfer.id, lambda pin: people.confirm(transfer, pin), given)


def confirm_waiting(
    session: Session, text: str, given: str | None, unknown: WalletError, *, json: bool
) -> None:
    """Confirm a waiting transfer or gift, or raise ``unknown`` where there is none of that id."""
    people = People(session)
    try:
        waiting = people.find(text)
    except NotFound:
        confirm_gift(session, text, given, unknown, json=json)
        return
    said = _("{amount} to {name}")
    say(said.format(amount=amount_text(waiting.amount), name=waiting.receiver))
    transfer = with_pin(waiting.id, lambda pin: people.confirm(waiting, pin), given)
    finish(transfer, json=json)


def finish(transfer: Transfer, *, json: bool) -> None:
    """Show a transfer and exit: 0 when it arrived, 5 while it is held, 1 otherwise."""
    show_transfer(transfer, json=json)
    if transfer.state is TransferState.HELD:
        text = _("The bank holds this for a while. Take it back with: wallet cancel {id}")
        say(text.format(id=short_code(transfer.id)))
        raise typer.Exit(Exit.UNKNOWN)
    if transfer.state is not TransferState.SUCCEEDED:
        raise typer.Exit(Exit.REFUSED)


def show_transfer(transfer: Transfer, *, json: bool) -> None:
    """Show one transfer."""
    if json:
        write_json(plain(transfer))
    else:
        write_lines(transfer_lines(transfer))


def cancel_sent(context: typer.Context, text: str, *, json: bool) -> None:
    """Take back a transfer or a gift that waits for the PIN, or a held transfer."""
    with session_of(context) as session:
        people, gifts = People(session), Gifts(session)
        try:
            transfer = people.find(text)
        except NotFound:
            show_gift(gifts.cancel(gifts.find(text)), json=json)
            return
        transfer = people.cancel(transfer)
    show_transfer(transfer, json=json)


def list_transfers(context: typer.Context, limit: int, cursor: str | None, *, json: bool) -> None:
    """Show a page of what was sent and received."""
    with session_of(context) as session:
        page = People(session).transfers(limit, cursor)
        own = session.profile.owner
    if json:
        write_json({"items": [plain(item) for item in page.items], "next": page.next})
        return
    lines = [transfer_line(item, own) for item in page.items]
    lines = lines or [_("Nothing was sent or received yet.")]
    if page.next is not None:
        lines.append(_("There is more: {command}").format(command=f"--cursor {page.next}"))
    write_lines(lines)


def show_personal_code(
    context: typer.Context,
    amount: str | None,
    note: str | None,
    save: str | None,
    *,
    draw: bool,
    json: bool,
) -> None:
    """Show a code to receive money with."""
    if save is not None:
        require_savable(save)
    with session_of(context) as session:
        wanted = None if amount is None else parse_amount(amount, session.profile.currency)
        code = People(session).receive(wanted, note)
    if save is not None:
        save_code_as(code.payload, save)
        say(_("The code is in {file}.").format(file=save))
    if json:
        write_json(plain(code))
        return
    show_code(code.payload, _beside(code, saved=save is not None), draw=draw)


def _beside(code: PersonalCode, *, saved: bool) -> list[str]:
    """Say what the code is for, in lines of at most 33 cells."""
    amount = _("The payer types the amount") if code.amount is None else amount_text(code.amount)
    return [
        style(_("Let them scan this to pay you"), "bold"),
        amount,
        *([] if code.note is None else [fitted(code.note, BESIDE_CELLS).rstrip()]),
        *([] if saved else ["", style(_("a picture: --save FILE.png"), "dim")]),
    ]
