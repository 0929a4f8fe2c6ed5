"""Values, facts and the dated view, case, questions and flow. No Qt, no pandas, no files, no clock."""
