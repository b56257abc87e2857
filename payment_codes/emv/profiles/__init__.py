"""What countries and networks make of EMVCo's merchant-presented code: one profile a module."""
