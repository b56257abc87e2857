"""A town whose books every test of limits leaves whole."""

from __future__ import annotations

from tests.wallet_api.checkout.conftest import damaged, town

__all__ = ["damaged", "town"]
