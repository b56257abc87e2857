"""Widgets of the wallet alone."""
