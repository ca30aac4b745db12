"""Figures: pure functions from published series to Plotly figures. Plotly is imported in this room only."""
