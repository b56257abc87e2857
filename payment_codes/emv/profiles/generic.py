"""A merchant-presented code of nobody's profile: EMVCo's tables and nothing else."""

from payment_codes.code import Order
from payment_codes.emv.profiles.profile import Profile
from payment_codes.schemes.scheme import Scheme


class Generic(Profile):
    """Reads any EMVCo merchant-presented code."""

    def example(self, scheme: Scheme) -> Order | None:
        """Return an order with an account template of a made-up identifier."""
        return Order(account="A1", payee="BEST TRANSPORT", city="BEIJING")


WORKS = Generic()
