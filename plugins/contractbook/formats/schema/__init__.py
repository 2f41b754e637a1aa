"""Reads JSON Schemas of any dialect into types; formats that hold schemas stand on it.

`dialect` has the dialects as values, and `read.Schemas` reads by one of them.
"""
