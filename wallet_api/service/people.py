"""The job that does what is due between people: deliver, return, end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wallet_api.people.due import due, next_due
from wallet_api.service.agenda import Job

if TYPE_CHECKING:
    from wallet_api.service.state import Service


async def _run(service: Service) -> None:
    for act in await service.read(due):
        await service.write(act)


BETWEEN_PEOPLE = Job("money between people", next_due, _run)
