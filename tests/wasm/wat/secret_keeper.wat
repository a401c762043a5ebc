;; Fills its memory, and what it can grow by, with a secret, and ends.
(module
  (memory (export "memory") 16)
  (func (export "_start")
    (drop (memory.grow (i32.const 64)))
    (memory.fill (i32.const 0) (i32.const 0x53) (i32.mul (memory.size) (i32.const 65536)))))
