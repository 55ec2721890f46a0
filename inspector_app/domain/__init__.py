"""The words of the program: frozen dataclasses, geometry, events and errors. Standard library only."""
