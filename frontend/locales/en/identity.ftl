# Findings that a new rule of identity made one.

finding-goes-on = Goes on as another finding
timeline-goes-on = Goes on as another finding
timeline-took-over = Took over another finding
timeline-merged-means = A new version of the rule that tells findings apart counts both as one. What was seen of each and decided about each stays on record.

# Open findings that could not be seen.
finding-unseen = Not seen since
finding-unseen-short = not seen since
finding-unseen-means = What could be read since then did not include it. It is not known whether it still fails, so that it stays open.
