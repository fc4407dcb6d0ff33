"""The staff's side of the website: what to do today, reviews, the checklist, rubrics."""
