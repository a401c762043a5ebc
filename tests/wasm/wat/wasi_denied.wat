;; A run without files: no descriptor is a directory or a socket, and none was opened before the start.
;; Exits with the number of the first check that does not hold, or with 0.
(module
  (import "wasi_snapshot_preview1" "path_open" (func $path_open (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "path_create_directory" (func $path_create_directory (param i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "path_filestat_get" (func $path_filestat_get (param i32 i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "path_filestat_set_times" (func $path_filestat_set_times (param i32 i32 i32 i32 i64 i64 i32) (result i32)))
  (import "wasi_snapshot_preview1" "path_link" (func $path_link (param i32 i32 i32 i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "path_readlink" (func $path_readlink (param i32 i32 i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "path_remove_directory" (func $path_remove_directory (param i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "path_rename" (func $path_rename (param i32 i32 i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "path_symlink" (func $path_symlink (param i32 i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "path_unlink_file" (func $path_unlink_file (param i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_readdir" (func $fd_readdir (param i32 i32 i32 i64 i32) (result i32)))
  (import "wasi_snapshot_preview1" "sock_accept" (func $sock_accept (param i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "sock_recv" (func $sock_recv (param i32 i32 i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "sock_send" (func $sock_send (param i32 i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "sock_shutdown" (func $sock_shutdown (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_prestat_get" (func $fd_prestat_get (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_prestat_dir_name" (func $fd_prestat_dir_name (param i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $proc_exit (param i32)))
  (memory (export "memory") 1)
  (data (i32.const 1024) "/etc")
  (func $is (param $actual i32) (param $expected i32) (param $check i32)
    (if (i32.ne (local.get $actual) (local.get $expected)) (then (call $proc_exit (local.get $check)))))
  (func (export "_start")
    (call $is (call $path_open (i32.const 0) (i32.const 0) (i32.const 1024) (i32.const 4) (i32.const 1) (i64.const -1) (i64.const -1) (i32.const 0) (i32.const 512)) (i32.const 54) (i32.const 1)) ;; NOTDIR
    (call $is (call $path_open (i32.const 2) (i32.const 0) (i32.const 1024) (i32.const 4) (i32.const 1) (i64.const -1) (i64.const -1) (i32.const 0) (i32.const 512)) (i32.const 54) (i32.const 2)) ;; NOTDIR
    (call $is (call $path_open (i32.const 3) (i32.const 0) (i32.const 1024) (i32.const 4) (i32.const 1) (i64.const -1) (i64.const -1) (i32.const 0) (i32.const 512)) (i32.const 8) (i32.const 3)) ;; BADF
    (call $is (call $path_open (i32.const -1) (i32.const 0) (i32.const 1024) (i32.const 4) (i32.const 1) (i64.const -1) (i64.const -1) (i32.const 0) (i32.const 512)) (i32.const 8) (i32.const 4)) ;; BADF
    (call $is (call $path_create_directory (i32.const 0) (i32.const 1024) (i32.const 4)) (i32.const 54) (i32.const 5)) ;; NOTDIR
    (call $is (call $path_create_directory (i32.const 2) (i32.const 1024) (i32.const 4)) (i32.const 54) (i32.const 6)) ;; NOTDIR
    (call $is (call $path_create_directory (i32.const 3) (i32.const 1024) (i32.const 4)) (i32.const 8) (i32.const 7)) ;; BADF
    (call $is (call $path_create_directory (i32.const -1) (i32.const 1024) (i32.const 4)) (i32.const 8) (i32.const 8)) ;; BADF
    (call $is (call $path_filestat_get (i32.const 0) (i32.const 0) (i32.const 1024) (i32.const 4) (i32.const 512)) (i32.const 54) (i32.const 9)) ;; NOTDIR
    (call $is (call $path_filestat_get (i32.const 2) (i32.const 0) (i32.const 1024) (i32.const 4) (i32.const 512)) (i32.const 54) (i32.const 10)) ;; NOTDIR
    (call $is (call $path_filestat_get (i32.const 3) (i32.const 0) (i32.const 1024) (i32.const 4) (i32.const 512)) (i32.const 8) (i32.const 11)) ;; BADF
    (call $is (call $path_filestat_get (i32.const -1) (i32.const 0) (i32.const 1024) (i32.const 4) (i32.const 512)) (i32.const 8) (i32.const 12)) ;; BADF
    (call $is (call $path_filestat_set_times (i32.const 0) (i32.const 0) (i32.const 1024) (i32.const 4) (i64.const 0) (i64.const 0) (i32.const 0)) (i32.const 54) (i32.const 13)) ;; NOTDIR
    (call $is (call $path_filestat_set_times (i32.const 2) (i32.const 0) (i32.const 1024) (i32.const 4) (i64.const 0) (i64.const 0) (i32.const 0)) (i32.const 54) (i32.const 14)) ;; NOTDIR
    (call $is (call $path_filestat_set_times (i32.const 3) (i32.const 0) (i32.const 1024) (i32.const 4) (i64.const 0) (i64.const 0) (i32.const 0)) (i32.const 8) (i32.const 15)) ;; BADF
    (call $is (call $path_filestat_set_times (i32.const -1) (i32.const 0) (i32.const 1024) (i32.const 4) (i64.const 0) (i64.const 0) (i32.const 0)) (i32.const 8) (i32.const 16)) ;; BADF
    (call $is (call $path_link (i32.const 0) (i32.const 0) (i32.const 1024) (i32.const 4) (i32.const 0) (i32.const 1024) (i32.const 4)) (i32.const 54) (i32.const 17)) ;; NOTDIR
    (call $is (call $path_link (i32.const 2) (i32.const 0) (i32.const 1024) (i32.const 4) (i32.const 2) (i32.const 1024) (i32.const 4)) (i32.const 54) (i32.const 18)) ;; NOTDIR
    (call $is (call $path_link (i32.const 3) (i32.const 0) (i32.const 1024) (i32.const 4) (i32.const 3) (i32.const 1024) (i32.const 4)) (i32.const 8) (i32.const 19)) ;; BADF
    (call $is (call $path_link (i32.const -1) (i32.const 0) (i32.const 1024) (i32.const 4) (i32.const -1) (i32.const 1024) (i32.const 4)) (i32.const 8) (i32.const 20)) ;; BADF
    (call $is (call $path_readlink (i32.const 0) (i32.const 1024) (i32.const 4) (i32.const 1024) (i32.const 4) (i32.const 512)) (i32.const 54) (i32.const 21)) ;; NOTDIR
    (call $is (call $path_readlink (i32.const 2) (i32.const 1024) (i32.const 4) (i32.const 1024) (i32.const 4) (i32.const 512)) (i32.const 54) (i32.const 22)) ;; NOTDIR
    (call $is (call $path_readlink (i32.const 3) (i32.const 1024) (i32.const 4) (i32.const 1024) (i32.const 4) (i32.const 512)) (i32.const 8) (i32.const 23)) ;; BADF
    (call $is (call $path_readlink (i32.const -1) (i32.const 1024) (i32.const 4) (i32.const 1024) (i32.const 4) (i32.const 512)) (i32.const 8) (i32.const 24)) ;; BADF
    (call $is (call $path_remove_directory (i32.const 0) (i32.const 1024) (i32.const 4)) (i32.const 54) (i32.const 25)) ;; NOTDIR
    (call $is (call $path_remove_directory (i32.const 2) (i32.const 1024) (i32.const 4)) (i32.const 54) (i32.const 26)) ;; NOTDIR
    (call $is (call $path_remove_directory (i32.const 3) (i32.const 1024) (i32.const 4)) (i32.const 8) (i32.const 27)) ;; BADF
    (call $is (call $path_remove_directory (i32.const -1) (i32.const 1024) (i32.const 4)) (i32.const 8) (i32.const 28)) ;; BADF
    (call $is (call $path_rename (i32.const 0) (i32.const 1024) (i32.const 4) (i32.const 0) (i32.const 1024) (i32.const 4)) (i32.const 54) (i32.const 29)) ;; NOTDIR
    (call $is (call $path_rename (i32.const 2) (i32.const 1024) (i32.const 4) (i32.const 2) (i32.const 1024) (i32.const 4)) (i32.const 54) (i32.const 30)) ;; NOTDIR
    (call $is (call $path_rename (i32.const 3) (i32.const 1024) (i32.const 4) (i32.const 3) (i32.const 1024) (i32.const 4)) (i32.const 8) (i32.const 31)) ;; BADF
    (call $is (call $path_rename (i32.const -1) (i32.const 1024) (i32.const 4) (i32.const -1) (i32.const 1024) (i32.const 4)) (i32.const 8) (i32.const 32)) ;; BADF
    (call $is (call $path_symlink (i32.const 1024) (i32.const 4) (i32.const 0) (i32.const 1024) (i32.const 4)) (i32.const 54) (i32.const 33)) ;; NOTDIR
    (call $is (call $path_symlink (i32.const 1024) (i32.const 4) (i32.const 2) (i32.const 1024) (i32.const 4)) (i32.const 54) (i32.const 34)) ;; NOTDIR
    (call $is (call $path_symlink (i32.const 1024) (i32.const 4) (i32.const 3) (i32.const 1024) (i32.const 4)) (i32.const 8) (i32.const 35)) ;; BADF
    (call $is (call $path_symlink (i32.const 1024) (i32.const 4) (i32.const -1) (i32.const 1024) (i32.const 4)) (i32.const 8) (i32.const 36)) ;; BADF
    (call $is (call $path_unlink_file (i32.const 0) (i32.const 1024) (i32.const 4)) (i32.const 54) (i32.const 37)) ;; NOTDIR
    (call $is (call $path_unlink_file (i32.const 2) (i32.const 1024) (i32.const 4)) (i32.const 54) (i32.const 38)) ;; NOTDIR
    (call $is (call $path_unlink_file (i32.const 3) (i32.const 1024) (i32.const 4)) (i32.const 8) (i32.const 39)) ;; BADF
    (call $is (call $path_unlink_file (i32.const -1) (i32.const 1024) (i32.const 4)) (i32.const 8) (i32.const 40)) ;; BADF
    (call $is (call $fd_readdir (i32.const 0) (i32.const 1024) (i32.const 16) (i64.const 0) (i32.const 512)) (i32.const 54) (i32.const 41)) ;; NOTDIR
    (call $is (call $fd_readdir (i32.const 2) (i32.const 1024) (i32.const 16) (i64.const 0) (i32.const 512)) (i32.const 54) (i32.const 42)) ;; NOTDIR
    (call $is (call $fd_readdir (i32.const 3) (i32.const 1024) (i32.const 16) (i64.const 0) (i32.const 512)) (i32.const 8) (i32.const 43)) ;; BADF
    (call $is (call $fd_readdir (i32.const -1) (i32.const 1024) (i32.const 16) (i64.const 0) (i32.const 512)) (i32.const 8) (i32.const 44)) ;; BADF
    (call $is (call $sock_accept (i32.const 1) (i32.const 0) (i32.const 512)) (i32.const 57) (i32.const 45)) ;; NOTSOCK
    (call $is (call $sock_accept (i32.const 3) (i32.const 0) (i32.const 512)) (i32.const 8) (i32.const 46)) ;; BADF
    (call $is (call $sock_recv (i32.const 1) (i32.const 256) (i32.const 0) (i32.const 0) (i32.const 512) (i32.const 516)) (i32.const 57) (i32.const 47)) ;; NOTSOCK
    (call $is (call $sock_recv (i32.const 3) (i32.const 256) (i32.const 0) (i32.const 0) (i32.const 512) (i32.const 516)) (i32.const 8) (i32.const 48)) ;; BADF
    (call $is (call $sock_send (i32.const 1) (i32.const 256) (i32.const 0) (i32.const 0) (i32.const 512)) (i32.const 57) (i32.const 49)) ;; NOTSOCK
    (call $is (call $sock_send (i32.const 3) (i32.const 256) (i32.const 0) (i32.const 0) (i32.const 512)) (i32.const 8) (i32.const 50)) ;; BADF
    (call $is (call $sock_shutdown (i32.const 1) (i32.const 3)) (i32.const 57) (i32.const 51)) ;; NOTSOCK
    (call $is (call $sock_shutdown (i32.const 3) (i32.const 3)) (i32.const 8) (i32.const 52)) ;; BADF
    (call $is (call $fd_prestat_get (i32.const 0) (i32.const 512)) (i32.const 8) (i32.const 53)) ;; BADF
    (call $is (call $fd_prestat_dir_name (i32.const 0) (i32.const 1024) (i32.const 1)) (i32.const 8) (i32.const 54)) ;; BADF
    (call $is (call $fd_prestat_get (i32.const 1) (i32.const 512)) (i32.const 8) (i32.const 55)) ;; BADF
    (call $is (call $fd_prestat_dir_name (i32.const 1) (i32.const 1024) (i32.const 1)) (i32.const 8) (i32.const 56)) ;; BADF
    (call $is (call $fd_prestat_get (i32.const 2) (i32.const 512)) (i32.const 8) (i32.const 57)) ;; BADF
    (call $is (call $fd_prestat_dir_name (i32.const 2) (i32.const 1024) (i32.const 1)) (i32.const 8) (i32.const 58)) ;; BADF
    (call $is (call $fd_prestat_get (i32.const 3) (i32.const 512)) (i32.const 8) (i32.const 59)) ;; BADF
    (call $is (call $fd_prestat_dir_name (i32.const 3) (i32.const 1024) (i32.const 1)) (i32.const 8) (i32.const 60)) ;; BADF
    (call $is (call $fd_prestat_get (i32.const 4) (i32.const 512)) (i32.const 8) (i32.const 61)) ;; BADF
    (call $is (call $fd_prestat_dir_name (i32.const 4) (i32.const 1024) (i32.const 1)) (i32.const 8) (i32.const 62)) ;; BADF
    (call $is (call $fd_prestat_get (i32.const -1) (i32.const 512)) (i32.const 8) (i32.const 63)) ;; BADF
    (call $is (call $fd_prestat_dir_name (i32.const -1) (i32.const 1024) (i32.const 1)) (i32.const 8) (i32.const 64)) ;; BADF
  ))
