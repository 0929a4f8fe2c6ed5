"""Charts. Import the chart modules only when a chart is first shown; those with two scales load pyqtgraph."""
