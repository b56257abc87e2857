"""Benchmarks of the running product: real processes, signed requests, durable answers."""
