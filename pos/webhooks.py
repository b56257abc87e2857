"""A merchant's webhooks: where its events are sent besides the till."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from terminal_kit.language import _
from terminal_kit.lookup import find_short
from terminal_kit.words import word
from wallet_api.contract.ids import is_id
from wallet_api.contract.webhooks import Delivery, Webhook, WebhookRequest
from wallet_api.contract.wire import Nothing, Page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from terminal_kit.session import Session

PATH = "/v1/webhooks"
#: How long somebody waits for an attempt: a little longer than the service for a receiver.
WAIT_SECONDS = 12.0
#: How often a delivery on its way is looked at, in seconds.
LOOK_SECONDS = 0.2


class Webhooks:
    """The webhooks of one till's merchant."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, url: str, kinds: list[str]) -> Webhook:
        """Have events of these kinds sent to a URL; this answer alone holds the secret."""
        return self._session.send(PATH, WebhookRequest(url=url, kinds=kinds), Webhook)

    def list(self) -> Page[Webhook]:
        """Give the webhooks, newest first."""
        return self._session.get(PATH, Page[Webhook])

    def remove(self, webhook: str) -> Webhook:
        """Send nothing more to a webhook."""
        return self._session.send(f"{PATH}/{webhook}/remove", Nothing(), Webhook)

    def test(self, webhook: str) -> Delivery:
        """Have a test event sent to a webhook."""
        return self._session.send(f"{PATH}/{webhook}/test", Nothing(), Delivery)

    def deliveries(self, webhook: str, limit: int, cursor: str | None = None) -> Page[Delivery]:
        """Give a page of what was sent to a webhook, newest first."""
        path = f"{PATH}/{webhook}/deliveries"
        return self._session.get(path, Page[Delivery], limit=limit, cursor=cursor)

    def resend(self, delivery: str) -> Delivery:
        """Have a delivery tried once more."""
        return self._session.send(f"/v1/deliveries/{delivery}/resend", Nothing(), Delivery)

    def settled(self, delivery: Delivery, seconds: float) -> Delivery:
        """Wait until a delivery was tried, or for so many seconds, and give it as it is then."""
        until = time.monotonic() + seconds
        while _on_its_way(delivery) and time.monotonic() < until:
            time.sleep(LOOK_SECONDS)
            delivery = self._session.get(f"/v1/deliveries/{delivery.id}", Delivery)
        return delivery

    def full_id(self, text: str) -> str:
        """Give the id of a webhook that was typed whole or as a short code."""
        return text if is_id(text) else find_short(text, self.list().items, "webhook").id

    def full_delivery_id(self, text: str) -> str:
        """Give the id of a delivery that was typed whole or as a short code."""
        return text if is_id(text) else find_short(text, self._all(), "delivery").id

    def _all(self) -> Iterator[Delivery]:
        for webhook in self.list().items:
            yield from self.deliveries(webhook.id, 100).items


def _on_its_way(delivery: Delivery) -> bool:
    """Say whether nothing is known yet of the last attempt."""
    return delivery.state == "pending" and delivery.status is None and delivery.error is None


def answer_of(delivery: Delivery) -> str:
    """Say what the last attempt of a delivery brought."""
    if delivery.status is not None:
        return _("answer {status}").format(status=delivery.status)
    return word(delivery.error) if delivery.error else _("no answer yet")
