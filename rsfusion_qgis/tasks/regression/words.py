"""The choices of the dialogs in words that people know."""

WORDS = {
    "ARCHITECTURE": {
        "forest": "Random forest",
        "krr": "Kernel ridge regression",
        "plsr": "Partial least squares",
        "whitened_fusion": "Whitened fusion",
        "pixel_context_fusion": "Pixel and context",
        "two_branch_cnn": "Two-branch CNN",
        "endnet": "EndNet",
        "coupled_cnn": "Coupled CNN",
        "fusatnet": "FusAtNet",
        "s2enet": "S2ENet",
        "spectral_group_transformer": "Spectral group transformer",
    },
}
