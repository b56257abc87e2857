"""A town for each test, its books proven whole when the test is over."""

from __future__ import annotations

from tests.wallet_api.checkout.conftest import damaged, town

__all__ = ["damaged", "town"]
