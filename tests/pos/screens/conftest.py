"""The stage for the till's screens."""

from tests.stage.fixtures import nothing_moves, programs, service, shop, town

__all__ = ["nothing_moves", "programs", "service", "shop", "town"]
