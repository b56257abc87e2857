"""The wallet in a real browser: `wallet --web` in headless Chromium, which pays."""

from __future__ import annotations

import asyncio
import io
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from PIL import Image

from tests.end_to_end.programs import PIN
from tests.end_to_end.test_web import served
from tests.stage.browser import chromium, open_browser

if TYPE_CHECKING:
    from pathlib import Path

    from tests.end_to_end.programs import Programs
    from tests.stage.browser import Browser

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(chromium() is None, reason="Chromium is not installed"),
]


def test_a_payment_in_a_browser(shop: Programs, tmp_path: Path) -> None:
    code = shop.run("pos", "charge", "1500", "--note", "咖啡").out.strip()

    async def scenario(browser: Browser, url: str) -> bytes:
        page = await browser.page()
        await page.open(url)
        await page.see("Alice 王", "● live", "Last movements")
        await page.press("p")
        await page.see("Paste or type a code")
        await page.paste(code)
        await page.press("Enter")
        await page.see("Corner Café", "Left after it")
        await page.press_enter_for("Pay CN¥1,500.00")
        await page.see("PIN, six digits")
        await page.write(PIN)
        await page.press("Enter")
        text = await page.see("✓ Paid", "1,500.00")
        assert PIN not in text
        picture = await page.photograph()
        await page.press("Enter")
        await page.see("Last movements")
        assert not [one for one in browser.requested if urlsplit(one).netloc not in url]
        return picture

    async def play(url: str) -> bytes:
        async with open_browser(tmp_path / "chromium") as browser:
            return await scenario(browser, url)

    with served(shop) as (_running, url):
        picture = asyncio.run(play(url))
    assert shop.balances()[0] == 100000
    assert shop.json("pos", "sales")["items"][0]["state"] == "succeeded"
    with Image.open(io.BytesIO(picture)) as image:
        assert image.width > 1000
        # The page shows a terminal with letters, not an empty one.
        assert len(image.convert("RGB").getcolors(100_000) or ()) > 50
