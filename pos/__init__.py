"""The merchant: the `pos` program."""
