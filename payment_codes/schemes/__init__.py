"""The payment codes of the world: a table of schemes, and a module for each that is its own."""
