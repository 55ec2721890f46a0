"""Manifests, metrics and, later, training: everything that turns data into trusted numbers."""
