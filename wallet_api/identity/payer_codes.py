"""Payer codes at the service: an index of the next presentations of each device.

The first use of a presentation, accepted or refused, burns it and all below it in the same
transaction; five wrong authenticators burn it too. Burnt rows of the last window stay, so that a
used code is told from an unknown one.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from wallet_api.contract.errors import CodeExpired, CodeUnknown, CodeUsed, RateLimited
from wallet_api.contract.payer_code import (
    CODE_VERSION,
    WINDOW,
    authentic,
    locator,
    shared_key,
    split_code,
)
from wallet_api.contract.wire import CodeSync, CodeWindow
from wallet_api.identity.records import DEVICES, LOCATORS, Device, Locator, Till
from wallet_api.store.answers import Answered, Key, once

if TYPE_CHECKING:
    from wallet_api.identity.keys import Keys
    from wallet_api.store.clock import Now
    from wallet_api.store.database import Transaction

assert CODE_VERSION == 1, "one version of code keys is known"

TRIES_PER_CODE = 5
TILL_FAILURES_MINUTE = 5
TILL_FAILURES_DAY = 50
MERCHANT_FAILURES_DAY = 200
MINUTE, DAY = 60, 86_400


def index(transaction: Transaction, keys: Keys, device: Device, counter: int) -> Device:
    """Recognise presentations from ``counter`` on, 16 of them, and burn all below."""
    assert device.code_key is not None, "only a wallet's device has payer codes"
    key = shared_key(keys.code, device.code_key, device.id)
    transaction.run(
        "UPDATE locators SET burnt = 1 WHERE device = ? AND counter < ?", device.id, counter
    )
    transaction.run(
        "DELETE FROM locators WHERE device = ? AND counter < ?", device.id, counter - WINDOW
    )
    row = transaction.one("SELECT MAX(counter) FROM locators WHERE device = ?", device.id)
    known = -1 if row is None or row[0] is None else int(row[0])
    for number in range(max(counter, known + 1), counter + WINDOW):
        LOCATORS.insert(transaction, Locator(locator(key, number), device.id, number, 0, 0))
    return DEVICES.change(transaction, device, code_counter=counter)


def resolve(transaction: Transaction, keys: Keys, till: Till, code: str, now: Now) -> Device:
    """Find the device that shows a code, and burn the code.

    ``code`` is 18 digits that start with the prefix. Raises CodeUnknown, CodeUsed, CodeExpired (a
    wrong authenticator, or two devices that both verify), RateLimited.
    """
    _limit_failures(transaction, till, now)
    place, given = split_code(code)
    rows = LOCATORS.where(transaction, "locator = ?", place)
    live = [row for row in rows if not row.burnt]
    matches = [row for row in live if _verifies(transaction, keys, row, given, now)]
    for row in matches:
        _burn(transaction, keys, row)
    if len(matches) == 1:
        device = DEVICES.get(transaction, matches[0].device)
        assert device is not None
        return device
    if rows and not live:
        raise CodeUsed
    _count_failure(transaction, till, now)
    if not matches:
        for row in live:
            _count_try(transaction, row)
    raise CodeExpired if live else CodeUnknown


def _verifies(transaction: Transaction, keys: Keys, row: Locator, given: int, now: Now) -> bool:
    device = DEVICES.get(transaction, row.device)
    if device is None or device.code_key is None or device.revoked_at is not None:
        return False
    key = shared_key(keys.code, device.code_key, device.id)
    return authentic(key, row.counter, given, now.business)


def _burn(transaction: Transaction, keys: Keys, row: Locator) -> None:
    device = DEVICES.get(transaction, row.device)
    assert device is not None
    index(transaction, keys, device, max(device.code_counter, row.counter + 1))


def _count_try(transaction: Transaction, row: Locator) -> None:
    """Count a wrong authenticator against a presentation; the fifth burns it."""
    failures = row.failures + 1
    transaction.run(
        "UPDATE locators SET failures = ?, burnt = ?"
        " WHERE locator = ? AND device = ? AND counter = ?",
        failures,
        int(failures >= TRIES_PER_CODE),
        row.locator,
        row.device,
        row.counter,
    )


def _periods(till: Till, now: Now) -> list[tuple[str, str, int, int]]:
    """Give subject, period, limit and seconds left of each count of wrong codes."""
    seconds = now.wall // 1_000
    moment = datetime.fromtimestamp(seconds, UTC)
    minute, minute_left = moment.strftime("%Y-%m-%dT%H:%M"), MINUTE - seconds % MINUTE
    day, day_left = moment.strftime("%Y-%m-%d"), DAY - seconds % DAY
    return [
        (till.merchant, day, MERCHANT_FAILURES_DAY, day_left),
        (till.id, day, TILL_FAILURES_DAY, day_left),
        (till.id, minute, TILL_FAILURES_MINUTE, minute_left),
    ]


def _limit_failures(transaction: Transaction, till: Till, now: Now) -> None:
    for subject, period, limit, left in _periods(till, now):
        row = transaction.one(
            "SELECT failures FROM code_failures WHERE subject = ? AND period = ?", subject, period
        )
        if row is not None and row[0] >= limit:
            raise RateLimited(retry_after=left)


def _count_failure(transaction: Transaction, till: Till, now: Now) -> None:
    for subject, period, *_ in _periods(till, now):
        transaction.run(
            "INSERT INTO code_failures (subject, period, failures) VALUES (?, ?, 1)"
            " ON CONFLICT (subject, period) DO UPDATE SET failures = code_failures.failures + 1",
            subject,
            period,
        )


def sync(
    transaction: Transaction,
    now: Now,
    *,
    key: Key,
    keys: Keys,
    device: Device,
    body: CodeSync,
) -> Answered[CodeWindow]:
    """Recognise a device's codes from its next presentation on; never goes back."""

    def act() -> CodeWindow:
        current = DEVICES.get(transaction, device.id)
        assert current is not None, "a signed request names a device that exists"
        index(transaction, keys, current, max(current.code_counter, body.counter))
        return window()

    def window() -> CodeWindow:
        current = DEVICES.get(transaction, device.id)
        assert current is not None, "a signed request names a device that exists"
        return CodeWindow(counter=current.code_counter, count=WINDOW)

    return once(transaction, now, key, CodeWindow, act, window)
