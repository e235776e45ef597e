"""Measures what SAR detail does to an optical image."""
