"""Pictures of payment codes as people really have them: bad, but for a person plainly a code.

Every picture follows from a seed, its kind and its number, and from nothing else.
"""
