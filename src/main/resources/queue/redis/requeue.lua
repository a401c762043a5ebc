-- node, then id, turn and due time of each task. Ends the leases of them that this node holds, and puts those tasks back in line.
local now, sooner, ready = clock(), first_due(), 0
for i = 2, #ARGV, 3 do
  if end_lease(ARGV[i], ARGV[1]) and stand(ARGV[i], ARGV[i + 1], ARGV[i + 2], now) then
    ready = ready + 1
  end
end
ring(first_due() < sooner and ready + 1 or ready)
