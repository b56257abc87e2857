"""What exists under ``--lab`` only: telling the simulated bank to fail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from payment_codes.amount import LARGEST_MINOR
from wallet_api.contract.banking import LabBank, LabBankState
from wallet_api.contract.errors import BadRequest
from wallet_api.contract.rules import LONGEST_LAB_STEP
from wallet_api.service.bank_desk import listen
from wallet_api.service.edge import answer, decode, read_message
from wallet_api.service.simulated_bank import SimulatedBank

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from wallet_api.service.state import Service

MOST_CALLS = 1_000


async def tell_bank(service: Service, request: Request) -> Response:
    """Plan what the bank does with its next calls, or have it act at once. Raises BadRequest."""
    message = await read_message(service, request)
    wanted = decode(message.body, LabBank)
    _check(wanted)
    bank = service.bank
    assert isinstance(bank, SimulatedBank), "this route exists with a lab's bank only"
    reference = None
    if wanted.fault == "stray":
        assert wanted.amount is not None, "checked before"
        reference = bank.stray(wanted.amount)
    elif wanted.fault == "answer":
        bank.answer_all()
    else:
        bank.plan(wanted.kind, wanted.fault, wanted.calls, wanted.seconds)
    await listen(service)
    state = LabBankState(
        simulated=f"bank:{wanted.fault}", calls=bank.planned(wanted.kind), reference=reference
    )
    return answer(service, state)


def _check(wanted: LabBank) -> None:
    if not 1 <= wanted.calls <= MOST_CALLS:
        raise BadRequest(reason=f"calls is 1 to {MOST_CALLS}")
    if not 0 <= wanted.seconds <= LONGEST_LAB_STEP:
        raise BadRequest(reason=f"seconds is 0 to {LONGEST_LAB_STEP}")
    if wanted.fault == "take_back" and wanted.kind != "debit":
        raise BadRequest(reason="the bank takes back debits only")
    amount = wanted.amount
    if (amount is not None) != (wanted.fault == "stray"):
        raise BadRequest(reason="an amount belongs to a stray, and to nothing else")
    if amount is not None and not 0 < amount.minor <= LARGEST_MINOR:
        raise BadRequest(reason="the amount is not positive or has more than 12 digits")
