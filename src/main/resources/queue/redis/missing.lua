-- ids. Answers those that are neither in line nor leased.
local places, leases, unknown = redis.call('HMGET', WAITING, unpack(ARGV)), redis.call('ZMSCORE', LEASES, unpack(ARGV)), {}
for i, id in ipairs(ARGV) do
  if not places[i] and not leases[i] then
    unknown[#unknown + 1] = id
  end
end
return unknown
