"""The project file: SQLite, migrations, one transaction for each user action."""
