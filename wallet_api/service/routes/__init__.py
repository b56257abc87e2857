"""The routes, as tables by subject: enrolments and writes become commands, reads queries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wallet_api.service.routes import checkout, identity

if TYPE_CHECKING:
    from wallet_api.service.routes.table import Enrolment, Read, Write

ENROLMENTS: tuple[Enrolment, ...] = identity.ENROLMENTS
WRITES: tuple[Write, ...] = (*checkout.WRITES, *identity.WRITES)
READS: tuple[Read, ...] = (*identity.READS, *checkout.READS)
