"""Zones from imagery and points of interest: how well they are found."""
