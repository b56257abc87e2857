"""Around a command: what it tells its customer or merchant, and what the audit log keeps of it.

Both are rows of the command's own transaction. A replay tells and logs nothing again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from wallet_api.contract.error_base import WalletError
from wallet_api.events.publish import publish
from wallet_api.identity.audit import DONE, Act, record
from wallet_api.identity.devices import require_active
from wallet_api.identity.records import DEVICES

if TYPE_CHECKING:
    from wallet_api.contract.wire import Body
    from wallet_api.service.authentication import Call
    from wallet_api.service.routes.table import Command, Write
    from wallet_api.store.answers import Answered
    from wallet_api.store.clock import Now
    from wallet_api.store.database import Transaction

#: What is told of an answer: whom, the kind of event, and its data.
News = tuple[str, str, Mapping[str, str | int | None]]


def told(command: Command, news: Callable[[Any], News]) -> Command:
    """Give a command that publishes an event of what it did."""

    def run(transaction: Transaction, now: Now) -> Answered[Any]:
        answered = command(transaction, now)
        if not answered.replayed:
            subject, kind, data = news(answered.value)
            publish(transaction, subject, kind, data, now)
        return answered

    return run


def from_device(command: Command, device_id: str) -> Command:
    """Give a command that is refused if its device was shut out since its signature was checked.

    Raises DeviceUnknown.
    """

    def run(transaction: Transaction, now: Now) -> Answered[Any]:
        require_active(DEVICES.get(transaction, device_id), now)
        return command(transaction, now)

    return run


def audited(command: Command, route: Write, call: Call, body: Body) -> Command:
    """Give a command whose outcome, done or refused, is an entry of the audit log."""
    key, evidence = call.key(body), call.evidence(call.message.body)
    act = Act(
        id=key.id,
        name=route.path.rpartition("/")[2],
        subject=call.path.get("id", ""),
        device=call.device.id,
        signed=evidence.signed,
        signature=evidence.signature,
    )

    def run(transaction: Transaction, now: Now) -> Answered[Any]:
        try:
            answered = command(transaction, now)
        except WalletError as refusal:
            if not refusal.replayed:
                record(transaction, act, refusal.code, now)
            raise
        if not answered.replayed:
            record(transaction, act, DONE, now)
        return answered

    return run
