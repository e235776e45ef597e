"""Quality metrics, one per file."""
