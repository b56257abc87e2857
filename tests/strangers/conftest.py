"""What strangers meet: the service that the tests of its own folder use."""

from __future__ import annotations

from tests.wallet_api.service.conftest import open_caller, own_service, service, till, wallet

__all__ = ["open_caller", "own_service", "service", "till", "wallet"]
