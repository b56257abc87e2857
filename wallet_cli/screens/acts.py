"""What moves money to people and to one's own bank, as `Check` shows and does it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from terminal_kit.language import _
from terminal_kit.screens.money import shown
from wallet_api.contract.banking import Withdrawal
from wallet_api.contract.ids import short_code
from wallet_api.contract.people import Gift, Transfer
from wallet_cli.bank import WITHDRAWALS, Bank
from wallet_cli.gifts import GIFTS, Gifts
from wallet_cli.people import TRANSFERS, People
from wallet_cli.requests import Requests
from wallet_cli.screens.check import Terms
from wallet_cli.screens.outcomes import bank_outcome, gift_outcome, transfer_outcome
from wallet_cli.screens.record_act import RecordAct

if TYPE_CHECKING:
    from payment_codes.amount import Amount
    from terminal_kit.screens.outcome import Outcome
    from terminal_kit.session import Session
    from wallet_api.contract.banking import WithdrawalOffer
    from wallet_api.contract.people import GiftRequest, MoneyRequest, Payee

#: How long a person waits for the bank before it is said that it has not answered yet.
BANK_SECONDS = 2.0


class TransferAct(RecordAct[Transfer]):
    """Money to a person."""

    PLACE, ANSWER = TRANSFERS, Transfer

    def approve(self, session: Session, made: Transfer, pin: str) -> Transfer:
        """Confirm the transfer."""
        return People(session).confirm(made, pin)

    def told(self, session: Session, made: Transfer) -> Outcome:
        """Say how it stands."""
        return transfer_outcome(made, session.profile.owner)


class Sending(TransferAct):
    """Sends money to a person."""

    def __init__(self, payee: Payee, amount: Amount, note: str | None) -> None:
        self.verb = _("Send")
        place = _("wallet {id}").format(id=short_code(payee.wallet))
        self.terms = Terms(payee.name, amount, place, note or "")
        self._payee, self._note = payee, note

    def make(self, session: Session) -> Transfer:
        """Send."""
        return People(session).send(self._payee, self.terms.amount, self._note)


class PayingRequest(TransferAct):
    """Pays what somebody asks for."""

    def __init__(self, request: MoneyRequest) -> None:
        self.verb = _("Pay")
        place = _("wallet {id}").format(id=short_code(request.requester_id))
        self.terms = Terms(request.requester, request.amount, place, request.note or "")
        self._request = request

    def make(self, session: Session) -> Transfer:
        """Pay the request."""
        return Requests(session).pay(self._request)


class ConfirmingTransfer(TransferAct):
    """Confirms a transfer that waits for the PIN."""

    def __init__(self, transfer: Transfer) -> None:
        self.verb = _("Confirm")
        place = _("wallet {id}").format(id=short_code(transfer.receiver_id))
        self.terms = Terms(
            transfer.receiver,
            transfer.amount,
            place,
            transfer.note or "",
            expires_at=transfer.expires_at,
        )
        self._transfer = transfer

    def make(self, session: Session) -> Transfer:
        """Give it as it waits."""
        del session
        return self._transfer


class GiftAct(RecordAct[Gift]):
    """Money given away."""

    PLACE, ANSWER = GIFTS, Gift

    def approve(self, session: Session, made: Gift, pin: str) -> Gift:
        """Confirm the gift."""
        return Gifts(session).confirm(made, pin)

    def told(self, session: Session, made: Gift) -> Outcome:
        """Say how it stands."""
        del session
        return gift_outcome(made)


class Giving(GiftAct):
    """Gives money away, to one person or by a code; ``name`` is the person's."""

    def __init__(self, request: GiftRequest, name: str) -> None:
        self.verb = _("Give")
        to = name or _("Whoever has the code")
        facts = [] if name else [(_("Shares"), shares_text(request.count, random=request.random))]
        self.terms = Terms(to, request.amount, _("a gift"), request.note or "", facts)
        self._request = request

    def make(self, session: Session) -> Gift:
        """Give."""
        return Gifts(session).give(self._request)


class ConfirmingGift(GiftAct):
    """Confirms a gift that waits for the PIN."""

    def __init__(self, gift: Gift) -> None:
        self.verb = _("Confirm")
        to = gift.receiver or _("Whoever has the code")
        facts = [(_("Shares"), shares_text(gift.count, random=gift.random))]
        self.terms = Terms(
            to,
            gift.amount,
            _("a gift"),
            gift.note or "",
            [] if gift.receiver else facts,
            expires_at=gift.expires_at,
        )
        self._gift = gift

    def make(self, session: Session) -> Gift:
        """Give it as it waits."""
        del session
        return self._gift


class WithdrawalAct(RecordAct[Withdrawal]):
    """Money to one's own bank."""

    PLACE, ANSWER = WITHDRAWALS, Withdrawal

    def approve(self, session: Session, made: Withdrawal, pin: str) -> Withdrawal:
        """Confirm the withdrawal."""
        return Bank(session).confirm(made, pin)

    def told(self, session: Session, made: Withdrawal) -> Outcome:
        """Say how it stands once the bank had a moment to answer."""
        return bank_outcome(Bank(session).wait(made, BANK_SECONDS))


class Withdrawing(WithdrawalAct):
    """Sends money to one's own bank at the fee that was offered."""

    def __init__(self, offer: WithdrawalOffer) -> None:
        self.verb = _("Withdraw")
        self.terms = Terms(
            _("My bank account"),
            offer.amount,
            facts=_costs(offer.fee, offer.total),
            cost=offer.total,
        )
        self._offer = offer

    def make(self, session: Session) -> Withdrawal:
        """Withdraw."""
        return Bank(session).withdraw(self._offer)


class ConfirmingWithdrawal(WithdrawalAct):
    """Confirms a withdrawal that waits for the PIN."""

    def __init__(self, withdrawal: Withdrawal) -> None:
        self.verb = _("Confirm")
        self.terms = Terms(
            _("My bank account"),
            withdrawal.amount,
            facts=_costs(withdrawal.fee, withdrawal.total),
            cost=withdrawal.total,
            expires_at=withdrawal.expires_at,
        )
        self._withdrawal = withdrawal

    def make(self, session: Session) -> Withdrawal:
        """Give it as it waits."""
        del session
        return self._withdrawal


def shares_text(count: int, *, random: bool) -> str:
    """Say in how many shares a gift is taken."""
    if count == 1:
        return _("one person takes it all")
    text = _("{count}, of random size") if random else _("{count}, all alike")
    return text.format(count=count)


def _costs(fee: Amount, total: Amount) -> list[tuple[str, str]]:
    return [(_("Fee"), shown(fee)), (_("Leaves the wallet"), shown(total))]
