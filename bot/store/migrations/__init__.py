"""The steps from an empty database to today's tables, one file a step, in package resources."""
