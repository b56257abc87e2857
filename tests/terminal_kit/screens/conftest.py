"""The stage for what both programs share."""

from tests.stage.fixtures import nothing_moves, programs, service, shop, town

__all__ = ["nothing_moves", "programs", "service", "shop", "town"]
