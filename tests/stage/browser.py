"""A real headless Chromium, driven over its DevTools protocol, that looks at a terminal in a page.

https://chromedevtools.github.io/devtools-protocol/
"""

from __future__ import annotations

import asyncio
import base64
import itertools
import json
import os
import shutil
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from aiohttp import ClientSession, WSMsgType

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from aiohttp import ClientWebSocketResponse

LIMIT_SECONDS, SEE_SECONDS = 30, 20
WIDTH, HEIGHT = 1280, 800
#: Nothing of it may call home: tests have no network.
FLAGS = (
    *("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    *("--disable-extensions", "--disable-default-apps", "--mute-audio", "--hide-scrollbars"),
    *("--disable-dev-shm-usage", "--remote-debugging-port=0"),
)
LISTENING = "DevTools listening on "
#: The page keeps its terminal to itself; this catches it when it is made, and reads its rows.
CATCH = """
Object.defineProperty(Object.prototype, "terminal", {
  configurable: true,
  set(made) {
    globalThis.caught = made;
    Object.defineProperty(this, "terminal", {value: made, writable: true});
  },
});
globalThis.rows = () => {
  const buffer = globalThis.caught?.buffer.active;
  return buffer === undefined ? "" : Array.from({length: globalThis.caught.rows}, (_, row) =>
    buffer.getLine(buffer.viewportY + row)?.translateToString(true) ?? "").join("\\n");
};
globalThis.bold = text => rows().split("\\n").some((row, number) => {
  const buffer = caught.buffer.active, at = row.indexOf(text);
  return at >= 0 && buffer.getLine(buffer.viewportY + number).getCell(at).isBold() > 0;
});
"""
#: Looks again after each change of the terminal.
UNTIL = """
new Promise((done, fail) => {
  const look = () => { if (%s) done(rows()); };
  caught.onWriteParsed(look);
  setTimeout(() => fail(new Error("never came:\\n" + rows())), %d);
  look();
})
"""
#: Keys that are no letters: their code number and the text that they make.
KEYS = {"Enter": (13, "\r"), "Escape": (27, "\x1b"), "Tab": (9, "\t"), "F1": (112, "")}


def chromium() -> str | None:
    """Give the program, if there is one."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


class Page:
    """One tab."""

    def __init__(self, browser: Browser, session: str) -> None:
        self._browser = browser
        self._session = session

    async def send(self, method: str, **parameters: object) -> dict[str, Any]:
        """Send a command of the protocol and give its result."""
        return await self._browser.send(method, parameters, self._session)

    async def evaluate(self, code: str) -> Any:  # noqa: ANN401 - JSON values
        """Run JavaScript and give its value, awaited."""
        answer = await self.send(
            "Runtime.evaluate", expression=code, awaitPromise=True, returnByValue=True
        )
        failure = answer.get("exceptionDetails", {}).get("exception", {})
        assert not failure, failure.get("description", failure)
        return answer["result"].get("value")

    async def open(self, url: str) -> None:
        """Go to a page and wait until it has been loaded."""
        await self.send("Page.enable")
        await self.send("Page.addScriptToEvaluateOnNewDocument", source=CATCH)
        async with self._browser.heard("Page.loadEventFired"):
            await self.send("Page.navigate", url=url)

    async def see(self, *texts: str) -> str:
        """Wait until all these texts are on the terminal, and give it."""
        return await self._until(f"{json.dumps(texts)}.every(text => rows().includes(text))")

    async def press_enter_for(self, text: str) -> None:
        """Press Enter once it presses a button: one that can be pressed is bold."""
        await self._until(f"bold({json.dumps(text)})")
        await self.press("Enter")

    async def _until(self, condition: str) -> str:
        text = await self.evaluate(UNTIL % (condition, SEE_SECONDS * 1_000))
        assert isinstance(text, str)
        return text

    async def press(self, *keys: str) -> None:
        """Press keys, one after the other."""
        for key in keys:
            number, text = KEYS.get(key, (ord(key[0].upper()), key))
            about = {"key": key, "code": key, "windowsVirtualKeyCode": number}
            await self.send("Input.dispatchKeyEvent", type="keyDown", text=text, **about)
            await self.send("Input.dispatchKeyEvent", type="keyUp", **about)

    async def write(self, text: str) -> None:
        """Type a text."""
        await self.press(*text)

    async def paste(self, text: str) -> None:
        """Paste a text as the browser's own menu does."""
        await self.evaluate(f"caught.paste({json.dumps(text)})")

    async def photograph(self) -> bytes:
        """Give a PNG of the tab."""
        answer = await self.send("Page.captureScreenshot", format="png")
        return base64.b64decode(answer["data"])


class Browser:
    """A running Chromium."""

    def __init__(self, socket: ClientWebSocketResponse) -> None:
        self._socket = socket
        self._numbers = itertools.count(1)
        self._answers: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self._heard: dict[str, asyncio.Event] = {}
        self.requested: list[str] = []

    async def page(self) -> Page:
        """Open an empty tab; the addresses that it asks for are noted."""
        target = await self.send("Target.createTarget", {"url": "about:blank"})
        attached = await self.send(
            "Target.attachToTarget", {"targetId": target["targetId"], "flatten": True}
        )
        page = Page(self, attached["sessionId"])
        await page.send("Network.enable")
        return page

    async def send(
        self, method: str, parameters: dict[str, Any], session: str | None = None
    ) -> dict[str, Any]:
        """Send a command and wait for its answer."""
        number = next(self._numbers)
        answer: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()
        self._answers[number] = answer
        message = {"id": number, "method": method, "params": parameters}
        await self._socket.send_json(message | ({"sessionId": session} if session else {}))
        async with asyncio.timeout(LIMIT_SECONDS):
            return await answer

    @asynccontextmanager
    async def heard(self, method: str) -> AsyncIterator[None]:
        """Wait, on leaving, for an event that came since."""
        event = self._heard[method] = asyncio.Event()
        yield
        async with asyncio.timeout(LIMIT_SECONDS):
            await event.wait()

    async def listen(self) -> None:
        """Take in answers and events until the browser is gone."""
        async for message in self._socket:
            if message.type is not WSMsgType.TEXT:
                continue
            content = message.json()
            if "id" in content:
                answer = self._answers.pop(content["id"])
                if "error" in content:
                    answer.set_exception(AssertionError(content["error"]))
                else:
                    answer.set_result(content["result"])
                continue
            if content["method"] == "Network.requestWillBeSent":
                self.requested.append(content["params"]["request"]["url"])
            if content["method"] in self._heard:
                self._heard[content["method"]].set()


@asynccontextmanager
async def open_browser(folder: Path) -> AsyncIterator[Browser]:
    """Start Chromium with an empty profile, and end it whatever happens."""
    program = chromium()
    assert program is not None, "the test is skipped without it"
    process = await asyncio.create_subprocess_exec(
        *(program, *FLAGS, f"--user-data-dir={folder}", f"--window-size={WIDTH},{HEIGHT}"),
        "about:blank",
        stderr=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.DEVNULL,
        env={**os.environ, "HOME": str(folder)},
    )
    try:
        async with (
            ClientSession() as session,
            session.ws_connect(await _address(process), max_msg_size=0) as socket,
        ):
            browser = Browser(socket)
            listening = asyncio.create_task(browser.listen())
            yield browser
            await browser.send("Browser.close", {})
            await listening
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


async def _address(process: asyncio.subprocess.Process) -> str:
    assert process.stderr is not None
    async with asyncio.timeout(LIMIT_SECONDS):
        async for line in process.stderr:
            text = line.decode("utf-8", "replace")
            if text.startswith(LISTENING):
                return text.removeprefix(LISTENING).strip()
    raise AssertionError("Chromium ended before it listened")
