"""gate: what a change under review does to the contracts of a project, and whether it may go out."""
