"""The work behind each `wallet` command: ask, call the wallet, show."""
