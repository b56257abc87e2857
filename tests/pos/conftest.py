"""A till with its bank, for what its plain classes do."""

from tests.stage.fixtures import nothing_moves, programs, service, shop, town

__all__ = ["nothing_moves", "programs", "service", "shop", "town"]
