"""Settings of the site: `base` reads the environment and is production's, `development` and `tests` build on it."""
