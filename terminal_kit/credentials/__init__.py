"""Where secrets are kept: the OS keyring, an encrypted file chosen explicitly, or memory.

Nothing falls back from one store to another, and none keeps a secret in plain text.
"""
