"""All SQL: tables, one module a table, migrations. Nothing else in `bot` knows the database."""
