"""Dialogs of the till's screens."""
