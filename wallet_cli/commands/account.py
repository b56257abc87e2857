"""Opening a wallet, and looking at it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from payment_codes.amount import amount_text
from terminal_kit.console import plain, style, table, write_json, write_lines
from terminal_kit.language import _
from terminal_kit.program import session_of
from terminal_kit.words import words
from wallet_api.contract.errors import NotFound, Usage
from wallet_api.contract.ids import short_code
from wallet_api.contract.statement import Movement
from wallet_api.contract.wire import Payment
from wallet_cli.bank import Bank
from wallet_cli.commands.bank import transfer_lines
from wallet_cli.views import movement_lines, payment_lines
from wallet_cli.wallet import Wallet

if TYPE_CHECKING:
    import typer

    from terminal_kit.credentials.choose import StoreKind
    from terminal_kit.session import Chosen, Session
    from wallet_cli.bank import Transfer


def open_account(
    chosen: Chosen,
    name: str | None,
    store: str,
    pin_file: str | None,
    currency: str,
    invite: str | None,
    *,
    json: bool,
) -> None:
    """Open a wallet and show it. Raises Usage."""
    from terminal_kit.enrol import read_invite, store_kind
    from terminal_kit.profiles import require_new
    from terminal_kit.prompts import ask_pin, read_pin
    from wallet_cli.opening import open_wallet

    if name is None:
        raise Usage(reason=_("Give your name: --name NAME."))
    kind: StoreKind = store_kind(store)
    require_new(chosen.program, chosen.profile)
    code = read_invite(invite)
    pin = read_pin(pin_file) or ask_pin(new=True)
    card = open_wallet(chosen, kind, name=name, currency=currency, pin=pin, invite=code)
    if json:
        write_json({**plain(card), "profile": chosen.profile})
        return
    lines = [style(_("✓ Welcome, {name}.").format(name=card.name), "bold", "green")]
    rows = [(_("Wallet"), short_code(card.wallet)), (_("Balance"), amount_text(card.balance))]
    lines += table(rows)
    if not card.pin_set:
        said = _("Without a PIN you can pay up to {limit} at once.")
        lines.append(said.format(limit=amount_text(card.pin_free_limit)))
    write_lines([*lines, _("Bring money with: wallet top-up 500")])


def show_balance(context: typer.Context, *, json: bool) -> None:
    """Show the balance."""
    with session_of(context) as session:
        card = Wallet(session).card()
    if json:
        write_json({"balance": plain(card.balance), "wallet": card.wallet})
    else:
        write_lines([style(amount_text(card.balance), "bold")])


def show_record(context: typer.Context, text: str, *, json: bool) -> None:
    """Show one payment, or another movement."""
    with session_of(context) as session:
        record = _find(session, text)
    if json:
        write_json(plain(record))
    elif isinstance(record, Payment):
        write_lines(payment_lines(record))
    elif isinstance(record, Movement):
        write_lines(movement_lines(record))
    else:
        write_lines(transfer_lines(record))


def _find(session: Session, text: str) -> Payment | Movement | Transfer:
    """Find what moved, or what has not moved yet because the bank is silent. Raises NotFound."""
    try:
        return Wallet(session).find(text)
    except NotFound as unknown:
        try:
            return Bank(session).find(text)
        except NotFound:
            raise unknown from None


def show_self(context: typer.Context, *, json: bool) -> None:
    """Show whose wallet this is."""
    with session_of(context) as session:
        card = Wallet(session).card()
    profile = session.chosen.profile
    if json:
        write_json({**plain(card), "profile": profile})
    else:
        write_lines(
            [
                style(card.name, "bold"),
                *table(
                    [
                        (_("Profile"), profile),
                        (_("Wallet"), card.wallet),
                        (_("Device"), card.device),
                        (_("Balance"), amount_text(card.balance)),
                        (_("PIN"), _("set") if card.pin_set else _("not set")),
                        (_("Without PIN up to"), amount_text(card.pin_free_limit)),
                        (_("Frozen by"), words(card.frozen_by)),
                    ]
                ),
            ]
        )
