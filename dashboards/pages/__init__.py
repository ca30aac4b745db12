"""Pages: from a release to what each template needs. Words and order are decided here, looks in the templates."""
