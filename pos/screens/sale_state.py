"""What a cashier is told of a sale in a list: how it stands now, whoever waits for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos.screens.stages import Stage, stage_of
from terminal_kit.language import N_
from terminal_kit.screens.marks import BACK, WAITING
from wallet_api.contract.wire import ChargeState

if TYPE_CHECKING:
    from wallet_api.contract.wire import Charge

_OPEN = Stage("◌", N_("Waiting to be paid"), N_("Nobody has paid it yet."), WAITING)
_PART = Stage("↩", N_("Partly refunded"), N_("The customer has part of the money back."), BACK)
_OWN = {ChargeState.CREATED: _OPEN, ChargeState.PARTIALLY_REFUNDED: _PART}


def sale_stage(charge: Charge) -> Stage:
    """Give the stage of a charge that nobody looks at any more."""
    return _OWN.get(charge.state) or stage_of(charge)
