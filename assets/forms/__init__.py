"""The product's own report forms: where each field stands, what may stand in it, and a workbook to fill in.

What comes back is read in `assets/sources`; what a field means stands in `warehouse/reference/form_field.csv`.
"""
