"""What the full-screen programs share: the application, its look, its line to the bank, widgets."""
