"""Webhooks as rows: who is told what, when it is tried again, and when that ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.wallet_api.checkout.books import DAY, SECOND
from wallet_api.checkout.charges import create_charge
from wallet_api.contract.errors import BadRequest, NotFound, NotYours, TooManyWebhooks
from wallet_api.contract.ids import new_id
from wallet_api.contract.rules import EVENT_LIFE
from wallet_api.contract.webhooks import (
    MOST_WEBHOOKS,
    SCHEDULE,
    Delivery,
    Webhook,
    WebhookRequest,
    secret_bytes,
)
from wallet_api.events.deliveries import (
    Attempt,
    Outcome,
    Resend,
    due_webhooks,
    list_deliveries,
    record,
    resend,
    take_due,
    view_delivery,
)
from wallet_api.events.retention import prune
from wallet_api.events.webhooks import (
    AddWebhook,
    OnWebhook,
    add_webhook,
    list_webhooks,
    probe_webhook,
    remove_webhook,
)

if TYPE_CHECKING:
    from tests.wallet_api.checkout.town import Shop
    from tests.wallet_api.events.conftest import EventfulTown

URL = "https://shop.example/events"
MANY = 1_000


def add(town: EventfulTown, shop: Shop, *kinds: str) -> Webhook:
    request = WebhookRequest(url=URL, kinds=list(kinds or ("charge.*",)))
    return town.run(add_webhook, AddWebhook(town.key(shop.id, request), request, town.keys)).value


def sell(town: EventfulTown, shop: Shop) -> str:
    return town.run(create_charge, town.charge(shop, 100)).value.id


def due(town: EventfulTown) -> dict[str, int]:
    return dict(town.engine.read(due_webhooks))


def take(town: EventfulTown, webhook: Webhook, limit: int = MANY) -> list[Attempt]:
    return town.engine.submit(lambda tx, now: take_due(tx, webhook.id, limit, now)).result(30)


def tell(
    town: EventfulTown, attempt: Attempt, status: int | None, error: str | None = None
) -> None:
    outcome = Outcome(attempt.delivery, status, error)
    town.engine.submit(lambda tx, now: record(tx, [outcome], now)).result(30)


def look(town: EventfulTown, shop: Shop, delivery: str) -> Delivery:
    return town.engine.read(lambda tx, _now: view_delivery(tx, delivery, shop.id))


def listed(town: EventfulTown, shop: Shop) -> list[Webhook]:
    return town.engine.read(lambda tx, _now: list_webhooks(tx, shop.id)).items


def on(town: EventfulTown, shop: Shop, webhook: Webhook) -> OnWebhook:
    return OnWebhook(town.key(shop.id, webhook.id, new_id()), webhook.id)


def again(town: EventfulTown, shop: Shop, delivery: str) -> Delivery:
    return town.run(resend, Resend(town.key(shop.id, delivery, new_id()), delivery)).value


def run_out(town: EventfulTown, webhook: Webhook, status: int | None = 500) -> list[int]:
    """Fail every try of the one delivery that is due; give the seconds between them."""
    pauses, last = [], town.clock.business
    while webhook.id in due(town):
        town.clock.business = max(town.clock.business, due(town)[webhook.id])
        [attempt] = take(town, webhook)
        tell(town, attempt, status, None if status else "time_over")
        pauses.append((town.clock.business - last) // 1_000)
        last = town.clock.business
    return pauses


def test_a_delivery_is_written_with_its_event(town: EventfulTown) -> None:
    shop, other = town.shop(), town.shop()
    webhook = add(town, shop)
    elsewhere, paid = add(town, other), add(town, shop, "charge.succeeded", "till.*")
    charge = sell(town, shop)
    [attempt] = take(town, webhook)
    assert attempt.url == URL
    [(number, kind, data)] = town.events(shop)
    assert attempt.body.startswith(b'{"id":%d,"kind":"%s","at":' % (number, kind.encode()))
    assert data["charge"] == charge
    assert charge.encode() in attempt.body
    assert take(town, elsewhere) == []
    assert take(town, paid) == []


def test_the_secret_is_in_no_row_and_comes_again_with_a_replay(town: EventfulTown) -> None:
    shop = town.shop()
    request = WebhookRequest(url=URL, kinds=["*"])
    command = AddWebhook(town.key(shop.id, request), request, town.keys)
    made, replay = town.run(add_webhook, command), town.run(add_webhook, command)
    assert replay.replayed
    assert made.value == replay.value
    assert made.value.secret is not None
    assert len(secret_bytes(made.value.secret)) == 32
    assert add(town, shop).secret != made.value.secret
    assert all(webhook.secret is None for webhook in listed(town, shop))
    for table in ("answers", "webhooks", "events", "deliveries"):
        for row in town.rows(f"SELECT * FROM {table}"):
            assert made.value.secret.removeprefix("whsec_") not in repr(row)


def test_the_schedule_of_retries(town: EventfulTown) -> None:
    shop = town.shop()
    webhook = add(town, shop)
    sell(town, shop)
    assert run_out(town, webhook) == [0, 5, 300, 1_800, 7_200, 18_000, 36_000, 50_400]
    assert listed(town, shop)[0].state == "disabled"
    assert [kind for _, kind, _ in town.events(shop)] == ["charge.created", "webhook.disabled"]


def test_a_delivery_has_one_id_and_body_at_each_try(town: EventfulTown) -> None:
    shop = town.shop()
    webhook = add(town, shop)
    sell(town, shop)
    seen = set()
    for pause in SCHEDULE:
        town.clock.business += pause * SECOND
        [attempt] = take(town, webhook)
        seen.add(attempt)
        tell(town, attempt, 503)
    assert len(seen) == 1


def test_it_is_not_tried_before_its_time_nor_twice_at_once(town: EventfulTown) -> None:
    shop = town.shop()
    webhook = add(town, shop)
    sell(town, shop)
    [attempt] = take(town, webhook)
    assert take(town, webhook) == []
    tell(town, attempt, None, "not_connected")
    assert due(town)[webhook.id] == town.clock.business + 5 * SECOND
    town.advance(5 * SECOND - 1)
    assert take(town, webhook) == []
    town.advance(1)
    assert take(town, webhook) == [attempt]


def test_a_try_that_was_never_recorded_is_made_again(town: EventfulTown) -> None:
    """As after a crash between sending and writing down what came of it."""
    shop = town.shop()
    webhook = add(town, shop)
    sell(town, shop)
    for _ in range(3 * len(SCHEDULE)):
        town.clock.business = due(town)[webhook.id]
        [attempt] = take(town, webhook)
    tell(town, attempt, 200)
    assert look(town, shop, attempt.delivery).state == "succeeded"
    assert due(town) == {}


def test_a_late_outcome_changes_nothing(town: EventfulTown) -> None:
    shop = town.shop()
    webhook = add(town, shop)
    sell(town, shop)
    [attempt] = take(town, webhook)
    tell(town, attempt, 204)
    before = look(town, shop, attempt.delivery)
    tell(town, attempt, 500)
    assert look(town, shop, attempt.delivery) == before


@pytest.mark.parametrize("status", [200, 204, 299])
def test_delivered(town: EventfulTown, status: int) -> None:
    shop = town.shop()
    webhook = add(town, shop)
    sell(town, shop)
    [attempt] = take(town, webhook)
    tell(town, attempt, status)
    made = look(town, shop, attempt.delivery)
    assert (made.state, made.status, made.next_at) == ("succeeded", status, None)


@pytest.mark.parametrize("status", [100, 199, 301, 307, 400, 404, 500])
def test_not_delivered(town: EventfulTown, status: int) -> None:
    shop = town.shop()
    webhook = add(town, shop)
    sell(town, shop)
    [attempt] = take(town, webhook)
    tell(town, attempt, status)
    made = look(town, shop, attempt.delivery)
    assert (made.state, made.status, made.attempts) == ("pending", status, 1)


def test_gone_ends_it_at_once(town: EventfulTown) -> None:
    shop = town.shop()
    webhook = add(town, shop)
    sell(town, shop)
    [attempt] = take(town, webhook)
    tell(town, attempt, 410)
    assert look(town, shop, attempt.delivery).state == "failed"
    assert listed(town, shop)[0].state == "disabled"


def test_a_test_that_arrives_wakes_a_disabled_webhook_with_all_that_waits(
    town: EventfulTown,
) -> None:
    shop = town.shop()
    webhook = add(town, shop)
    sell(town, shop)
    sell(town, shop)
    first, second = take(town, webhook)
    tell(town, second, 500)
    tell(town, first, 410)
    town.advance(DAY)
    assert due(town) == {}
    sell(town, shop)  # Nothing more is written for it either.
    probe = town.run(probe_webhook, on(town, shop, webhook)).value
    [attempt] = take(town, webhook)
    assert (attempt.delivery, probe.kind) == (probe.id, "webhook.test")
    tell(town, attempt, 200)
    assert listed(town, shop)[0].state == "active"
    assert [attempt.delivery for attempt in take(town, webhook)] == [second.delivery]
    kinds = [kind for _, kind, _ in town.events(shop)]
    assert kinds[-3:] == ["charge.created", "webhook.test", "webhook.enabled"]


def test_a_test_goes_to_one_webhook_and_is_tried_once(town: EventfulTown) -> None:
    shop = town.shop()
    webhook, other = add(town, shop, "*"), add(town, shop, "*")
    probe = town.run(probe_webhook, on(town, shop, webhook)).value
    assert take(town, other) == []
    [attempt] = take(town, webhook)
    tell(town, attempt, 500)
    assert look(town, shop, probe.id).state == "failed"
    assert {one.state for one in listed(town, shop)} == {"active"}


def test_resending_uses_the_same_id_and_disables_nothing(town: EventfulTown) -> None:
    shop = town.shop()
    webhook = add(town, shop)
    sell(town, shop)
    [first] = take(town, webhook)
    tell(town, first, 200)
    for status, state in ((500, "failed"), (200, "succeeded")):
        assert again(town, shop, first.delivery).state == "pending"
        assert take(town, webhook) == [first]
        tell(town, first, status)
        assert look(town, shop, first.delivery).state == state
    assert listed(town, shop)[0].state == "active"
    assert look(town, shop, first.delivery).attempts == 3


def test_resending_what_still_waits_keeps_its_schedule(town: EventfulTown) -> None:
    shop = town.shop()
    webhook = add(town, shop)
    sell(town, shop)
    for pause in SCHEDULE[:3]:
        town.clock.business += pause * SECOND
        [attempt] = take(town, webhook)
        tell(town, attempt, 500)
    again(town, shop, attempt.delivery)
    assert take(town, webhook) == [attempt]
    tell(town, attempt, 500)
    assert look(town, shop, attempt.delivery).state == "pending"


def test_a_removed_webhook_is_sent_nothing(town: EventfulTown) -> None:
    shop = town.shop()
    webhook = add(town, shop, "*")
    sell(town, shop)
    assert town.run(remove_webhook, on(town, shop, webhook)).value.state == "removed"
    sell(town, shop)
    assert due(town) == {}
    assert take(town, webhook) == []
    assert listed(town, shop) == []
    assert isinstance(town.refusal(probe_webhook, on(town, shop, webhook)), NotFound)


def test_what_is_another_merchants(town: EventfulTown) -> None:
    shop, other = town.shop(), town.shop()
    webhook = add(town, shop)
    sell(town, shop)
    [attempt] = take(town, webhook)
    for act in (remove_webhook, probe_webhook):
        assert isinstance(town.refusal(act, on(town, other, webhook)), NotYours)
    asked = Resend(town.key(other.id, "resend"), attempt.delivery)
    assert isinstance(town.refusal(resend, asked), NotYours)
    with pytest.raises(NotYours):
        look(town, other, attempt.delivery)
    with pytest.raises(NotYours):
        town.engine.read(lambda tx, _now: list_deliveries(tx, webhook.id, other.id, None, 10))
    assert listed(town, other) == []


def test_too_many_webhooks_or_patterns(town: EventfulTown) -> None:
    shop = town.shop()
    for kinds in ([], ["payment.*"], ["*"] * 11):
        request = WebhookRequest(url=URL, kinds=kinds)
        command = AddWebhook(town.key(shop.id, request), request, town.keys)
        assert isinstance(town.refusal(add_webhook, command), BadRequest)
    made = [add(town, shop) for _ in range(MOST_WEBHOOKS)]
    request = WebhookRequest(url=URL, kinds=["*"])
    command = AddWebhook(town.key(shop.id, request), request, town.keys)
    assert isinstance(town.refusal(add_webhook, command), TooManyWebhooks)
    town.run(remove_webhook, on(town, shop, made[0]))
    add(town, shop)


def test_deliveries_are_listed_in_pages(town: EventfulTown) -> None:
    shop = town.shop()
    webhook = add(town, shop)
    for _ in range(5):
        town.clock.wall += 1
        sell(town, shop)
    seen: list[str] = []
    cursor = None
    while True:
        page = town.engine.read(
            lambda tx, _now, at=cursor: list_deliveries(tx, webhook.id, shop.id, at, 2)  # type: ignore[misc]
        )
        seen += [item.id for item in page.items]
        cursor = page.next
        if cursor is None:
            break
    assert seen == sorted(seen, reverse=True)
    assert set(seen) == {attempt.delivery for attempt in take(town, webhook)}


def test_old_deliveries_are_deleted(town: EventfulTown) -> None:
    shop = town.shop()
    webhook = add(town, shop)
    sell(town, shop)
    town.clock.wall += EVENT_LIFE * 1_000 - 1
    sell(town, shop)
    town.clock.wall += 2
    town.engine.submit(prune).result(30)
    assert town.rows("SELECT COUNT(*) FROM deliveries") == [(1,)]
    assert len(take(town, webhook)) == 1


def test_only_so_many_are_handed_out_at_once_oldest_first(town: EventfulTown) -> None:
    shop = town.shop()
    webhook = add(town, shop)
    for _ in range(5):
        sell(town, shop)
        town.advance(1)
    first = take(town, webhook, 3)
    second = take(town, webhook, 3)
    numbers = [int(one.body[len(b'{"id":') :].partition(b",")[0]) for one in (*first, *second)]
    assert numbers == [1, 2, 3, 4, 5]
