"""A merchant's settlements: what commands, screens and scripts all call."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from pos.settlement_sheet import Sheet, read_sheet
from terminal_kit.language import _
from terminal_kit.lookup import find_short
from terminal_kit.words import system_reason
from wallet_api.contract.banking import Settlement, SettlementFile
from wallet_api.contract.errors import FileBroken, Usage
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

    def sheet(self, settlement: str) -> Sheet:
        """Give the content of the settlement file of a full id. Raises FileBroken."""
        return read_sheet(self.file(settlement).decode())

    def save(self, settlement: str, name: str) -> None:
        """Write the settlement file of a full id to a file of one's own. Raises Usage."""
        content = self.file(settlement)
        try:
            Path(name).write_bytes(content)
        except OSError as error:
            reason = _("The file {name} cannot be written: {reason}.")
            said = reason.format(name=name, reason=system_reason(error))
            raise Usage(reason=said) from None

    def _all(self) -> Iterator[Settlement]:
        cursor = None
        while True:
            page = self.page(LONGEST_PAGE, cursor)
            yield from page.items
            if page.next is None:
                return
            cursor = page.next
