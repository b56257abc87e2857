"""The till as a full-screen program."""
