"""The first day of a post as a wizard: language, profile, passphrase and sheet, fingerprint and kit, channels."""
