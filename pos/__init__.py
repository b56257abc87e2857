"""The merchant: till commands and the till screen."""
