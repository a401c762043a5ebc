// Command hello is the smallest useful agent in Go: it prints two lines and ends with exit code 0.
package main

import "fmt"

func main() {
	fmt.Println("Hello from WASM!")
	fmt.Println("Task executed successfully")
}
