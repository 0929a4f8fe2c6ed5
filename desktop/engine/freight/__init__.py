"""Freight: what a logistics service asks for a parcel, what it refuses, how it weighs, and how long it takes.

Rules (data/rules/freight) name facts and rate tables; nothing here holds a rate. Weights are whole grams, sides whole
millimetres, amounts int64 minor units of the currency of the price list (CNY in the rule book). A price is rounded once,
half up, to the minor unit.

How a weight is billed (docs of the tables in data/rates): order weight = weight of a piece × pieces; volumetric weight =
volume of all pieces in mm³ ÷ divisor (a divisor in cm³ per kg gives grams from mm³); the larger is rounded up to the
step of the service, then lifted to the least billed weight of its band. Bands are inclusive and hold for all of the
weight. A forwarder may count half of what the volume adds, or none of it (`VolumeMode`).

A list by the cubic metre bills the larger of cubic metres and tonnes (W/M): a cubic metre is so many grams as the
divisor says, a million where it says nothing, and its price is taken for so many grams.
"""

from __future__ import annotations

from desktop.engine.freight.bands import band_of
from desktop.engine.freight.closing import hard_rule
from desktop.engine.freight.compiling import (
    chargeable,
    closed_to,
    compile_freight,
    lists,
    next_step,
    service_ids,
    steps_of,
)
from desktop.engine.freight.lane import Lane, Missed, Price
from desktop.engine.freight.plan import DEFAULT, SIDES, VOLUME, FreightOptions, FreightPlan, VolumeMode
from desktop.engine.freight.steps import FreightStep, price_text
from desktop.engine.freight.transit import days_of
from desktop.engine.freight.warnings import doubts
from desktop.engine.freight.weighing import Parcel, Scales

__all__ = [
    "DEFAULT",
    "SIDES",
    "VOLUME",
    "FreightOptions",
    "FreightPlan",
    "FreightStep",
    "Lane",
    "Missed",
    "Parcel",
    "Price",
    "Scales",
    "VolumeMode",
    "band_of",
    "chargeable",
    "closed_to",
    "compile_freight",
    "days_of",
    "doubts",
    "hard_rule",
    "lists",
    "next_step",
    "price_text",
    "service_ids",
    "steps_of",
]
