// Runs JavaScript, jq, templates, Markdown, regular expressions, compression, pictures, parsers and ciphers: not for what they do, but
// because a program that has all of them is large.
package main

import (
	"bytes"
	"compress/gzip"
	"crypto/aes"
	"crypto/cipher"
	"crypto/sha256"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"hash/crc32"
	"html/template"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"io"
	"math/big"
	"os"
	"regexp"
	"strings"

	"github.com/dop251/goja"
	"github.com/itchyny/gojq"
	"github.com/yuin/goldmark"
)

type exercise struct {
	name string
	run  func(text string) (string, error)
}

func main() {
	input, err := io.ReadAll(os.Stdin)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	for _, each := range []exercise{
		{"javascript", javascript}, {"jq", jq}, {"template", templates}, {"markdown", markdown}, {"regexp", words},
		{"gzip", compressed}, {"png", pictures}, {"go", parsed}, {"xml", documents}, {"aes", encrypted}, {"big", factorial},
	} {
		answer, err := each.run(string(input))
		if err != nil {
			fmt.Fprintf(os.Stderr, "%s: %v\n", each.name, err)
			os.Exit(1)
		}
		fmt.Printf("%s: %s\n", each.name, answer)
	}
}

func javascript(text string) (string, error) {
	machine := goja.New()
	if err := machine.Set("text", text); err != nil {
		return "", err
	}
	value, err := machine.RunString(`
		const counts = new Map();
		for (const word of text.toLowerCase().match(/[a-z]+/g) ?? []) counts.set(word, (counts.get(word) ?? 0) + 1);
		function fibonacci(n) { return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2) }
		JSON.stringify({ fibonacci: fibonacci(18), counts: [...counts].sort().slice(0, 8) })`)
	if err != nil {
		return "", err
	}
	return value.String(), nil
}

func jq(string) (string, error) {
	query, err := gojq.Parse("[range(1000) | select(. % 7 == 0)] | {count: length, sum: add}")
	if err != nil {
		return "", err
	}
	value, _ := query.Run(nil).Next()
	encoded, err := json.Marshal(value)
	return string(encoded), err
}

func templates(text string) (string, error) {
	page, err := template.New("page").Parse(`<ul>{{range .}}<li title="{{.}}">{{.}}</li>{{end}}</ul>`)
	if err != nil {
		return "", err
	}
	var out bytes.Buffer
	err = page.Execute(&out, strings.Fields(text))
	return digest(out.Bytes()), err
}

func markdown(text string) (string, error) {
	var out bytes.Buffer
	err := goldmark.Convert([]byte(text), &out)
	return digest(out.Bytes()), err
}

func words(text string) (string, error) {
	found := regexp.MustCompile(`(?i)\b([a-z])[a-z]*\b`).FindAllStringSubmatch(text, -1)
	return fmt.Sprint(len(found)), nil
}

func compressed(text string) (string, error) {
	var out bytes.Buffer
	writer := gzip.NewWriter(&out)
	if _, err := writer.Write([]byte(strings.Repeat(text, 5))); err != nil {
		return "", err
	}
	if err := writer.Close(); err != nil {
		return "", err
	}
	reader, err := gzip.NewReader(&out)
	if err != nil {
		return "", err
	}
	back, err := io.ReadAll(reader)
	return digest(back), err
}

func pictures(string) (string, error) {
	picture := image.NewRGBA(image.Rect(0, 0, 64, 64))
	for x := range 64 {
		for y := range 64 {
			picture.Set(x, y, color.RGBA{uint8(4 * x), uint8(4 * y), uint8(x * y), 255})
		}
	}
	var out bytes.Buffer
	if err := png.Encode(&out, picture); err != nil {
		return "", err
	}
	if err := jpeg.Encode(&out, picture, nil); err != nil {
		return "", err
	}
	return digest(out.Bytes()), nil
}

func parsed(string) (string, error) {
	const source = "package p\n\nfunc f(a, b int) int { if a > b { return a }; return b }\n\nvar x = f(1, 2) + len(\"text\")\n"
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, "p.go", source, 0)
	if err != nil {
		return "", err
	}
	var names []string
	ast.Inspect(file, func(node ast.Node) bool {
		if name, ok := node.(*ast.Ident); ok {
			names = append(names, name.Name)
		}
		return true
	})
	return strings.Join(names, " "), nil
}

func documents(text string) (string, error) {
	encoded, err := xml.Marshal(struct {
		XMLName xml.Name `xml:"words"`
		Word    []string `xml:"word"`
	}{Word: strings.Fields(text)})
	return digest(encoded), err
}

func encrypted(text string) (string, error) {
	block, err := aes.NewCipher(make([]byte, 32))
	if err != nil {
		return "", err
	}
	gcm, err := cipher.NewGCM(block)
	if err != nil {
		return "", err
	}
	return digest(gcm.Seal(nil, make([]byte, gcm.NonceSize()), []byte(text), nil)), nil
}

func factorial(string) (string, error) {
	product := new(big.Int).MulRange(1, 200)
	return digest([]byte(product.String())), nil
}

func digest(content []byte) string {
	return fmt.Sprintf("%x %08x", sha256.Sum256(content), crc32.ChecksumIEEE(content))
}
