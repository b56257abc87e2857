"""Which bank the wallet talks to, and where its secrets are: one row."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast
from urllib.parse import urlsplit

from textual.widgets import Static

from terminal_kit.language import _
from wallet_api.contract.hosts import is_loopback

if TYPE_CHECKING:
    from terminal_kit.screens.app import KitApp
    from terminal_kit.screens.link import Link


class StandingRow(Static):
    """Says it anew whenever the line changes: the bank may have moved."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id, markup=False)

    def on_mount(self) -> None:
        """Follow the line."""
        self.watch(self.app, "link", self._show)

    def _show(self, _link: Link) -> None:
        desk = cast("KitApp", self.app).desk
        if desk is None:
            return
        client, profile = desk.session.made, desk.session.profile
        bank = _("not asked yet") if client is None else _address(client.url)
        stores = {"os": _("this system's keyring"), "file": _("an encrypted file")}
        said = _("Bank {bank} · Secrets in {store}")
        self.update(said.format(bank=bank, store=stores.get(profile.store, profile.store)))


def _address(url: str) -> str:
    if is_loopback(urlsplit(url).hostname or ""):
        return _("{url} (this machine)").format(url=url)
    return url
