"""A merchant's settlements: what commands, screens and scripts all call."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from terminal_kit.lookup import find_short
from wallet_api.contract.banking import Settlement, SettlementFile
from wallet_api.contract.errors import FileBroken
from wallet_api.contract.ids import is_id
from wallet_api.contract.wire import Page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from terminal_kit.session import Standing

SETTLEMENTS = "/v1/settlements"
LONGEST_PAGE = 100


class Settlements:
    """What the bank pays out to a till's merchant."""

    def __init__(self, session: Standing) -> None:
        self._session = session

    def page(self, limit: int = 20, cursor: str | None = None) -> Page[Settlement]:
        """Give a page of settlements, newest first."""
        return self._session.get(SETTLEMENTS, Page[Settlement], limit=limit, cursor=cursor)

    def find(self, text: str) -> Settlement:
        """Give a settlement by its id or its short code. Raises NotFound, IdAmbiguous, Usage."""
        if is_id(text):
            return self._session.get(f"{SETTLEMENTS}/{text}", Settlement)
        return find_short(text, self._all(), "settlement")

    def file(self, settlement: str) -> bytes:
        """Give the settlement file of a full id. Raises FileBroken when it came damaged."""
        file = self._session.get(f"{SETTLEMENTS}/{settlement}/file", SettlementFile)
        content = file.content.encode()
        if hashlib.sha256(content).hexdigest() != file.sha256:
            raise FileBroken(reason="its SHA-256 is another")
        return content

    def _all(self) -> Iterator[Settlement]:
        cursor = None
        while True:
            page = self.page(LONGEST_PAGE, cursor)
            yield from page.items
            if page.next is None:
                return
            cursor = page.next
