"""The choices of the dialogs in words that people know, and how people call the layers that they give."""

WORDS = {
    "MODEL": {
        "pansharpening_basis_v2": "Best quality (pansharpening_basis_v2)",
        "pansharpening_fast_v5": "Fast (pansharpening_fast_v5)",
    },
    "METHOD": {
        "mtf_glp_fs": "MTF-GLP-FS: multiresolution, gains for the full scale",
        "gsa": "GSA: Gram-Schmidt adaptive",
        "bt_h": "BT-H: Brovey with haze correction",
        "exp": "Interpolation only",
    },
    "DETAIL": {
        "clean": "Clean colours",
        "balanced": "Balanced",
        "strong": "Strong detail",
    },
    "CONSISTENCY": {
        "auto": "Yes, as far as noise allows",
        "on": "Yes, always",
        "off": "No",
    },
    "PROTOCOL": {
        "reference": "Against the true image: needs the fused raster and the reference",
        "full_resolution": "Without a reference: needs the fused raster, PAN and MS",
        "wald": "Wald's protocol, on the reduced pair: needs PAN, MS and a network",
    },
}

LAYER_NAMES = {
    "PAN": ("panchromatic", "p"),
    "MS": ("mul", "multi", "multispectral", "xs", "rgb", "rgbn"),
}
