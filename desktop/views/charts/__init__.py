"""Charts. Import the chart modules only when a chart is first shown: they load pyqtgraph."""
