"""Earlier events page by page, as the screens scroll back through them."""

from __future__ import annotations

import asyncio
import os
from typing import TYPE_CHECKING
from unittest.mock import patch

from payment_codes.amount import Amount
from terminal_kit.session import Session
from tests.end_to_end.programs import WALLET
from wallet_api.client.aio import AsyncClient
from wallet_cli.bank import Bank

if TYPE_CHECKING:
    from tests.end_to_end.programs import Programs
    from wallet_api.contract.events import Event


def test_pages_of_past_events_follow_one_another_to_the_first(programs: Programs) -> None:
    programs.open_shop(money=None)

    async def look() -> list[list[Event]]:
        async with AsyncClient(session.client.url, session.profile.device, key) as client:
            newest = await client.past_events(None, 3)
            pages = [newest]
            while pages[-1]:
                pages.append(await client.past_events(pages[-1][-1].id, 3))
            return pages

    with patch.dict(os.environ, programs.environment, clear=True), Session(WALLET) as session:
        key = session.keys.signing
        assert asyncio.run(look()) == [[]], "nothing has happened"
        for minor in range(1, 8):
            Bank(session).top_up(Amount(minor, "CNY"))
        session.state.forget_answered()
        pages = asyncio.run(look())
    assert [[event.id for event in page] for page in pages] == [[7, 6, 5], [4, 3, 2], [1], []]
    assert [event.data["amount"]["minor"] for page in pages for event in page] == [
        *(7, 6, 5, 4, 3, 2, 1)
    ]
