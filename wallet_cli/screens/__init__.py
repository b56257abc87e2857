"""The wallet as a full-screen program."""
