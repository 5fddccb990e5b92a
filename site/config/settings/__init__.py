"""Settings of the site: `base` reads the environment, `tests` is what pytest runs with."""
