;; Recurses without end. The addition after the call keeps it from being a tail call.
(module
  (memory (export "memory") 1)
  (func $descend (param $depth i32) (result i32)
    (i32.add
      (call $descend (i32.add (local.get $depth) (i32.const 1)))
      (local.get $depth)))
  (func (export "_start")
    (drop (call $descend (i32.const 0)))))
