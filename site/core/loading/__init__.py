"""Loading a territory from YAML files: read, validate the whole, say what will be done, write all or nothing."""
