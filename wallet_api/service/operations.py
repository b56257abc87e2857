"""Every operation of the service: each subject's routes, and those with a handler of their own.

The application runs exactly these rows, and the API's description is made of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wallet_api.contract import errors, wire
from wallet_api.contract.banking import LabBank, LabBankState
from wallet_api.contract.limits import RaiseTier, TierCard
from wallet_api.service import metrics, streaming
from wallet_api.service.description.answers import Description
from wallet_api.service.lab import advance
from wallet_api.service.lab_bank import tell_bank
from wallet_api.service.public import challenge, health, service_card
from wallet_api.service.refusals import SIGNED
from wallet_api.service.routes import (
    administration,
    banking,
    checkout,
    devices,
    events,
    gifts,
    identity,
    limits,
    requests,
    shop,
    statement,
    static_codes,
    transfers,
)
from wallet_api.service.routes.table import Special
from wallet_api.service.scanning import offer
from wallet_api.service.tiers import raise_tier
from wallet_api.service.waiting import charge

if TYPE_CHECKING:
    from wallet_api.service.routes.table import Enrolment, Operation, Read, Write

ENROLMENTS: tuple[Enrolment, ...] = (*identity.ENROLMENTS, *devices.ENROLMENTS)
WRITES: tuple[Write, ...] = (
    *checkout.WRITES,
    *static_codes.WRITES,
    *banking.WRITES,
    *transfers.WRITES,
    *requests.WRITES,
    *gifts.WRITES,
    *shop.WRITES,
    *events.WRITES,
    *identity.WRITES,
    *devices.WRITES,
    *administration.WRITES,
)
READS: tuple[Read, ...] = (
    *identity.READS,
    *checkout.READS,
    *static_codes.READS,
    *banking.READS,
    *transfers.READS,
    *requests.READS,
    *gifts.READS,
    *statement.READS,
    *limits.READS,
    *shop.READS,
    *events.READS,
    *devices.READS,
    *administration.READS,
)

_DESCRIPTION = Description(lambda lab: operations(lab=lab))

SPECIAL: tuple[Special, ...] = (
    Special("GET", "/healthz", "Whether the service can work", "service", health, wire.Health),
    Special("GET", "/openapi.json", "This description", "service", _DESCRIPTION.openapi, dict),
    Special(
        "GET",
        "/docs",
        "This description as a page",
        "service",
        _DESCRIPTION.docs,
        media="text/html; charset=utf-8",
    ),
    Special(
        "GET",
        "/metrics",
        "Figures for Prometheus: for this machine, and elsewhere for the admin",
        "service",
        metrics.metrics,
        media=metrics.MEDIA,
        refusals=(*SIGNED, errors.WrongRole),
    ),
    Special(
        "GET",
        "/v1/service",
        "Who the service is: its public keys, to be pinned at enrolment",
        "service",
        service_card,
        wire.ServiceCard,
    ),
    Special(
        "POST",
        "/v1/challenge",
        "Have the service prove that it holds its key",
        "service",
        challenge,
        wire.ChallengeAnswer,
        body=wire.ChallengeRequest,
    ),
    Special(
        "POST",
        "/v1/tier",
        "Raise the wallet's tier with the evidence that it needs",
        "limits",
        raise_tier,
        TierCard,
        role="wallet",
        body=RaiseTier,
        refusals=(
            errors.EvidenceMissing,
            errors.EvidenceInvalid,
            errors.TextInvalid,
            errors.VerifierSilent,
            errors.TierNotAbove,
            errors.EvidenceDeclined,
        ),
    ),
    Special(
        "GET",
        "/v1/charges/{id}",
        "One charge; with wait, once it is done or the time is over",
        "checkout",
        charge,
        wire.Charge,
        role="till",
        parameters=("wait",),
        refusals=(errors.NotFound, errors.NotYours),
    ),
    Special(
        "GET",
        "/v1/codes/{token}",
        "What a scanned merchant's code stands for; the till hears that it was seen",
        "checkout",
        offer,
        wire.Offer,
        role="wallet",
        refusals=(errors.NotFound,),
    ),
    Special(
        "GET",
        "/v1/events",
        "One's own events as they happen, from Last-Event-ID on",
        "events",
        streaming.events,
        role="device",
        parameters=("follow",),
        refusals=(errors.TooManyStreams,),
        media=streaming.MEDIA,
    ),
    Special(
        "POST",
        "/v1/lab/bank",
        "Tell the simulated bank what to do with its next calls",
        "lab",
        tell_bank,
        LabBankState,
        body=LabBank,
        lab=True,
    ),
    Special(
        "POST",
        "/v1/lab/clock",
        "Move the business clock ahead",
        "lab",
        advance,
        wire.LabTime,
        body=wire.LabAdvance,
        lab=True,
    ),
)


def operations(*, lab: bool) -> tuple[Operation, ...]:
    """Give every operation of a service, with or without those of --lab."""
    rows: tuple[Operation, ...] = (*SPECIAL, *ENROLMENTS, *WRITES, *READS)
    return tuple(row for row in rows if lab or not (isinstance(row, Special) and row.lab))
