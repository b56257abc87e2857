"""Opening a till, and looking at it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from payment_codes.amount import amount_text
from pos.till import Till
from terminal_kit.console import plain, style, table, write_json, write_lines
from terminal_kit.program import session_of
from wallet_api.contract.ids import short_code
from wallet_api.contract.wire import MerchantCard, OpenMerchant

if TYPE_CHECKING:
    import typer

    from terminal_kit.session import Chosen
    from wallet_api.contract.wire import DeviceKeys


def open_till(
    chosen: Chosen,
    name: str,
    category: str,
    city: str,
    store_name: str,
    store: str,
    currency: str,
    *,
    json: bool,
) -> None:
    """Open a merchant with its first till and show it."""
    from terminal_kit.enrol import open_profile, store_kind

    def request(device: DeviceKeys) -> OpenMerchant:
        return OpenMerchant(
            name=name,
            city=city,
            category=category,
            currency=currency,
            store=store_name,
            till=device,
        )

    card = open_profile(chosen, store_kind(store), currency, request, "/v1/merchants", MerchantCard)
    if json:
        write_json({**plain(card), "profile": chosen.profile})
        return
    write_lines(
        [
            style(f"✓ {card.name} is open.", "bold", "green"),
            *table([("Store", f"{card.store}, {card.city}"), ("Till", short_code(card.till))]),
            "Take a payment with: pos charge 12.50",
        ]
    )


def show_self(context: typer.Context, *, json: bool) -> None:
    """Show which till this is."""
    with session_of(context) as session:
        card = Till(session).card()
    profile = session.chosen.profile
    if json:
        write_json({**plain(card), "profile": profile})
        return
    write_lines(
        [
            style(card.name, "bold"),
            *table(
                [
                    ("Profile", profile),
                    ("Merchant", card.merchant),
                    ("Store", f"{card.store}, {card.city}"),
                    ("Till", card.till),
                    ("Balance", amount_text(card.balance)),
                ]
            ),
        ]
    )
