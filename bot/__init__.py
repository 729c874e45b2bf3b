"""The bot: everything that touches the world, from Telegram to the database."""
