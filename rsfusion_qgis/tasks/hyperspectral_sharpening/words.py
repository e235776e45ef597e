"""The choices of the dialogs in words that people know, and how people call the layers that they give."""

WORDS = {
    "METHOD": {
        "hp1": "HP1: principal components and local regression (best)",
        "gsa": "GSA: Gram-Schmidt adaptive",
        "glp": "GLP: Laplacian pyramid with back-projection",
        "cnmf": "CNMF: coupled unmixing",
        "network": "Network that learned the scene",
        "hysure": "HySure: subspace with total variation",
    },
}

LAYER_NAMES = {
    "HS": ("hsi", "hyper", "hyperspectral", "prisma", "enmap", "emit", "desis", "hyperion", "aviris"),
    "GUIDE": ("pan", "ms", "rgb", "s2"),
}
