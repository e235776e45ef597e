"""The small network that tells clear ground, thin clouds, clouds and shadows apart, and how it is trained."""
