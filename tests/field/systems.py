# ruff: noqa: E501
"""The systems of the field's two reviews, and the form in which each would be exported; see `forms` and `class_forms`.

What stands in place of a form begins with "no:" and says why there is none, or with "method:" and names the algorithm
that does the same without a network.
"""

from __future__ import annotations

_COARSE = "coarse and fine"
SYSTEMS: dict[str, dict[str, str]] = {
    "pansharpening, supervised": {
        "PNN": "joined, unpadded", "A-PNN": "joined, residual", "PanNet": "high-pass, residual", "DiCNN": "joined, residual",
        "FusionNet": "joined, residual", "TFNet": _COARSE, "GTP-PNet": _COARSE, "SDPNet": "several outputs",
        "TDNet": "several outputs", "VO+Net": "high-pass, residual", "VP-Net": "high-pass, residual",
        "DL-VM": "high-pass, residual", "MDSSC-GAN": "channels last, -1 to 1", "PanColorGAN": "channels last, -1 to 1",
        "PSGAN": "channels last, -1 to 1", "RED-cGAN": "joined, residual", "ArbRPN": "several outputs",
        "PanFormer": "attention in blocks",
    },
    "pansharpening, unsupervised": {
        "Z-PNN": "joined, residual", "UCGAN": _COARSE, "Pan-GAN": "joined, unpadded", "PercepPan": _COARSE,
        "PGMAN": _COARSE, "ZeRGAN": "fixed tile", "networks that know the sensor": "ratio and gains as numbers",
    },
    "HS pansharpening": {
        "DIP-HyperKite": "cube and guide, residual", "DBDENet": "coarse cube", "MDA-Net": "coarse cube",
        "MSSL": "cube and guide, residual", "MoG-DCN": "coarse and interpolated cube", "Pgnet": "coarse cube",
        "HyperTransformer": "coarse and interpolated cube", "HyperPNN": "cube and guide, residual",
    },
    "HS-MS fusion, supervised": {
        "SSR-NET": "cube and guide, residual", "HSRnet": "coarse and interpolated cube", "PZRes-Net": "cube and guide, residual",
        "Two-CNN-Fu": "spectrum and patch", "ADMM-HFNet": "coarse and interpolated cube",
        "MHF-Net": "coarse and interpolated cube", "CNN-Fus": "cube and guide, residual",
        "DHIF-Net": "coarse and interpolated cube", "DHSIS": "cube and guide, residual", "EDBIN": "coarse cube",
        "SpfNet": "coarse cube", "TONWMD": "cube and guide, residual", "TSFN": "coarse cube",
        "Fusformer": "cube and guide, residual",
    },
    "HS-MS fusion, unsupervised": {
        "CUCaNet": "pixel by pixel", "HyCoNet": "pixel by pixel", "MIAE": "pixel by pixel",
        "NonRegSRNet": "no: its registration warps the whole scene at once; rsfusion:coregister does that before, and "
                       "the "
                       "rest has the form of CUCaNet",
        "u2-MDN": "pixel by pixel", "uSDN": "pixel by pixel", "HSI-CSR": "cube and guide, residual",
        "DBSR": "cube and guide, residual", "GDD": "code of the scene", "UAL": "cube and guide, residual",
        "UDALN": "cube and guide, residual", "RAFnet": "coarse cube", "Rec_HSISR_PixAwaRefin": "cube and guide, "
                                                                                               "residual",
    },
    "spatiotemporal": {
        "DCSTFN": "three dates", "EDCSTFN": "three dates", "GAN-STFM": "two dates and their days",
        "STARFM": "method: rsfusion:predictfine", "ESTARFM": "method: rsfusion:predictfine",
        "FSDAF": "method: rsfusion:predictfine", "Fit-FC": "method: rsfusion:predictfine", "LST variants": "three dates",
        "NDVI variants": "three dates",
    },
    "HS-LiDAR classification": {
        "AM3Net": "patches", "CCR-Net": "patches", "EndNet": "single pixels", "FusAtNet": "patches", "S2ENet": "patches",
        "two-branch CNN": "spectrum, patch and height", "coupled CNN": "patches of components",
        "HRWN": "no: a random walk over the whole scene follows the network; the network before it has the form of the "
                "two-branch CNN",
        "IP-CNN": "patches", "MAHiDFNet": "volumes, channels last", "MDL-RS": "single pixels",
        "RNPRF-RNDFF-RNPMF": "patches by their own mean",
    },
    "LiDAR-optical target extraction": {
        "CMGFNet": "one channel of two classes", "GRRNet": "one channel of two classes",
    },
    "unmixing": {"MUNet": "shares of a window"},
    "SAR-optical cloud removal": {
        "DSen2-CR": "optical and radar, residual", "GAN-based": "half precision", "GLF-CR": "optical and radar, "
                                                                                            "residual",
    },
    "RS + geospatial big data": {
        "UnifiedDL-UFZ": "image and distances of points", "CF-CNN": "image and distances of points",
        "street-view two-branch": "no: photographs along a street are no raster; features of them that were gridded "
                                  "are fed "
                                  "as points of interest are, and may be missing",
    },
    "SAR-optical segmentation": {
        "concatenation": "one tensor of all sensors", "sum and product": "two branches", "pseudo-siamese": "two branches",
        "SE": "pooled attention", "CBAM": "pooled attention", "DDHRNet": "pooled attention", "AFNet": "pooled attention",
        "MBFNet": "two branches", "MCANet": "cross-attention, fixed tile", "CHGFNet / GHFM": "gates", "CEGFNet": "gates",
        "cross-modal interaction gate": "gates", "GRRNet": "gates", "CoSpace": "two branches",
        "progressive fusion": "labels", "SOLC": "two branches",
    },
}  # fmt: skip
