"""The choices of the dialogs in words that people know."""

WORDS = {
    "METHOD": {
        "network": "Network (best)",
        "otsu": "Otsu's threshold on SAR",
        "ndwi": "NDWI: green against near infrared",
        "mndwi": "MNDWI: green against shortwave infrared",
    },
}
