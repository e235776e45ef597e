"""How people call the layers that they give."""

LAYER_NAMES = {
    "DSM": ("surface", "dom"),
}
