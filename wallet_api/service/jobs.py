"""The jobs of the agenda."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wallet_api.service.closing import CLOSING
from wallet_api.service.housekeeping import EXPIRY, RETENTION
from wallet_api.service.people import BETWEEN_PEOPLE

if TYPE_CHECKING:
    from wallet_api.service.agenda import Job

JOBS: tuple[Job, ...] = (CLOSING, EXPIRY, RETENTION, BETWEEN_PEOPLE)
