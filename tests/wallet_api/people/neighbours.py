"""A town whose people send each other money: a command with a fresh key for each use case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from payment_codes.amount import Amount
from payment_codes.native import new_token
from tests.wallet_api.checkout.town import PIN, Shop, Town, Wallet
from wallet_api.checkout.static_codes import PayStaticCode, TakeStaticCode
from wallet_api.checkout.terms import Evidence
from wallet_api.contract.ids import new_id
from wallet_api.contract.instants import instant_text
from wallet_api.contract.people import (
    Gift,
    GiftRequest,
    MoneyRequest,
    MoneyRequestRequest,
    PayRequest,
    ReceiveRequest,
    SendRequest,
    SplitRequest,
    SplitShares,
    Transfer,
)
from wallet_api.contract.signatures import approval_text, encode_bytes
from wallet_api.contract.static_codes import StaticPaymentRequest
from wallet_api.ledger.accounts import held_account
from wallet_api.people.claims import TakeShare
from wallet_api.people.codes import Receive
from wallet_api.people.due import due, next_due
from wallet_api.people.gifts import CancelGift, Give, give, view_gift
from wallet_api.people.outgoing import Confirm
from wallet_api.people.queries import requests
from wallet_api.people.requests import (
    EndRequest,
    PayForRequest,
    RequestMoney,
    request_money,
    view_request,
)
from wallet_api.people.splits import SplitBill, view_split
from wallet_api.people.transfers import (
    CancelTransfer,
    DeliverTransfer,
    Send,
    send,
    view_transfer,
)
from wallet_api.risk.rules import adopt_rules

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wallet_api.risk.rules import Rule


class Neighbours(Town):
    """Books with people who know each other; amounts are minor units."""

    def money(self, wallet: Wallet, minor: int) -> Amount:
        return Amount(minor, wallet.currency)

    def proof(self, wallet: Wallet) -> Evidence:
        return Evidence(wallet.device.id, b"a wallet's request", b"its signature")

    def token(self) -> str:
        return new_token(next(self._tokens).to_bytes(10))

    def send(self, wallet: Wallet, to: Wallet | str, minor: int, note: str | None = None) -> Send:
        receiver = to if isinstance(to, str) else to.id
        request = SendRequest(to=receiver, amount=self.money(wallet, minor), note=note)
        key = self.key(wallet.id, request)
        return Send(key, wallet.id, wallet.device, request, self.proof(wallet))

    def sent(self, wallet: Wallet, to: Wallet, minor: int) -> Transfer:
        return self.run(send, self.send(wallet, to, minor)).value

    def confirming(
        self, wallet: Wallet, waiting: Transfer | Gift, pin: str = PIN, payee: str | None = None
    ) -> Confirm:
        expected = waiting.receiver_id or waiting.id
        text = approval_text(
            waiting.id,
            payee or expected,
            waiting.amount.minor,
            waiting.amount.currency,
            waiting.expires_at,
            encode_bytes(self.keys.signing_public),
        )
        approval = wallet.signing.sign(text)
        key = self.key(wallet.id, waiting.id, approval)
        return Confirm(key, wallet.id, wallet.device, waiting.id, pin, approval, self.keys)

    def cancel(self, wallet: Wallet, transfer: str) -> CancelTransfer:
        return CancelTransfer(self.key(wallet.id, "cancel", transfer), wallet.id, transfer)

    def deliver(self, transfer: str) -> DeliverTransfer:
        return DeliverTransfer(self.key("admin", "deliver", transfer), transfer)

    def receive(self, wallet: Wallet, minor: int | None = None, note: str | None = None) -> Receive:
        amount = None if minor is None else self.money(wallet, minor)
        request = ReceiveRequest(amount=amount, note=note)
        return Receive(self.key(wallet.id, request), wallet.id, request, self.token())

    def ask(self, wallet: Wallet, payer: Wallet | str, minor: int) -> RequestMoney:
        other = payer if isinstance(payer, str) else payer.id
        request = MoneyRequestRequest(payer=other, amount=self.money(wallet, minor), note="dinner")
        return RequestMoney(self.key(wallet.id, request), wallet.id, request)

    def asked(self, wallet: Wallet, payer: Wallet, minor: int) -> MoneyRequest:
        return self.run(request_money, self.ask(wallet, payer, minor)).value

    def pay_request(
        self, wallet: Wallet, asked: MoneyRequest, minor: int | None = None
    ) -> PayForRequest:
        amount = asked.amount if minor is None else self.money(wallet, minor)
        terms = PayRequest(payee=asked.requester_id, amount=amount)
        key = self.key(wallet.id, asked.id, terms)
        return PayForRequest(key, wallet.id, wallet.device, asked.id, terms, self.proof(wallet))

    def end_request(self, wallet: Wallet, request: str) -> EndRequest:
        return EndRequest(self.key(wallet.id, "end", request), wallet.id, request)

    def split(
        self,
        wallet: Wallet,
        minor: int,
        people: Sequence[Wallet],
        shares: list[int] | None = None,
    ) -> SplitBill:
        request = SplitRequest(
            amount=self.money(wallet, minor),
            people=[person.id for person in people],
            shares=shares,
            note="dinner",
        )
        ids = sorted(new_id(self.clock.wall) for _ in people)
        return SplitBill(self.key(wallet.id, request), wallet.id, request, ids)

    def give(
        self,
        wallet: Wallet,
        minor: int,
        count: int = 1,
        *,
        random: bool = False,
        receiver: Wallet | None = None,
        expires_in: int | None = None,
    ) -> Give:
        request = GiftRequest(
            amount=self.money(wallet, minor),
            count=count,
            random=random,
            receiver=None if receiver is None else receiver.id,
            note="good luck",
            expires_in=expires_in,
        )
        token = self.token()
        key = self.key(wallet.id, request)
        proof = self.proof(wallet)
        return Give(key, wallet.id, wallet.device, request, proof, token, token.encode())

    def given(self, wallet: Wallet, minor: int, count: int = 1) -> tuple[Gift, str]:
        """Make a gift; give it with the token of its code."""
        command = self.give(wallet, minor, count)
        return self.run(give, command).value, command.token

    def cancel_gift(self, wallet: Wallet, gift: str) -> CancelGift:
        return CancelGift(self.key(wallet.id, "cancel", gift), wallet.id, gift)

    def take(self, wallet: Wallet, gift: str) -> TakeShare:
        return TakeShare(self.key(wallet.id, "claim", gift), wallet.id, gift)

    def static_code(self, shop: Shop) -> TakeStaticCode:
        return TakeStaticCode(self.key(shop.id, "static"), shop.till, self.token())

    def pay_static(
        self, wallet: Wallet, code: str, shop: Shop, minor: int, currency: str = ""
    ) -> PayStaticCode:
        amount = Amount(minor, currency or shop.currency)
        request = StaticPaymentRequest(code=code, payee=shop.id, amount=amount, note="table 5")
        key = self.key(wallet.id, request)
        return PayStaticCode(key, wallet.id, request, self.proof(wallet))

    def transfer(self, wallet: Wallet, transfer: str) -> Transfer:
        return self.engine.read(lambda tx, now: view_transfer(tx, transfer, wallet.id, now))

    def request(self, wallet: Wallet, request: str) -> MoneyRequest:
        return self.engine.read(lambda tx, now: view_request(tx, request, wallet.id, now))

    def gift(self, wallet: Wallet, gift: str) -> Gift:
        return self.engine.read(lambda tx, now: view_gift(tx, gift, wallet.id, now))

    def held(self, subject: str, currency: str = "CNY") -> int:
        return self.owed(held_account(subject), currency)

    def adopt(self, *rules: Rule) -> None:
        """Put rules of risk in force."""
        self.engine.submit(lambda tx, _now: adopt_rules(tx, rules)).result(timeout=30)

    def show_split(self, wallet: Wallet, split: str) -> SplitShares:
        return self.engine.read(lambda tx, now: view_split(tx, split, wallet.id, now))

    def requests_of(self, wallet: Wallet) -> list[MoneyRequest]:
        return self.engine.read(lambda tx, now: requests(tx, wallet.id, None, 9, now)).items

    def run_due(self) -> int:
        """Do what is due as the agenda does, and give how much it was."""
        acts = self.engine.read(due)
        for act in acts:
            self.engine.submit(act).result(timeout=30)
        return len(acts)

    def due_at(self) -> str | None:
        """Give when the next work is due."""
        moment = self.engine.read(next_due)
        return None if moment is None else instant_text(moment)

    def told(self, wallet: Wallet | Shop) -> list[str]:
        """Give the kinds of events of money that somebody was told, oldest first, top-ups not."""
        rows = self.rows(
            "SELECT kind FROM events WHERE subject = ? AND kind NOT LIKE 'top_up.%'"
            " AND kind NOT LIKE 'tier.%' ORDER BY number",
            wallet.id,
        )
        return [row[0] for row in rows]
