"""What a customer may spend: identity tiers, counters, allowances."""
