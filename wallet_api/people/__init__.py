"""Money between people: transfers, requests, splits and gifts."""
