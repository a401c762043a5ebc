-- node, ids. Ends the leases of them that this node holds.
for i = 2, #ARGV do
  end_lease(ARGV[i], ARGV[1])
end
