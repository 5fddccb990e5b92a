"""Who asks how often: whose request it is, and counters that all threads and workers of a machine share."""
