"""What SQL cannot say: small pure methods on plain values. No database, no files."""
