"""The shopper: wallet commands and the wallet screen."""
