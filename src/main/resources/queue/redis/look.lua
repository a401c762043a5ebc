-- Microseconds until there is something to lease: 0 when there is, -1 when nobody stands in line. Whoever hears that there is nothing
-- yet goes on to wait, and no token that is left over from before is to wake them.
local now = clock()
promote(now)
if redis.call('EXISTS', READY) == 1 then
  return 0
end
redis.call('DEL', WAKE)
local due = first_due()
return due == math.huge and -1 or due - now
