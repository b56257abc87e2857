"""The shop day: shifts and their reports."""
