module zerostate/agents

go 1.24.0

require (
	github.com/itchyny/gojq v0.12.20
	github.com/yuin/goldmark v1.8.7
)

require github.com/itchyny/timefmt-go v0.1.9 // indirect
