"""rules.yaml: its schema, its phrases compiled, cached and ready to run."""
