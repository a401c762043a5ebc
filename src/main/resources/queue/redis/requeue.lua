-- node, then id, turn and due time of a task. Ends its lease, if this node holds it, and then puts it back in line.
local ended = end_leases({ARGV[2]}, ARGV[1])
stand({ARGV[2]}, {ARGV[3]}, {ARGV[4]}, function(i) return ended[i] end)
