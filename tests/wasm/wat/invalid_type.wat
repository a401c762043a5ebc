;; Well formed but not valid: adds an i64 to an i32. Assembled without wat2wasm's own check.
(module
  (memory (export "memory") 1)
  (func (export "_start")
    (drop (i32.add (i32.const 1) (i64.const 2)))))
