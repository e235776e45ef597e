"""The choices of the dialogs in words that people know."""

WORDS = {
    "METHOD": {
        "hp1": "HP1: principal components and local regression (best)",
        "gsa": "GSA: Gram-Schmidt adaptive",
        "glp": "GLP: Laplacian pyramid with back-projection",
        "cnmf": "CNMF: coupled unmixing",
        "hysure": "HySure: subspace with total variation",
    },
}
