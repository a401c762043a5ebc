;; Traps on a call_indirect whose table entry has another type.
(module
  (type $answers (func (result i32)))
  (memory (export "memory") 1)
  (table funcref (elem $takes))
  (func $takes (param i32))
  (func (export "_start")
    (drop (call_indirect (type $answers) (i32.const 0)))))
