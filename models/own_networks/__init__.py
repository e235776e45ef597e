"""Measured for networks that users bring: windows beside raw ONNX Runtime, and devices beside the processor."""
