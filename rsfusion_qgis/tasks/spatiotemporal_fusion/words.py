"""The choices of the dialogs in words that people know."""

WORDS = {
    "METHOD": {
        "regression": "Local regression with measured blur (best)",
        "starfm": "STARFM",
        "estarfm": "ESTARFM",
        "fsdaf": "FSDAF",
        "fitfc": "Fit-FC",
        "meanshift": "Unchanged, plus the mean change",
        "unchanged": "Unchanged",
    },
    "GUARD": {
        "fall back": "Warn, and take the simpler prediction",
        "warn": "Warn only",
    },
}
