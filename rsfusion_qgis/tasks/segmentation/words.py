"""The choices of the dialogs in words that people know."""

WORDS = {
    "METHOD": {
        "network": "Network (best)",
        "otsu": "Otsu's threshold on SAR",
        "ndwi": "NDWI: green against near infrared",
        "mndwi": "MNDWI: green against shortwave infrared",
        "class_change": "Change of class, by the network on both dates",
        "irmad": "Change of any bands: IR-MAD",
        "logratio": "Change of SAR: log-ratio",
        "gradient_boosting": "Gradient boosting on pixels",
        "forest": "Random forest on pixels",
    },
    "ARCHITECTURE": {
        "pyramid_fusion": "Pyramid fusion (best)",
        "cmgfnet": "CMGFNet",
        "grrnet": "GRRNet",
        "mcanet": "MCANet",
        "chgfnet": "CHGFNet",
    },
    "FUSION": {
        "decision": "Decision: each sensor votes (best where one may be missing)",
        "gate": "Gate",
        "cross_attention": "Cross-attention",
        "early": "Early: all bands are one image",
        "concatenation": "Concatenation",
        "sum": "Sum",
        "product": "Product",
        "squeeze_excitation": "Squeeze and excitation",
        "cbam": "CBAM: attention by channel and place",
        "alignment": "Alignment, then sum",
    },
}
