"""The language of payment codes: parse, build, check, draw and scan."""
