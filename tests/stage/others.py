"""What the other side does meanwhile, by the programs' own behaviour in this process."""

from __future__ import annotations

from typing import TYPE_CHECKING

from payment_codes.amount import Amount
from pos.till import Till
from terminal_kit.enrol import open_profile
from terminal_kit.session import Chosen, Session
from tests.end_to_end.programs import PIN, TILL, WALLET
from wallet_api.contract.wire import ChargeRequest, OpenWallet, WalletCard
from wallet_cli.wallet import Wallet

if TYPE_CHECKING:
    from wallet_api.contract.wire import Charge, DeviceKeys

FRIEND = Chosen("wallet", "friend")
FRIEND_NAME = "Bob 李四"


def cny(minor: int) -> Amount:
    """Give an amount."""
    return Amount(minor, "CNY")


def charge(
    minor: int, *, code: str | None = None, note: str | None = None, tip: int | None = None
) -> Charge:
    """Have the till ask for money: by a code to scan, or by the payer's own."""
    part = None if tip is None else cny(tip)
    request = ChargeRequest(amount=cny(minor), code=code, note=note, tip=part)
    with Session(TILL) as session:
        made = Till(session).charge(request)
        session.state.forget_answered()
        return made


def payload(minor: int, *, note: str | None = None, tip: int | None = None) -> str:
    """Have the till ask for money, and give the text of its code."""
    text = charge(minor, note=note, tip=tip).payload
    assert text is not None
    return text


def own_code() -> str:
    """Make the wallet's next payer code, as another of its screens would."""
    with Session(WALLET) as session:
        return Wallet(session).payer_code().code


def open_friend() -> str:
    """Open a second wallet in the same town, and give its id."""

    def request(device: DeviceKeys) -> OpenWallet:
        return OpenWallet(name=FRIEND_NAME, currency="CNY", device=device, pin=PIN)

    return open_profile(FRIEND, "file", request, "/v1/customers", WalletCard).wallet


def owner() -> str:
    """Give the wallet's own id."""
    with Session(WALLET) as session:
        return session.profile.owner
