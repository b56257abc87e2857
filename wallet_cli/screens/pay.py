"""Pay: find the code, wherever it is, and go on with what it stands for."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from payment_codes import native
from terminal_kit.decoding import Decoded
from terminal_kit.language import N_, _
from terminal_kit.screens.dialogs.amount import AmountDialog
from terminal_kit.screens.outcome import OutcomeScreen
from wallet_api.contract.ids import is_id
from wallet_cli.foreign import read_any, why_not_payable
from wallet_cli.gifts import Gifts
from wallet_cli.screens.check import Check
from wallet_cli.screens.finding import Finding
from wallet_cli.screens.outcomes import claim_outcome
from wallet_cli.screens.paying import PayCharge, PayStatic
from wallet_cli.wallet import Wallet

if TYPE_CHECKING:
    from payment_codes.native import NativeCode


class Pay(Finding):
    """Goes on with a code of ours, and shows what another one says."""

    TITLE = N_("Pay")
    ABOUT = N_("A merchant's, a person's or a gift's. The name of a picture does too.")

    async def follow(self, text: str) -> None:
        """Go where a code leads. Raises WalletError."""
        if is_id(text):
            self._send_to(text)
            return
        code = await self.desk.look(partial(read_any, text, self.now()))
        if isinstance(code, Decoded):
            self._show(code)
        elif code.kind is native.Kind.PERSON:
            self._send_to(text)
        elif code.kind is native.Kind.GIFT:
            await self._claim(text)
        elif code.dynamic:
            await self._pay_charge(text)
        else:
            await self._pay_static(code)

    def _show(self, decoded: Decoded) -> None:
        """Say what a code of another scheme is, and why it cannot be paid."""
        from wallet_cli.screens.code_card import CodeCardScreen

        self.app.push_screen(CodeCardScreen(decoded, why_not_payable(decoded)))

    def _send_to(self, text: str) -> None:
        """Have a person's code, or a wallet's id, filled in where money is sent."""
        from wallet_cli.screens.send import Send

        self.say("")
        self.app.push_screen(Send(text))

    async def _claim(self, text: str) -> None:
        gifts = Gifts(self.desk.session)
        claim = await self.looked(self.ask(partial(gifts.claim, text)))
        await self.app.push_screen_wait(OutcomeScreen(claim_outcome(claim)))
        self.dismiss()

    async def _pay_charge(self, text: str) -> None:
        wallet = Wallet(self.desk.session)
        offer = await self.looked(self.desk.ask(partial(wallet.resolve, text)))
        await self.desk.look(partial(wallet.require_payable, offer))
        await self._check(Check(PayCharge(offer)))

    async def _pay_static(self, code: NativeCode) -> None:
        wallet = Wallet(self.desk.session)
        offer = await self.looked(self.desk.ask(partial(wallet.static_offer, code.token)))
        why = _("How much to {merchant}?").format(merchant=offer.merchant)
        dialog = AmountDialog(why, offer.city, offer.currency)
        amount = await self.app.push_screen_wait(dialog)
        if amount is not None:
            await self._check(Check(PayStatic(code.token, offer, amount)))

    async def _check(self, check: Check[Any]) -> None:
        if await self.app.push_screen_wait(check):
            self.dismiss()
