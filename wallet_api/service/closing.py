"""The end of a business day: merchants are settled, fees swept, shortfalls funded."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from wallet_api.banking import days, firm, settlements
from wallet_api.contract.ids import new_id
from wallet_api.service.agenda import Job
from wallet_api.service.routes.table import bind

if TYPE_CHECKING:
    from wallet_api.service.state import Service

log = logging.getLogger(__name__)

SETTLED_AT_ONCE = 100


async def close_days(service: Service) -> None:
    """Settle and sweep up to the beginning of this day (T+1), then note that it is done.

    Each merchant is a command of its own. One that was settled before a crash has nothing left up
    to the cut-off, so doing it again changes nothing.
    """
    day = await service.read(days.yesterday)
    cut_off = await service.read(days.today_began)
    await _settle_merchants(service, cut_off)
    await _clear(service)
    await service.write(bind(days.close_days, days.CloseDays(day)))


async def _settle_merchants(service: Service, cut_off: int) -> None:
    cursor = ""
    while merchants := await service.read(
        lambda tx, _now: settlements.merchants_owed(tx, cursor, SETTLED_AT_ONCE)  # noqa: B023 - run at once
    ):
        for merchant in merchants:
            wanted = settlements.Settle(new_id(), merchant, cut_off)
            await service.write(bind(settlements.settle, wanted))
        cursor = merchants[-1]


async def _clear(service: Service) -> None:
    short = await service.read(firm.shortfalls)
    if short:
        log.error("ALARM: %d shortfalls in the customers' money; the firm pays in", short)
    for account, currency in await service.read(firm.to_clear):
        await service.write(bind(firm.clear, firm.Clear(new_id(), account, currency)))


CLOSING = Job("closing the day", days.next_close, close_days)
