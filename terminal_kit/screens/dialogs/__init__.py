"""Questions over a screen: the PIN, a yes or no, a line of text."""
