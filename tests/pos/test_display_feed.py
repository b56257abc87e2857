"""What the till shows reaches the display: the newest, in order, sealed, as long as it runs."""

from __future__ import annotations

import threading
import time
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from pos.display_feed import FILE_NAME, DisplayFeed, DisplayWatch, Shown
from pos.sale import Line
from pos.till import Till
from terminal_kit.folders import exclusive_lock
from terminal_kit.profiles import profile_folder
from terminal_kit.session import Session
from tests.end_to_end.programs import TILL
from tests.pos.screens.stand import SALE, cny
from wallet_api.contract.errors import StateDamaged
from wallet_api.contract.instants import instant_ms, system_ms

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.end_to_end.programs import Programs

LIMIT_SECONDS = 10


@pytest.fixture
def session(shop: Programs) -> Iterator[Session]:
    del shop
    with Session(TILL) as opened:
        yield opened


@pytest.fixture
def file(session: Session) -> Path:
    del session
    return profile_folder("pos", "default") / FILE_NAME


def seen(watch: DisplayWatch, wanted: Callable[[Shown | None], bool]) -> Shown | None:
    """Look until what is shown is as wanted."""
    limit = time.monotonic() + LIMIT_SECONDS
    while not wanted(shown := watch.look()):
        assert time.monotonic() < limit, shown
        time.sleep(0.005)
    return shown


def scene(watch: DisplayWatch, name: str) -> Shown:
    shown = seen(watch, lambda one: one is not None and one.scene == name)
    assert shown is not None
    return shown


def test_every_scene_reaches_the_display(session: Session) -> None:
    watch = DisplayWatch(session)
    assert watch.look() is None
    with closing(DisplayFeed(session)) as feed:
        feed.named("Tea House")
        seen(watch, lambda one: one is not None and one.shop == "Tea House")
        feed.sale(SALE.rung, SALE.total)
        shown = scene(watch, "sale")
        lines = [(one.name, one.quantity, one.price) for one in shown.items]
        assert lines == [(line.name, line.quantity, line.price) for line in SALE.lines]
        assert (shown.amount, shown.shop) == (SALE.total, "Tea House")
        charge = Till(session).charge(SALE.request())
        feed.code(charge)
        shown = scene(watch, "code")
        assert (shown.payload, shown.amount) == (charge.payload, SALE.total)
        assert charge.expires_at is not None
        assert shown.life == instant_ms(charge.expires_at) - instant_ms(charge.created_at)
        assert 0 < shown.until - system_ms() <= shown.life + 1_000
        feed.confirming(charge)
        scene(watch, "confirming")
        feed.paid(charge)
        assert scene(watch, "paid").amount == SALE.total
        feed.idle()
        last = scene(watch, "idle")
    assert watch.look() is None
    assert last.number > 1


def test_a_sale_without_lines_is_none(session: Session) -> None:
    with closing(DisplayFeed(session)) as feed:
        feed.sale(SALE.rung, SALE.total)
        watch = DisplayWatch(session)
        scene(watch, "sale")
        feed.sale((), cny("1"))
        scene(watch, "idle")


def test_what_was_shown_last_is_written_however_fast_it_changes(session: Session) -> None:
    with closing(DisplayFeed(session)) as feed:
        for minor in range(1, 301):
            feed.sale(SALE.rung, SALE.keying(_keyed(minor)).total)
    with exclusive_lock(profile_folder("pos", "default") / "display.lock", 1.0):
        last = DisplayWatch(session).look()
    assert last is not None
    assert last.amount == SALE.keying(_keyed(300)).total
    assert last.number < 300, "what nobody could see is left out"


def _keyed(minor: int) -> Line:
    return Line(name="Item", price=cny(f"{minor / 100:.2f}"))


def test_the_shop_is_known_after_a_restart(session: Session) -> None:
    with closing(DisplayFeed(session)) as feed:
        feed.named("Tea House")
    with closing(DisplayFeed(session)) as feed:
        feed.idle()
        assert scene(DisplayWatch(session), "idle").shop == "Tea House"


def test_a_second_till_leaves_the_display_alone(session: Session) -> None:
    watch = DisplayWatch(session)
    with closing(DisplayFeed(session)) as first, closing(DisplayFeed(session)) as second:
        first.named("First")
        scene(watch, "idle")
        second.sale(SALE.rung, SALE.total)
        second.close()
        shown = watch.look()
        assert shown is not None
        assert (shown.scene, shown.shop) == ("idle", "First")


def test_nothing_can_be_read_from_the_file(session: Session, file: Path) -> None:
    with closing(DisplayFeed(session)) as feed:
        feed.sale(SALE.rung, SALE.total)
    content = file.read_bytes()
    assert b"Flat white" not in content
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_damaged_file_is_said_and_replaced(session: Session, file: Path) -> None:
    with closing(DisplayFeed(session)) as feed:
        feed.idle()
    file.write_bytes(b"not sealed")
    watch = DisplayWatch(session)
    with exclusive_lock(file.with_name("display.lock"), 1.0), pytest.raises(StateDamaged):
        watch.look()
    with closing(DisplayFeed(session)) as feed:
        feed.sale(SALE.rung, SALE.total)
    with exclusive_lock(file.with_name("display.lock"), 1.0):
        scene(watch, "sale")


def test_the_file_is_read_only_when_it_changed(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch = DisplayWatch(session)
    with closing(DisplayFeed(session)) as feed:
        feed.idle()
        scene(watch, "idle")
        monkeypatch.setattr(watch._file, "load", None)
        for _ in range(10):
            assert watch.look() is not None


def test_no_call_waits_for_the_disk(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    feed = DisplayFeed(session)
    writes, begun = threading.Event(), threading.Event()

    def slow(_value: object) -> None:
        begun.set()
        assert writes.wait(LIMIT_SECONDS)

    monkeypatch.setattr(feed._file, "save", slow)
    feed.idle()
    assert begun.wait(LIMIT_SECONDS)
    feed.sale(SALE.rung, SALE.total)  # Returns, though the disk is still at it.
    writes.set()
    feed.close()
