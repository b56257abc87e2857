"""The bank side of the wallet: the contract and client for everyone, the service for itself."""
