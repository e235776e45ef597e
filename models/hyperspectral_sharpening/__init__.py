"""Hyperspectral sharpening measured."""
