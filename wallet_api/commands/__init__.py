"""The `wallet-api` program: run the service, look after the embedded one, prove the books."""
