"""Check digits and check sums: one small module a check."""
