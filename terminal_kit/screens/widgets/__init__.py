"""Widgets that both programs show: codes, countdowns, lists, states."""
