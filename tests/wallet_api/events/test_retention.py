"""Events are kept for 7 days of wall time and 10,000 a subject; who is further behind is reset."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.wallet_api.checkout.books import DAY
from wallet_api.contract.rules import EVENT_LIFE
from wallet_api.events import publish as publishing
from wallet_api.events.publish import newest, publish
from wallet_api.events.retention import SLACK_MS, prune, pruned_next
from wallet_api.events.stream import Start, after, start

if TYPE_CHECKING:
    from tests.wallet_api.checkout.town import Shop
    from tests.wallet_api.events.conftest import EventfulTown
    from wallet_api.store.clock import Now
    from wallet_api.store.database import Transaction

LIFE_MS = EVENT_LIFE * 1_000


def tell(town: EventfulTown, shop: Shop, count: int = 1) -> None:
    """Publish some events at once."""

    def act(transaction: Transaction, now: Now) -> None:
        for _ in range(count):
            publish(transaction, shop.id, "merchant.frozen", {"by": "bank"}, now)

    town.engine.submit(act).result(60)


def prune_all(town: EventfulTown) -> None:
    while town.engine.submit(prune).result(30):
        continue


def begin(town: EventfulTown, shop: Shop, seen: int | None) -> Start:
    return town.engine.read(lambda tx, now: start(tx, shop.id, seen, now))


def test_old_events_go_and_the_numbers_go_on(town: EventfulTown) -> None:
    shop = town.shop()
    tell(town, shop, 3)
    town.clock.wall += LIFE_MS + 1
    prune_all(town)
    assert town.events(shop) == []
    assert town.engine.read(pruned_next) is None
    tell(town, shop)
    assert [number for number, _, _ in town.events(shop)] == [4]
    town.clock.wall += LIFE_MS + 1
    prune_all(town)
    rows = town.rows("SELECT number FROM events WHERE subject = ?", shop.id)
    assert rows == [(4,)]  # Only the number is left of a subject that is told nothing more.


def test_what_is_young_enough_stays(town: EventfulTown) -> None:
    shop = town.shop()
    tell(town, shop, 2)
    town.clock.wall += DAY
    tell(town, shop, 2)
    town.clock.wall += LIFE_MS - DAY
    prune_all(town)
    assert [number for number, _, _ in town.events(shop)] == [1, 2, 3, 4]
    town.clock.wall += 1
    prune_all(town)
    assert [number for number, _, _ in town.events(shop)] == [3, 4]


def test_more_than_are_deleted_at_once(town: EventfulTown) -> None:
    shops = [town.shop() for _ in range(3)]
    for shop in shops:
        tell(town, shop, 400)
    town.clock.wall += LIFE_MS + 1
    prune_all(town)
    assert town.rows("SELECT COUNT(*) FROM events WHERE data IS NOT NULL") == [(0,)]
    for shop in shops:
        assert town.read(newest, shop.id) == 400


def test_the_agenda_is_told_when_wall_time_has_done_its_part(town: EventfulTown) -> None:
    shop = town.shop()
    tell(town, shop)
    assert town.engine.read(pruned_next) == town.clock.business + LIFE_MS + SLACK_MS
    town.clock.business += 30 * DAY  # A lab's clock makes nothing older.
    assert town.engine.read(pruned_next) == town.clock.business + LIFE_MS + SLACK_MS
    town.clock.wall += LIFE_MS + SLACK_MS
    assert town.engine.read(pruned_next) == town.clock.business


def test_the_largest_number_of_events_kept(
    town: EventfulTown, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("wallet_api.events.publish", "wallet_api.events.stream"):
        monkeypatch.setattr(f"{module}.KEPT", 300)
    shop = town.shop()
    tell(town, shop, 1_000)
    numbers = [number for number, _, _ in town.events(shop)]
    assert numbers == list(range(701, 1_001))
    tell(town, shop, publishing.TRIMMED_EVERY - 1)
    assert begin(town, shop, 798) == Start(799, lost=True)
    assert begin(town, shop, 799) == Start(799, lost=False)


@pytest.mark.parametrize(
    ("seen", "position", "lost"),
    [
        (None, 6, False),  # From now on.
        (6, 6, False),
        (4, 4, False),
        (2, 2, False),  # Number 3 is the oldest that is kept.
        (1, 2, True),
        (0, 2, True),
        (7, 2, True),  # Ahead of the books: they are not those that the reader knew.
    ],
)
def test_where_a_reader_goes_on(
    town: EventfulTown, seen: int | None, position: int, *, lost: bool
) -> None:
    shop = town.shop()
    tell(town, shop, 2)
    town.clock.wall += LIFE_MS + 1
    tell(town, shop, 4)
    for _ in range(2):  # Before and after old events are deleted.
        assert begin(town, shop, seen) == Start(position, lost=lost)
        prune_all(town)


def test_a_subject_of_which_nothing_is_kept(town: EventfulTown) -> None:
    shop = town.shop()
    assert begin(town, shop, 0) == Start(0, lost=False)
    tell(town, shop, 5)
    town.clock.wall += LIFE_MS + 1
    prune_all(town)
    assert begin(town, shop, 5) == Start(5, lost=False)
    assert begin(town, shop, 4) == Start(5, lost=True)
    assert begin(town, shop, None) == Start(5, lost=False)
    assert town.engine.read(lambda tx, _now: after(tx, shop.id, 0, 10)) == []
