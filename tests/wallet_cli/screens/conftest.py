"""The stage for the wallet's screens."""

from tests.stage.fixtures import nothing_moves, programs, service, shop, town

__all__ = ["nothing_moves", "programs", "service", "shop", "town"]
