"""The chart data live with the view-models (desktop/viewmodels/series.py); kept here by name for the charts."""

from desktop.viewmodels.series import (
    Bar as Bar,
)
from desktop.viewmodels.series import (
    BarsData as BarsData,
)
from desktop.viewmodels.series import (
    DotsData as DotsData,
)
from desktop.viewmodels.series import (
    DotsRow as DotsRow,
)
from desktop.viewmodels.series import (
    RangeData as RangeData,
)
from desktop.viewmodels.series import (
    RangePoint as RangePoint,
)
from desktop.viewmodels.series import (
    Segment as Segment,
)
from desktop.viewmodels.series import (
    StackData as StackData,
)
from desktop.viewmodels.series import (
    StackRow as StackRow,
)
from desktop.viewmodels.series import (
    TableTwin as TableTwin,
)
from desktop.viewmodels.series import (
    WaterfallData as WaterfallData,
)
from desktop.viewmodels.series import (
    WaterfallStep as WaterfallStep,
)
from desktop.viewmodels.series import (
    shortened as shortened,
)
