"""Questions of the wallet over a screen."""
