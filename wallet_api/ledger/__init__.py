"""Double entry: accounts, the hash-chained journal, balances, and the proof of all of it."""
