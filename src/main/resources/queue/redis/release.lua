-- node, ids. Ends the leases of them that this node holds.
end_leases({unpack(ARGV, 2)}, ARGV[1])
