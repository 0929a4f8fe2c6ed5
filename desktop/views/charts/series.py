"""The chart data live with the view-models (desktop/viewmodels/series.py): edit them there. Kept here by name for the charts."""

from desktop.viewmodels.series import (
    Bar as Bar,
    BarsData as BarsData,
    DotsData as DotsData,
    DotsRow as DotsRow,
    RangeData as RangeData,
    RangePoint as RangePoint,
    Segment as Segment,
    StackData as StackData,
    StackRow as StackRow,
    TableTwin as TableTwin,
    WaterfallData as WaterfallData,
    WaterfallStep as WaterfallStep,
    joined_rows as joined_rows,
    nice_steps as nice_steps,
    shortened as shortened,
)
