"""consumers: who uses the contracts of a project, and whom a change breaks."""
