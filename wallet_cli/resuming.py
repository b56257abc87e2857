"""A wallet that goes on after a crash: what became of what earlier commands sent."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from terminal_kit.resuming import Outcome, Place, ask_outcome, ask_until_dead
from wallet_api.contract.people import GiftState, RequestState, TransferState
from wallet_api.contract.wire import PaymentState
from wallet_cli.bank import PIN_REQUIRED, TOP_UPS, WITHDRAWALS
from wallet_cli.gifts import CLAIMS, GIFTS
from wallet_cli.people import TRANSFERS
from wallet_cli.requests import REQUESTS, SPLITS
from wallet_cli.wallet import PAYMENTS, STATIC_PAYMENTS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from terminal_kit.asking import Doing
    from terminal_kit.device_state import SentRequest
    from terminal_kit.session import Standing

#: Where to ask for what a wallet's requests made.
PLACES = (
    Place(PAYMENTS, f"{PAYMENTS}/{{key}}"),
    Place(
        rf"{PAYMENTS}/([^/]+)/(?:confirm|decline)",
        f"{PAYMENTS}/{{0}}",
        before=frozenset({PaymentState.PIN_REQUIRED}),
    ),
    Place(TOP_UPS, f"{TOP_UPS}/{{key}}"),
    Place(WITHDRAWALS, f"{WITHDRAWALS}/{{key}}"),
    Place(
        rf"{WITHDRAWALS}/([^/]+)/confirm",
        f"{WITHDRAWALS}/{{0}}",
        before=frozenset({PIN_REQUIRED}),
    ),
    Place(STATIC_PAYMENTS, f"{PAYMENTS}/{{key}}"),
    Place(TRANSFERS, f"{TRANSFERS}/{{key}}"),
    Place(
        rf"{TRANSFERS}/([^/]+)/confirm",
        f"{TRANSFERS}/{{0}}",
        before=frozenset({TransferState.PIN_REQUIRED}),
    ),
    Place(
        rf"{TRANSFERS}/([^/]+)/cancel",
        f"{TRANSFERS}/{{0}}",
        before=frozenset({TransferState.PIN_REQUIRED, TransferState.HELD}),
    ),
    Place(REQUESTS, f"{REQUESTS}/{{key}}"),
    Place(rf"{REQUESTS}/[^/]+/pay", f"{TRANSFERS}/{{key}}"),
    Place(
        rf"{REQUESTS}/([^/]+)/(?:decline|cancel)",
        f"{REQUESTS}/{{0}}",
        before=frozenset({RequestState.OPEN}),
    ),
    Place(SPLITS, f"{SPLITS}/{{key}}"),
    Place(GIFTS, f"{GIFTS}/{{key}}"),
    Place(
        rf"{GIFTS}/([^/]+)/(?:confirm|cancel)",
        f"{GIFTS}/{{0}}",
        before=frozenset({GiftState.PIN_REQUIRED}),
    ),
    Place(CLAIMS, f"{CLAIMS}/{{key}}"),
)


class Resumption:
    """Finds out what became of what earlier commands of a wallet left behind."""

    def __init__(self, session: Standing, tell: Callable[[Doing], None]) -> None:
        self._session = session
        self._tell = tell

    def payments(
        self, besides: Callable[[SentRequest], bool] = lambda _sent: False
    ) -> list[Outcome]:
        """Ask once for each payment without an outcome, besides those the coming command asks for.

        Ends at the first question that brings nothing.
        """
        found: list[Outcome] = []
        for sent in self._session.state.unfinished():
            if sent.path == PAYMENTS and not besides(sent):
                found.append(ask_outcome(self._session, sent, PLACES))
                if not found[-1].known:
                    break
        return found

    def everything(self) -> Iterator[Outcome]:
        """Ask for everything until it is known; what nobody answers for stays unknown."""
        for sent in self._session.state.unfinished():
            yield ask_until_dead(self._session, sent, partial(self._ask, sent), self._tell)

    def _ask(self, sent: SentRequest) -> Outcome:
        return ask_outcome(self._session, sent, PLACES)
