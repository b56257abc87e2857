"""Opening a till on this machine: a new shop's first, or one more till of a shop that exists."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from terminal_kit.enrol import open_profile
from terminal_kit.language import N_, _
from wallet_api.contract.administration import OpenTill
from wallet_api.contract.errors import Usage
from wallet_api.contract.rules import DEFAULT_CURRENCY
from wallet_api.contract.wire import MerchantCard, OpenMerchant

if TYPE_CHECKING:
    from collections.abc import Mapping

    from terminal_kit.credentials.choose import StoreKind
    from terminal_kit.credentials.passphrase import Ask
    from terminal_kit.session import Chosen
    from wallet_api.contract.wire import DeviceKeys

DEFAULT_CITY = "Shanghai"
DEFAULT_CATEGORY = "5812"
#: What most shops are, by their codes of ISO 18245.
CATEGORIES: Mapping[str, str] = {
    "5812": N_("Restaurant, café"),
    "5814": N_("Fast food, takeaway"),
    "5462": N_("Bakery"),
    "5411": N_("Groceries"),
    "5651": N_("Clothes"),
    "5942": N_("Books"),
    "5912": N_("Pharmacy"),
    "5992": N_("Flowers"),
    "7230": N_("Hairdresser, beauty"),
    "4121": N_("Taxi"),
    "5999": N_("Another shop"),
}


@dataclass(frozen=True, slots=True)
class Shop:
    """What a shop is: ``category`` is a code of ISO 18245, ``store`` the name of the place."""

    name: str
    city: str = DEFAULT_CITY
    category: str = DEFAULT_CATEGORY
    currency: str = DEFAULT_CURRENCY
    store: str | None = None


def open_shop(
    chosen: Chosen, kind: StoreKind, shop: Shop, invite: str | None, ask: Ask | None = None
) -> MerchantCard:
    """Open a shop with this as its first till.

    Raises what `terminal_kit.enrol.open_profile` raises.
    """

    def request(device: DeviceKeys) -> OpenMerchant:
        return OpenMerchant(
            name=shop.name,
            city=shop.city,
            category=shop.category,
            currency=shop.currency,
            store=shop.store or _("Main store"),
            till=device,
            invite=invite,
        )

    return open_profile(chosen, kind, request, "/v1/merchants", MerchantCard, ask)


def join_shop(
    chosen: Chosen, kind: StoreKind, invite: str | None, ask: Ask | None = None
) -> MerchantCard:
    """Open another till of the shop that an invitation is for.

    Raises Usage without one, and what `terminal_kit.enrol.open_profile` raises.
    """
    if not invite:
        raise Usage(reason=_("Give the merchant's name, or an invitation for a till."))
    code = invite

    def request(device: DeviceKeys) -> OpenTill:
        return OpenTill(till=device, invite=code)

    return open_profile(chosen, kind, request, "/v1/tills", MerchantCard, ask)


def require_category(text: str) -> str:
    """Read a merchant category code. Raises Usage."""
    code = text.strip()
    if not (len(code) == 4 and code.isascii() and code.isdigit()):
        raise Usage(reason=_("A category is four digits of ISO 18245, such as 5812."))
    return code
