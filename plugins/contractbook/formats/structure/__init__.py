"""Checks documents against meta-schemas, and tells what is wrong in plain words."""
