"""What the engine itself costs, whatever the task: `python -m models.engine`."""
