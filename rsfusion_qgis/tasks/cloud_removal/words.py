"""The choices of the dialogs in words that people know, and how people call the layers that they give."""

WORDS = {
    "METHOD": {
        "auto": "The best for what is given",
        "network": "Network (Sentinel-2)",
        "forest": "Forest on SAR, learned on the scene",
        "reference": "Clear images of other dates",
        "mean": "Mean of the clear pixels around",
    },
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

LAYER_NAMES = {
    "OPTICAL": ("s2", "sentinel2", "msi", "l1c", "l2a", "cloudy"),
}
