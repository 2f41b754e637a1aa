"""Which element of the old version is which element of the new one."""
