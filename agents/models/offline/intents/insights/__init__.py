"""What the records show without being asked for it: bills ahead, idle subscriptions, payments that stand out."""
