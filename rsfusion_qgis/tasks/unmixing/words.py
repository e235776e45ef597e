"""The choices of the dialogs in words that people know, and how people call the layers that they give."""

WORDS = {
    "METHOD": {
        "fcls": "FCLS: shares not negative, sum to one",
        "sclsu": "SCLSU: the same, with brightness",
        "sparse": "Sparse: few spectra of a large library",
        "bundles": "Bundles: several spectra for each class",
        "synthetic": "Regression on synthetic mixtures",
    },
}

LAYER_NAMES = {
    "HS": ("hsi", "hyper", "hyperspectral", "prisma", "enmap", "emit", "desis", "hyperion", "aviris"),
}
