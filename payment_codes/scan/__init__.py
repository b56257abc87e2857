"""Read codes from pictures: a chain of decoders behind one interface."""
