"""What trainings, exports and benchmarks of all tasks share; it knows no task and no role by name."""
