"""Make interfaces explicit: what a consumer needs to know is written in the contract."""
