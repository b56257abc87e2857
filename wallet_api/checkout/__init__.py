"""The life of a charge: create, pay, confirm, close, reverse, refund.

Each use case is a plain function ``(transaction, command, now) -> result`` without I/O or a clock
of its own. A refusal is raised before the first posting.
"""
