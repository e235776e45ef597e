"""The choices of the dialogs in words that people know."""

WORDS = {
    "METHOD": {
        "regression": "Local regression on the bands of 10 m (best)",
        "cubic": "Cubic interpolation only",
    },
    "NOISE": {
        "measured": "Measured on the scene",
        "none": "None",
    },
}
