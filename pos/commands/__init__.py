"""The work behind each `pos` command: ask, call the till, show."""
