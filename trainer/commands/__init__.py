"""One file a command of leuko-trainer."""
