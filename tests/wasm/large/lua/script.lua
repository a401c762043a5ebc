-- Closures, strings, patterns, tables with metatables, sorting, numbers: what an interpreter's loop is made of.
local function sieve(n)
  local composite, primes = {}, {}
  for i = 2, n do
    if not composite[i] then
      primes[#primes + 1] = i
      for j = i * i, n, i do composite[j] = true end
    end
  end
  return primes
end
local primes = sieve(50000)
print("primes", #primes, primes[#primes])

local Vector = {}
Vector.__index = Vector
Vector.__add = function(a, b) return setmetatable({x = a.x + b.x, y = a.y + b.y}, Vector) end
Vector.__tostring = function(v) return string.format("(%d, %d)", v.x, v.y) end
local sum = setmetatable({x = 0, y = 0}, Vector)
for i = 1, 20000 do sum = sum + setmetatable({x = i, y = -i}, Vector) end
print("vectors", tostring(sum))

local all = {}
local function permute(list, n)
  if n == 1 then all[#all + 1] = table.concat(list) return end
  for i = 1, n do
    list[n], list[i] = list[i], list[n]
    permute(list, n - 1)
    list[n], list[i] = list[i], list[n]
  end
end
permute({"a", "b", "c", "d", "e", "f"}, 6)
table.sort(all)
print("permutations", #all, all[1], all[360], all[720])

local words = {}
for word in (("the quick brown fox jumps over the lazy dog "):rep(200)):gmatch("%a+") do words[word] = (words[word] or 0) + 1 end
local names = {}
for word in pairs(words) do names[#names + 1] = word end
table.sort(names, function(a, b) if words[a] ~= words[b] then return words[a] > words[b] end return a < b end)
print("words", names[1], words[names[1]], names[2])
print("numbers", 7 // 2, -7 % 3, 2 ^ 0.5, 1 << 40, math.type(3.0), string.format("%.3e", 12345.678))
