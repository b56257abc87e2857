"""Opening a till, and looking at it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from payment_codes.amount import amount_text
from pos.till import Till
from terminal_kit.console import plain, style, table, write_json, write_lines
from terminal_kit.language import _
from terminal_kit.program import session_of
from terminal_kit.words import words
from wallet_api.contract.ids import short_code

if TYPE_CHECKING:
    import typer

    from terminal_kit.session import Chosen
    from wallet_api.contract.wire import MerchantCard


def open_till(
    chosen: Chosen,
    name: str,
    category: str,
    city: str,
    store_name: str | None,
    store: str,
    currency: str,
    invite: str | None,
    *,
    json: bool,
) -> None:
    """Open a merchant with its first till and show it."""
    from pos.opening import Shop, open_shop
    from terminal_kit.enrol import read_invite, store_kind

    shop = Shop(name=name, city=city, category=category, currency=currency, store=store_name)
    card = open_shop(chosen, store_kind(store), shop, read_invite(invite))
    _show_opened(chosen, card, json=json)


def join_merchant(chosen: Chosen, store: str, invite: str | None, *, json: bool) -> None:
    """Open another till of the merchant that an invitation is for, and show it. Raises Usage."""
    from pos.opening import join_shop
    from terminal_kit.enrol import read_invite, store_kind

    card = join_shop(chosen, store_kind(store), read_invite(invite))
    _show_opened(chosen, card, json=json)


def _show_opened(chosen: Chosen, card: MerchantCard, *, json: bool) -> None:
    if json:
        write_json({**plain(card), "profile": chosen.profile})
        return
    write_lines(
        [
            style(_("✓ {name} is open.").format(name=card.name), "bold", "green"),
            *table([(_("Store"), _place(card)), (_("Till"), short_code(card.till))]),
            _("Take a payment with: pos charge 12.50"),
        ]
    )


def _place(card: MerchantCard) -> str:
    return _("{store}, {city}").format(store=card.store, city=card.city)


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
                    (_("Profile"), profile),
                    (_("Merchant"), card.merchant),
                    (_("Store"), _place(card)),
                    (_("Till"), card.till),
                    (_("Balance"), amount_text(card.balance)),
                    (_("Frozen by"), words(card.frozen_by)),
                ]
            ),
        ]
    )
