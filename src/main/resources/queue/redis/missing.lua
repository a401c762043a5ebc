-- ids. Answers those that are neither in line nor leased.
local places, holders, unknown = redis.call('HMGET', WAITING, unpack(ARGV)), redis.call('HMGET', HOLDERS, unpack(ARGV)), {}
for i, id in ipairs(ARGV) do
  if not places[i] and not holders[i] then
    unknown[#unknown + 1] = id
  end
end
return unknown
