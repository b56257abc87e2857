"""Opening a wallet, and looking at it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from payment_codes.amount import amount_text, parse_amount
from terminal_kit.console import local_time, plain, style, table, write_json, write_lines
from terminal_kit.program import session_of
from wallet_api.contract.ids import short_code
from wallet_api.contract.wire import Payment
from wallet_cli.views import movement_line, payment_lines
from wallet_cli.wallet import Wallet

if TYPE_CHECKING:
    import typer

    from terminal_kit.credentials.choose import StoreKind
    from terminal_kit.session import Chosen
    from wallet_api.contract.wire import DeviceKeys, OpenWallet


def open_account(
    chosen: Chosen, name: str, store: str, pin_file: str | None, currency: str, *, json: bool
) -> None:
    """Open a wallet and show it."""
    from terminal_kit.enrol import open_profile, store_kind
    from terminal_kit.profiles import require_new
    from terminal_kit.prompts import ask_pin, read_pin
    from wallet_api.contract.wire import OpenWallet, WalletCard

    kind: StoreKind = store_kind(store)
    require_new(chosen.program, chosen.profile)
    pin = read_pin(pin_file) or ask_pin(new=True)

    def request(device: DeviceKeys) -> OpenWallet:
        return OpenWallet(name=name, currency=currency, device=device, pin=pin)

    card = open_profile(chosen, kind, currency, request, "/v1/customers", WalletCard)
    if json:
        write_json({**plain(card), "profile": chosen.profile})
        return
    lines = [style(f"✓ Welcome, {card.name}.", "bold", "green")]
    lines += table([("Wallet", short_code(card.wallet)), ("Balance", amount_text(card.balance))])
    if not card.pin_set:
        lines.append(f"Without a PIN you can pay up to {amount_text(card.pin_free_limit)} at once.")
    write_lines([*lines, "Bring money with: wallet top-up 500"])


def show_balance(context: typer.Context, *, json: bool) -> None:
    """Show the balance."""
    with session_of(context) as session:
        card = Wallet(session).card()
    if json:
        write_json({"balance": plain(card.balance), "wallet": card.wallet})
    else:
        write_lines([style(amount_text(card.balance), "bold")])


def bring_money(context: typer.Context, amount: str, *, json: bool) -> None:
    """Top up and show the balance after it."""
    with session_of(context) as session:
        wanted = parse_amount(amount, session.profile.currency)
        top_up = Wallet(session).top_up(wanted)
    if json:
        write_json(plain(top_up))
        return
    write_lines(
        [
            style(f"✓ {amount_text(top_up.amount)} came from the bank.", "green"),
            *table([("Balance", amount_text(top_up.balance) if top_up.balance else "")]),
        ]
    )


def list_history(context: typer.Context, limit: int, cursor: str | None, *, json: bool) -> None:
    """Show a page of the statement."""
    with session_of(context) as session:
        page = Wallet(session).history(limit, cursor)
    if json:
        items = [plain(item) for item in page.items]
        write_json({"items": items, "next": page.next})
        return
    lines = [movement_line(item) for item in page.items]
    if not lines:
        lines = ["Nothing has moved yet. Bring money with: wallet top-up 500"]
    if page.next is not None:
        lines.append(f"There is more: wallet history --cursor {page.next}")
    write_lines(lines)


def show_record(context: typer.Context, text: str, *, json: bool) -> None:
    """Show one payment, or another movement."""
    with session_of(context) as session:
        record = Wallet(session).find(text)
    if json:
        write_json(plain(record))
    elif isinstance(record, Payment):
        write_lines(payment_lines(record))
    else:
        write_lines(
            [
                style(record.kind.replace("_", " ").capitalize(), "bold"),
                *table(
                    [
                        ("Amount", amount_text(record.amount)),
                        ("From" if record.direction == "in" else "To", record.party),
                        ("When", local_time(record.created_at)),
                        ("Id", short_code(record.id)),
                    ]
                ),
            ]
        )


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
                        ("Profile", profile),
                        ("Wallet", card.wallet),
                        ("Device", card.device),
                        ("Balance", amount_text(card.balance)),
                        ("PIN", "set" if card.pin_set else "not set"),
                        ("Without PIN up to", amount_text(card.pin_free_limit)),
                    ]
                ),
            ]
        )
