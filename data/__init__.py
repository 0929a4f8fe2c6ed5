"""The facts, rules, words and example cases that the program ships."""
