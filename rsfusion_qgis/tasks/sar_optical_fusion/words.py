"""The choices of the dialog in words that people know."""

WORDS = {"METHOD": {"atrous": "À trous wavelets", "highpass": "High-pass"}}
