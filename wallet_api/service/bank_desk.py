"""The desk between the books and the bank: orders are asked, answers and notices written down."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from wallet_api.banking import outbox
from wallet_api.banking.notices import hear
from wallet_api.banking.orders import Answer, apply_answer
from wallet_api.banking.outbox import Silence
from wallet_api.banking.records import DEBIT
from wallet_api.contract.errors import Overloaded
from wallet_api.service.agenda import Job
from wallet_api.service.bank import BankSilentError, Instruction

if TYPE_CHECKING:
    from wallet_api.banking.notices import Notice
    from wallet_api.banking.records import OrderRow
    from wallet_api.service.state import Service
    from wallet_api.store.clock import Now
    from wallet_api.store.database import Transaction

log = logging.getLogger(__name__)

#: How long the bank may take to answer one call, in seconds of wall time.
LONGEST_CALL = 10.0
#: How often the bank is asked whether it has anything to say, in milliseconds of business time.
LISTENED_EVERY = 10_000


async def ask_at_once(service: Service, order: str) -> None:
    """Ask the bank for one order now; without an answer the agenda asks again."""
    row = await service.read(lambda tx, _now: outbox.waiting(tx, order))
    if row is None:
        return
    try:
        await _ask(service, row)
    except Overloaded:
        log.warning("the bank's answer had to wait; it is asked again")


async def ask_what_is_due(service: Service) -> None:
    """Ask the bank for every order that is due."""
    rows = await service.read(outbox.due)
    await asyncio.gather(*(_ask(service, row) for row in rows))


async def _ask(service: Service, order: OrderRow) -> None:
    """Ask, and write down the answer or the silence."""
    instruction = Instruction(order.id, order.purpose, order.amount, order.currency)
    call = service.bank.debit if order.kind == DEBIT else service.bank.credit
    try:
        async with asyncio.timeout(LONGEST_CALL):
            reply = await call(instruction)
    except (BankSilentError, TimeoutError) as silence:
        rule = silence.simulated if isinstance(silence, BankSilentError) else None
        log.warning("the bank is silent about a %s (%s)", order.purpose, rule or "no answer")
        silent = Silence(order.id, rule)
        await service.write(lambda tx, now: outbox.note_silence(tx, silent, now))
        return
    if reply.simulated is not None:
        log.info("the bank answered a %s by %s", order.purpose, reply.simulated)
    answer = Answer(order.id, reply.paid, reply.simulated)
    await service.write(lambda tx, now: apply_answer(tx, answer, now))


async def listen(service: Service) -> None:
    """Hear what the bank has to say unasked; each notice is acknowledged when it is written."""
    while notices := await service.bank.notices():
        for notice in notices:
            await _hear(service, notice)


async def _hear(service: Service, notice: Notice) -> None:
    log.info("the bank said %s (%s)", notice.kind, notice.simulated or "by itself")
    await service.write(lambda tx, now: hear(tx, notice, now))
    await service.bank.acknowledge(notice.id)


def bank_jobs() -> tuple[Job, ...]:
    """Give the jobs that wait for the bank, to be kept apart: a silent bank holds up no others."""
    return Job("asking the bank", outbox.next_due, ask_what_is_due), _listening()


def _listening() -> Job:
    """Make the job that listens to the bank: at the start, and again and again.

    When it listened last is not worth a row: the bank says everything until it is acknowledged.
    """
    last: int | None = None

    def next_due(_transaction: Transaction, now: Now) -> int:
        return now.business if last is None else min(last, now.business) + LISTENED_EVERY

    async def run(service: Service) -> None:
        nonlocal last
        last = service.engine.clock.now().business
        await listen(service)

    return Job("listening to the bank", next_due, run)
