"""Measures how well targets are extracted."""
