"""Risk rules as data, and the decision on a movement with its explanation."""
