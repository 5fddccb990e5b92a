"""An app of the tests alone: jobs that leave traces in a file, for real `work` processes."""
