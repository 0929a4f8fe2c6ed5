"""The one style sheet, as a template of tokens.

Fonts are set on the widgets, not here, so that figures keep their equal widths.
"""

from __future__ import annotations

STYLE_SHEET = """
QMainWindow, QDialog { background: $surface; color: $text; }
QMainWindow::separator { background: $line2; width: 1px; height: 1px; }
QWidget[ground="chrome"] { background: $chrome; }
QWidget[ground="rail"] { background: $rail; }
QWidget[ground="surface"] { background: $surface; }
QWidget[ground="surface2"] { background: $surface2; }
QWidget[ground="sel"] { background: $sel; }
QWidget[ground="warnbg"] { background: $warnbg; }
QWidget[ground="errbg"] { background: $errbg; }
QWidget[ground="unkbg"] { background: $unkbg; }
QWidget[ground="side"] { background: $surface2; border-left: 1px solid $line2; }
QFrame[card="true"] { background: $surface; border: 1px solid $line2; border-radius: ${radius_card}px; }
QFrame[card="true"]:hover { border-color: $ctl; }
QFrame[hairline="true"] { background: $line; border: none; max-height: 1px; min-height: 1px; }
QFrame[hairline="strong"] { background: $line2; border: none; max-height: 1px; min-height: 1px; }

QLabel { background: transparent; color: $text; }
QLabel[tone="text2"] { color: $text2; }
QLabel[tone="text3"] { color: $text3; }
QLabel[tone="accent"] { color: $acctext; }
QLabel[tone="err"] { color: $err; }
QLabel[tone="warn"] { color: $warn; }
QLabel[tone="unk"] { color: $unk; }
QLabel[tone="onaccent"] { color: $onaccent; }
QLabel[tone="surface"] { color: $surface; }
QLabel:disabled { color: $text3; }

QPushButton { background: $surface; color: $text; border: 1px solid $line2; border-radius: ${radius}px;
  padding: 0 13px; min-height: ${high_30}px; max-height: ${high_30}px; outline: none; }
QPushButton:hover { background: $hover; }
QPushButton:pressed { background: $press; }
QPushButton:checked { background: $sel; color: $acctext; border-color: $accent; }
QPushButton:disabled { border: 1px dashed $line2; color: $text3; background: transparent; }
QPushButton[small="true"] { min-height: ${high_26}px; max-height: ${high_26}px; padding: 0 11px; }
QPushButton[role="primary"] { background: $accent; color: $onaccent; border: 1px solid $accent; }
QPushButton[role="primary"]:hover { background: $accenth; border-color: $accenth; }
QPushButton[role="primary"]:pressed { background: $accenth; border-color: $accenth; }
QPushButton[role="primary"]:disabled { border: 1px dashed $line2; color: $text3; background: transparent; }
QPushButton[role="quiet"] { background: transparent; border: 1px solid transparent; }
QPushButton[role="quiet"]:hover { background: $hover; }
QPushButton[role="quiet"]:pressed { background: $press; }
QPushButton[warn="true"] { background: $warnbg; border-color: $warn; color: $warn; }
QPushButton::menu-indicator { image: url("$images/chevron-down.svg"); width: ${high_12}px; height: ${high_12}px;
  subcontrol-position: right center; subcontrol-origin: padding; right: 10px; }

QToolButton { background: transparent; border: 1px solid transparent; border-radius: ${radius}px;
  padding: 5px;
  color: $text; }
QToolButton:hover { background: $hover; }
QToolButton:pressed, QToolButton:checked { background: $press; }

QLineEdit, QPlainTextEdit, QTextEdit { background: $surface; color: $text; border: 1px solid $ctl;
  border-radius: ${radius}px; padding: 0 10px; selection-background-color: $sel; selection-color: $text; }
QLineEdit { placeholder-text-color: $text3; min-height: ${high_30}px; max-height: ${high_30}px; }
QPlainTextEdit, QTextEdit { padding: 6px 8px; }
QLineEdit:disabled, QPlainTextEdit:disabled { border: 1px dashed $line2; color: $text3; }
QLineEdit[bare="true"] { border: none; background: transparent; padding: 0 8px 0 10px; min-height: ${high_28}px; }
QLineEdit[low="true"] { min-height: 0; }
QLineEdit[invalid="true"] { border: 2px solid $err; padding: 0 9px; min-height: ${high_28}px; }

QComboBox, QDateEdit, QSpinBox { background: $surface; color: $text; border: 1px solid $ctl;
  border-radius: ${radius}px; padding: 0 10px; min-height: ${high_30}px; max-height: ${high_30}px; }
QComboBox:hover { background: $hover; }
QComboBox:disabled { border: 1px dashed $line2; color: $text3; }
QComboBox::drop-down { border: none; width: 26px; }
QComboBox::down-arrow { image: url("$images/chevron-down.svg"); width: ${high_12}px; height: ${high_12}px; }
QComboBox QAbstractItemView, QListView[popup="true"] { background: $surface; color: $text;
  border: 1px solid $ctl;
  border-radius: 0; padding: 4px; outline: none; selection-background-color: $sel;
  selection-color: $acctext; }
QAbstractItemView::item { min-height: ${high_28}px; }

QCheckBox, QRadioButton { color: $text; spacing: 8px; background: transparent; }
QCheckBox:disabled, QRadioButton:disabled { color: $text3; }
QCheckBox::indicator { width: ${high_14}px; height: ${high_14}px; border: 1px solid $ctl; border-radius: 3px;
  background: $surface; }
QCheckBox::indicator:hover { background: $hover; }
QCheckBox::indicator:checked { background: $accent; border-color: $accent; image: url("$images/tick.svg"); }
QCheckBox::indicator:disabled { border: 1px dashed $line2; background: transparent; }
QRadioButton::indicator { width: ${high_14}px; height: ${high_14}px; border: 1px solid $ctl; border-radius: ${high_8}px;
  background: $surface; }
QRadioButton::indicator:checked { background: $accent; border-color: $accent; image: url("$images/dot.svg"); }

QMenuBar { background: $chrome; color: $text; border: none; padding: 2px 8px; }
QMenuBar::item { background: transparent; padding: 5px 10px; border-radius: 4px; }
QMenuBar::item:selected { background: $press; }
QMenu { background: $surface; color: $text; border: 1px solid $ctl; padding: 5px; }
QMenu::item { padding: 6px 28px 6px 12px; border-radius: 4px; }
QMenu::item:selected { background: $sel; color: $acctext; }
QMenu::item:disabled { color: $text3; }
QMenu::separator { height: 1px; background: $line; margin: 5px 8px; }
QMenu::right-arrow { image: url("$images/chevron.svg"); width: ${high_12}px; height: ${high_12}px; }
QMenu::indicator { width: ${high_14}px; height: ${high_14}px; margin-left: 8px; }
QMenu::indicator:checked { background: $accent; border-radius: 3px; image: url("$images/tick.svg"); }

QToolBar { background: $chrome; border: none; border-bottom: 1px solid $line2; spacing: 8px;
  padding: 0 16px; }
QStatusBar { background: $chrome; color: $text2; border-top: 1px solid $line2; }
QStatusBar::item { border: none; }
QToolTip { background: $surface; color: $text; border: 1px solid $ctl; padding: 5px 8px; }
QSplitter::handle { background: $line2; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }

QScrollArea { background: transparent; border: none; }
QScrollArea > QWidget > QWidget[page="true"] { background: $surface; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: $line2; border: 3px solid transparent; border-radius: 6px;
  background-clip: padding; }
QScrollBar::handle:vertical { min-height: 40px; margin: 2px 3px; border-radius: 3px; border: none; }
QScrollBar::handle:horizontal { min-width: 40px; margin: 3px 2px; border-radius: 3px; border: none; }
QScrollBar::handle:hover { background: $ctl; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; background: none; border: none; }
QScrollBar::add-page, QScrollBar::sub-page { background: none; }

QTableView, QListView, QTreeView { background: $surface; color: $text; border: none; outline: none;
  gridline-color: $line; selection-background-color: $sel; selection-color: $text; }
QTableView[onSide="true"], QListView[onSide="true"] { background: $surface2; }
QHeaderView { background: transparent; border: none; }
QHeaderView::section { background: transparent; color: $text2; border: none; border-bottom: 1px solid $line2;
  padding: 0 12px; }
QTableCornerButton::section { background: transparent; border: none; }

QProgressBar { background: $line; border: none; border-radius: 3px; max-height: 6px;
  min-height: 6px; color: transparent; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }

QTabWidget::pane { border: none; border-top: 1px solid $line; }
QTabBar { background: transparent; }
QTabBar::tab { background: transparent; color: $text2; padding: 7px 2px; margin-right: 20px;
  border-bottom: 2px solid transparent; }
QTabBar::tab:hover { color: $text; }
QTabBar::tab:selected { color: $acctext; border-bottom: 2px solid $accent; }

QCalendarWidget QWidget { alternate-background-color: $surface2; }
QCalendarWidget QToolButton { color: $text; font-weight: 600; padding: 4px 8px; }
QGroupBox { border: none; margin: 0; padding: 0; }
QFrame#toast { background: $text; border-radius: ${radius_card}px; }
QFrame#readout { background: $surface; border: 1px solid $text2; border-radius: ${radius}px; }
QGraphicsView { background: transparent; border: none; }
"""
