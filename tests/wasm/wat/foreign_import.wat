;; Imports a function from a module that is not wasi_snapshot_preview1.
(module
  (import "env" "foo" (func $foo))
  (memory (export "memory") 1)
  (func (export "_start")
    (call $foo)))
