"""The choices of the dialogs in words that people know."""

WORDS = {
    "LEARN_FROM_SCENE": {
        "auto": "Where it can",
        "on": "Always",
        "off": "Never",
    },
    "SAR_UNIT": {
        "found out": "Found out from the values",
        "db": "Decibels",
        "power": "Power (linear)",
        "amplitude": "Amplitude",
    },
}
