"""Networks for pansharpening: `train`, `train_literature`, `adaptation`, `benchmark` and `demo` are commands."""
