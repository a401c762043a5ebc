;; Looks for a byte in its memory, and in what it can grow by, that it has not written: traps when there is one.
(module
  (memory (export "memory") 16)
  (func (export "_start")
    (local $at i32)
    (drop (memory.grow (i32.const 64)))
    (loop $again
      (if (i64.ne (i64.load (local.get $at)) (i64.const 0)) (then (unreachable)))
      (local.set $at (i32.add (local.get $at) (i32.const 8)))
      (br_if $again (i32.lt_u (local.get $at) (i32.mul (memory.size) (i32.const 65536)))))))
