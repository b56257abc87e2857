"""The jobs of the agenda."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wallet_api.service.agenda import Job

JOBS: tuple[Job, ...] = ()
