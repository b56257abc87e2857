"""Webhooks of a merchant and their deliveries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wallet_api.contract import errors, webhooks, wire
from wallet_api.events import deliveries
from wallet_api.events.webhooks import (
    AddWebhook,
    OnWebhook,
    add_webhook,
    list_webhooks,
    probe_webhook,
    remove_webhook,
)
from wallet_api.service.routes.table import (
    PAGING,
    Command,
    Query,
    Read,
    Write,
    bind,
    page_limit,
    path_id,
)
from wallet_api.service.targets import is_public, require_target

if TYPE_CHECKING:
    from wallet_api.service.authentication import Call
    from wallet_api.service.state import Service


def _add(service: Service, call: Call, body: webhooks.WebhookRequest) -> Command:
    require_target(body.url, public=is_public(service.authorities))
    return bind(add_webhook, AddWebhook(call.key(body), body, service.keys))


def _remove(_service: Service, call: Call, body: wire.Nothing) -> Command:
    return bind(remove_webhook, OnWebhook(call.key(body), path_id(call)))


def _test(_service: Service, call: Call, body: wire.Nothing) -> Command:
    return bind(probe_webhook, OnWebhook(call.key(body), path_id(call)))


def _resend(_service: Service, call: Call, body: wire.Nothing) -> Command:
    return bind(deliveries.resend, deliveries.Resend(call.key(body), path_id(call)))


def _list(call: Call) -> Query:
    return lambda tx, _now: list_webhooks(tx, call.till.merchant)


def _deliveries(call: Call) -> Query:
    webhook, limit, cursor = path_id(call), page_limit(call), call.query.get("cursor")
    merchant = call.till.merchant
    return lambda tx, _now: deliveries.list_deliveries(tx, webhook, merchant, cursor, limit)


def _delivery(call: Call) -> Query:
    delivery = path_id(call)
    return lambda tx, _now: deliveries.view_delivery(tx, delivery, call.till.merchant)


_OWN = (errors.NotFound, errors.NotYours)

WRITES = (
    Write(
        "/v1/webhooks",
        "Have a merchant's events sent to a URL; only this answer holds the secret",
        "till",
        webhooks.WebhookRequest,
        webhooks.Webhook,
        _add,
        201,
        (*_OWN, errors.WebhookTargetRefused, errors.TooManyWebhooks),
    ),
    Write(
        "/v1/webhooks/{id}/remove",
        "Send nothing more to a webhook",
        "till",
        wire.Nothing,
        webhooks.Webhook,
        _remove,
        refusals=_OWN,
    ),
    Write(
        "/v1/webhooks/{id}/test",
        "Send a test event to one webhook; where it arrives, a disabled one is active again",
        "till",
        wire.Nothing,
        webhooks.Delivery,
        _test,
        201,
        _OWN,
    ),
    Write(
        "/v1/deliveries/{id}/resend",
        "Try a delivery once more, under the same webhook-id",
        "till",
        wire.Nothing,
        webhooks.Delivery,
        _resend,
        refusals=_OWN,
    ),
)

READS = (
    Read(
        "/v1/webhooks",
        "A merchant's webhooks, newest first",
        "till",
        wire.Page[webhooks.Webhook],
        _list,
    ),
    Read(
        "/v1/webhooks/{id}/deliveries",
        "What was sent to a webhook, newest first",
        "till",
        wire.Page[webhooks.Delivery],
        _deliveries,
        PAGING,
        _OWN,
    ),
    Read(
        "/v1/deliveries/{id}",
        "One delivery",
        "till",
        webhooks.Delivery,
        _delivery,
        refusals=_OWN,
    ),
)
