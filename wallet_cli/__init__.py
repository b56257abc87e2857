"""The shopper: the `wallet` program."""
