"""How dates and numbers are written and read where Django's own custom does not fit here (`FORMAT_MODULE_PATH`)."""
