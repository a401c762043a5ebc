-- id, turn and due time of each task. Puts them in line, except those that are leased.
local now, sooner, ready = clock(), first_due(), 0
for i = 1, #ARGV, 3 do
  if not redis.call('ZSCORE', LEASES, ARGV[i]) and stand(ARGV[i], ARGV[i + 1], ARGV[i + 2], now) then
    ready = ready + 1
  end
end
ring(first_due() < sooner and ready + 1 or ready)
