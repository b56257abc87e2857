"""Money between the wallet and the bank."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from payment_codes.amount import amount_text, parse_amount
from terminal_kit.console import local_time, plain, style, table, write_json, write_lines
from terminal_kit.diagnostics import say
from terminal_kit.language import _
from terminal_kit.program import session_of
from terminal_kit.prompts import can_ask, confirm, read_pin
from terminal_kit.words import told, word
from wallet_api.contract.error_base import Exit
from wallet_api.contract.errors import (
    BankPending,
    ConfirmationRequired,
    NotFound,
)
from wallet_api.contract.ids import short_code
from wallet_api.contract.wire import TopUp
from wallet_cli.bank import PENDING, PIN_REQUIRED, Bank
from wallet_cli.commands.confirming import with_pin

if TYPE_CHECKING:
    from terminal_kit.session import Session
    from wallet_api.contract.banking import Withdrawal
    from wallet_api.contract.error_base import WalletError
    from wallet_cli.bank import Transfer


def bring_money(context: typer.Context, amount: str, wait: int, *, json: bool) -> None:
    """Top up, wait for the bank as asked, and exit by what it answered."""
    with session_of(context) as session:
        bank = Bank(session)
        wanted = parse_amount(amount, session.profile.currency)
        transfer = bank.wait(bank.top_up(wanted), wait)
    finish(transfer, json=json)


def withdraw_money(
    context: typer.Context, amount: str, pin_file: str | None, wait: int, *, yes: bool, json: bool
) -> None:
    """Show what it costs, ask, send the money to the bank, and exit by what it answered."""
    if not yes and not can_ask():
        raise ConfirmationRequired
    given = read_pin(pin_file)
    with session_of(context) as session:
        bank = Bank(session)
        offer = bank.offer(parse_amount(amount, session.profile.currency))
        text = _("{amount} to your bank account, fee {fee}")
        say(text.format(amount=amount_text(offer.amount), fee=amount_text(offer.fee)))
        confirm(_("Withdraw this?"), yes=yes)
        withdrawal = bank.withdraw(offer)
        if withdrawal.state == PIN_REQUIRED:
            withdrawal = confirmed(bank, withdrawal, given)
        transfer = bank.wait(withdrawal, wait)
    finish(transfer, json=json)


def confirm_withdrawal(
    session: Session, text: str, given: str | None, unknown: WalletError, *, json: bool
) -> None:
    """Confirm a waiting withdrawal, or raise ``unknown`` where there is none of that id."""
    bank = Bank(session)
    try:
        waiting = bank.find(text)
    except NotFound:
        raise unknown from None
    if isinstance(waiting, TopUp):
        raise unknown
    say(_("{amount} to your bank account").format(amount=amount_text(waiting.amount)))
    finish(confirmed(bank, waiting, given), json=json)


def confirmed(bank: Bank, withdrawal: Withdrawal, given: str | None) -> Withdrawal:
    """Confirm with the PIN; a person who mistypes it is asked again while tries are left."""
    return with_pin(withdrawal.id, lambda pin: bank.confirm(withdrawal, pin), given)


def finish(transfer: Transfer, *, json: bool) -> None:
    """Show it and exit: 0 when it succeeded, 5 while the bank is silent, 1 otherwise."""
    show_transfer(transfer, json=json)
    if transfer.state == PENDING:
        say(told(BankPending(id=short_code(transfer.id))))
        raise typer.Exit(Exit.UNKNOWN)
    if transfer.state != "succeeded":
        raise typer.Exit(Exit.REFUSED)


def show_transfer(transfer: Transfer, *, json: bool) -> None:
    """Show a top-up or a withdrawal as it stands."""
    if json:
        write_json(plain(transfer))
    else:
        write_lines(transfer_lines(transfer))


def transfer_lines(transfer: Transfer) -> list[str]:
    """Show a top-up or a withdrawal as a receipt."""
    incoming = isinstance(transfer, TopUp)
    fee = None if isinstance(transfer, TopUp) else transfer.fee
    reason = None if isinstance(transfer, TopUp) else transfer.reason
    return [
        _headline(transfer.state, incoming=incoming),
        *table(
            [
                (_("Amount"), amount_text(transfer.amount)),
                (_("Fee"), amount_text(fee) if fee is not None and fee.minor else ""),
                (_("Why"), word(reason or "")),
                (_("Balance"), amount_text(transfer.balance) if transfer.balance else ""),
                (_("When"), local_time(transfer.created_at)),
                (_("Simulated"), transfer.simulated or ""),
                (_("Id"), short_code(transfer.id)),
            ]
        ),
    ]


def _headline(state: str, *, incoming: bool) -> str:
    if state == "succeeded":
        came = _("✓ The money came from the bank") if incoming else _("✓ The money is at the bank")
        return style(came, "bold", "green")
    if state == PENDING:
        return style(_("… Waiting for the bank"), "bold", "yellow")
    if state == PIN_REQUIRED:
        return style(_("… Waiting for your PIN"), "bold", "yellow")
    if state == "returned":
        back = _("↩ The bank took it back") if incoming else _("↩ The bank returned it")
        return style(back, "bold", "red")
    return style(_("✗ The bank refused") if incoming else _("✗ Not withdrawn"), "bold", "red")
