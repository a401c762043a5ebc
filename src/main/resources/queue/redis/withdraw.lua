-- ids. Takes those out of line that stand in it.
for _, id in ipairs(ARGV) do
  local place = redis.call('HGET', WAITING, id)
  if place then
    leave(id, place)
  end
end
