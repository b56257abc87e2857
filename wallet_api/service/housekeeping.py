"""Work that the service does for nobody in particular: it ends what is over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wallet_api.checkout.expiry import close_expired, expires_first
from wallet_api.events.retention import prune, pruned_next
from wallet_api.service.agenda import Job

if TYPE_CHECKING:
    from wallet_api.service.state import Service


async def _close_expired(service: Service) -> None:
    while await service.write(close_expired):
        continue


async def _prune(service: Service) -> None:
    while await service.write(prune):
        continue


EXPIRY = Job("closing charges whose time is over", expires_first, _close_expired)
RETENTION = Job("deleting events past their life", pruned_next, _prune)
