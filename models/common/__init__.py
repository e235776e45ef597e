"""Benchmarks: fusion networks beside the classical methods, one protocol for all of them."""
